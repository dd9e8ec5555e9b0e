package database

import (
	"maps"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// namesFlags is the record that databaseFlags are composed. Left out again, they would go with all
// that stand among them: the field is then nobody's.
const namesFlags = "names-flags"

// flagsGCP are the flags of an instance at spec.forProvider or status.atProvider.
func flagsGCP(instance *structpb.Struct, at ...string) map[string]string {
	out := map[string]string{}
	for _, v := range object.Get(instance, append(at, "settings", "databaseFlags")...).GetListValue().GetValues() {
		if name := object.String(v.GetStructValue(), "name"); name != "" {
			out[name] = object.String(v.GetStructValue(), "value")
		}
	}
	return out
}

// addFlagsGCP asks for the flags that somebody here names, beside those that stand in the managed
// resource: a list is composed whole, and Cloud SQL resets each flag that is left out.
func addFlagsGCP(in In, settings object.Map) {
	if in.Want.restore.stage != kept || len(in.Want.tuned) == 0 && in.Annotated(namesFlags) == "" {
		return
	}
	flags, there := map[string]string{}, flagsGCP(in.Main(), "status", "atProvider")
	if in.Exists() {
		flags = flagsGCP(in.Main(), "spec", "forProvider")
	}
	if in.Life == lifecycle.Found {
		maps.Copy(flags, there)
	}
	for _, p := range in.Want.tuned {
		switch {
		case !p.waits:
			flags[p.name] = p.value
		case in.Life == lifecycle.Found && there[p.name] == "":
			delete(flags, p.name)
		}
	}
	list := make([]any, 0, len(flags))
	for _, name := range slices.Sorted(maps.Keys(flags)) {
		list = append(list, object.Map{"name": name, "value": flags[name]})
	}
	if len(list) > 0 {
		settings["databaseFlags"] = list
	}
}
