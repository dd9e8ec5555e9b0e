package aws

import (
	"maps"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// AddParameters asks for parameters of a parameter group, each an object with a name and a value,
// of which AWS may have more: what somebody set by hand stays. The provider takes back whatever
// stands in a group and not in forProvider, at its next look, before a function sees it
// (resourceParameterGroupUpdate of internal/service/rds and elasticache in terraform-provider-aws
// 6.34). So the parameters stand in initProvider, of which the provider asks for nothing again
// (filterInitExclusiveDiffs of pkg/controller in upjet). Only where the observed group is known to
// have another value, or to lack one, they stand in forProvider, with all that it has beside them,
// until it has them.
func AddParameters(part *lifecycle.Part, group *structpb.Struct, own ...object.Map) {
	there := map[string]any{}
	settled := true
	for _, v := range object.Get(group, "status", "atProvider", "parameter").GetListValue().GetValues() {
		if p := v.GetStructValue(); object.String(p, "name") != "" {
			there[object.String(p, "name")] = p
		}
	}
	asked := make([]any, 0, len(own))
	for _, p := range own {
		name, _ := p["name"].(string)
		has, _ := there[name].(*structpb.Struct)
		settled = settled && object.String(has, "value") == p["value"]
		there[name] = p
		asked = append(asked, p)
	}
	if settled || object.String(group, "status", "atProvider", "id") == "" {
		part.Init = object.Map{"parameter": asked}
		return
	}
	all := make([]any, 0, len(there))
	for _, name := range slices.Sorted(maps.Keys(there)) {
		all = append(all, there[name])
	}
	part.Body["parameter"] = all
}
