package aws

import (
	"cmp"
	"maps"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Parameter is one that is composed for a parameter group.
type Parameter struct {
	Name, Value string
	// Method is RDS' applyMethod; "" on ElastiCache, which has none.
	Method string
	// Unsaid is the value of a group that AWS does not report the parameter of; "" where that is
	// not known. The provider reads of ElastiCache only what somebody set (resourceParameterGroupRead
	// of internal/service/elasticache in terraform-provider-aws 6.34).
	Unsaid string
}

// AddParameters asks for some parameters of a parameter group, of which AWS may have more: what
// somebody set by hand stays. The provider takes back whatever stands in a group and not in
// forProvider, at its next look, before a function sees it (resourceParameterGroupUpdate of
// internal/service/rds and elasticache in terraform-provider-aws 6.34). So the parameters stand in
// initProvider, of which the provider asks for nothing again (filterInitExclusiveDiffs of
// pkg/controller in upjet). They stand in forProvider, with all that the group has beside them, where
// the observed group is known to have another value of one or to lack it, until it has them. They do
// so too where somebody wrote other parameters into forProvider, for which the provider would reset
// one of these: left out they would stay, since a server-side apply removes only fields that it owns.
func AddParameters(part *lifecycle.Part, group *structpb.Struct, own ...Parameter) {
	there, stands := parametersAt(group, "status", "atProvider"), parametersAt(group, "spec", "forProvider")
	settled, init := true, make([]any, 0, len(own))
	for _, p := range own {
		has, _ := there[p.Name]["value"].(string)
		settled = settled && cmp.Or(has, p.Unsaid) == p.Value && (len(stands) == 0 || stands[p.Name] != nil)
		asked := object.Map{"name": p.Name, "value": p.Value}
		if p.Method != "" {
			asked["applyMethod"] = p.Method
		}
		init = append(init, asked)
		there[p.Name] = asked
	}
	if object.String(group, "status", "atProvider", "id") == "" || settled {
		part.Init = object.Map{"parameter": init}
		return
	}
	all := make([]any, 0, len(there))
	for _, name := range slices.Sorted(maps.Keys(there)) {
		all = append(all, there[name])
	}
	part.Body["parameter"] = all
}

// ListOf is the value of a parameter of an observed group that is a list, and whether anybody knows it:
// as AWS reports it, else as it was asked for, which a report that lacks it for once does not shorten.
func ListOf(group *structpb.Struct, name string) (value string, known bool) {
	for _, path := range [][]string{{"status", "atProvider"}, {"spec", "forProvider"}, {"spec", "initProvider"}} {
		if value, known = parametersAt(group, path...)[name]["value"].(string); known {
			return value, true
		}
	}
	return "", false
}

// parametersAt are the parameters at a path of an observed group, by their names. What is no text is
// left out: the API server would refuse it, and with it all that is composed for the group.
func parametersAt(group *structpb.Struct, path ...string) map[string]object.Map {
	found := map[string]object.Map{}
	for _, v := range object.Get(group, append(path, "parameter")...).GetListValue().GetValues() {
		p := object.Map{}
		for field, v := range v.GetStructValue().GetFields() {
			text, ok := v.GetKind().(*structpb.Value_StringValue)
			if ok && slices.Contains([]string{"name", "value", "applyMethod"}, field) {
				p[field] = text.StringValue
			}
		}
		if name, _ := p["name"].(string); name != "" && p["value"] != nil {
			found[name] = p
		}
	}
	return found
}
