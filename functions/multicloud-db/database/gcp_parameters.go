package database

import (
	"maps"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
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

// isBlind reports whether a managed resource asks for flags that were composed before anybody knew
// that the instance outlived its claim: its provider has only looked at it yet.
func isBlind(in Held) bool { return in.Life == lifecycle.Found && !managed.MayUpdate(in.Main()) }

// hasFlags reports whether databaseFlags are composed: somebody names one, or did so before, or may
// have done so before the record was lost.
func hasFlags(in Held) bool {
	lost := in.HasLostRecord() && len(flagsGCP(in.Main(), "spec", "forProvider")) > 0
	return len(in.Want.tuned) > 0 || in.Annotated(namesFlags) != "" || lost
}

// addFlagsGCP asks for the flags that somebody here names, beside those that stand in the managed
// resource: a list is composed whole, and Cloud SQL resets each flag that is left out. Of an instance
// that outlived its claim those that the cloud reports stand there first, and none of them later: a
// report that lacks one for once would take it off the server.
func addFlagsGCP(in In, settings object.Map) {
	if in.Want.restore.stage != kept || !hasFlags(in.Held) {
		return
	}
	flags := map[string]string{}
	switch {
	case isBlind(in.Held):
		flags = flagsGCP(in.Main(), "status", "atProvider")
	case in.Exists():
		flags = flagsGCP(in.Main(), "spec", "forProvider")
	}
	for _, p := range in.Want.tuned {
		if !p.waits {
			flags[p.name] = p.value
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
