package aws

import (
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestIsSpare holds that nothing of a network goes which a resource may be in.
func TestIsSpare(t *testing.T) {
	t.Parallel()
	const makesGroup = "subnet-group"
	group := func(id string) *structpb.Struct {
		return object.New(object.Map{"metadata": object.Map{"annotations": object.Map{managed.ExternalNameAnnotation: id}}})
	}
	for name, tc := range map[string]struct {
		reason string
		life   lifecycle.Life
		there  There
		part   string
		want   bool
	}{
		"Subnets":   {"A subnet group that the resource is not in is spare.", lifecycle.Found, There{"one", []string{"sg-1"}}, makesGroup, true},
		"OwnGroup":  {"A subnet group that the resource is in is not.", lifecycle.Found, There{"main", []string{"sg-1"}}, makesGroup, false},
		"Group":     {"A security group that the resource has not is spare.", lifecycle.Found, There{"one", []string{"sg-1"}}, PartGroup, true},
		"Rule":      {"A rule goes with its group.", lifecycle.Found, There{"one", []string{"sg-1"}}, PartIngress + "x", true},
		"Attached":  {"A security group that the resource has is not spare.", lifecycle.Found, There{"one", []string{"sg-2"}}, PartGroup, false},
		"NoGroups":  {"Where nobody tells the security groups, none is spare.", lifecycle.Found, There{"one", nil}, PartGroup, false},
		"NoRules":   {"Where nobody tells the security groups, no rule is spare.", lifecycle.Found, There{"one", nil}, PartIngress + "x", false},
		"NoSubnets": {"Where nobody tells the subnet group, nothing is spare.", lifecycle.Found, There{"", []string{"sg-1"}}, PartGroup, false},
		"Made":      {"Nothing is spare of what the claim made.", lifecycle.Made, There{"one", []string{"sg-1"}}, makesGroup, false},
		"Else":      {"No other part is.", lifecycle.Found, There{"one", []string{"sg-1"}}, "instance", false},
	} {
		r := lifecycle.Resource{Place: lifecycle.Place{Name: "main"}}
		r.Life, r.Parts = tc.life, map[string]lifecycle.Observed{PartGroup: {Object: group("sg-2")}}
		if got := tc.there.IsSpare(r, tc.part, makesGroup); got != tc.want {
			t.Errorf("%s: %s IsSpare(%s) is %t", name, tc.reason, tc.part, got)
		}
	}
}
