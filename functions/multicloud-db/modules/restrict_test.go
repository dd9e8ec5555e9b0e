package modules

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"

	"github.com/victor-onl/crossplane-resources/test/moduletest"
)

// TestDatabaseRestricted holds that only its own module has a rule, with a credential that
// waits for the rule: Workspaces have the text of the others.
func TestDatabaseRestricted(t *testing.T) {
	const waits = userOf + "  depends_on           = [ibm_cbr_rule.clients]\n"
	for says, want := range map[string][]int{
		waits: {0, 0, 0, 0, 1}, userOf: {1, 1, 1, 0, 1}, "ibm_cbr_": {0, 0, 0, 0, strings.Count(rule, "ibm_cbr_") + 1}, "provisioner": {0, 0, 0, 0, 1},
	} {
		var got []int
		for _, module := range []string{Database(), DatabaseAllowing(), ImportClassic(), Observe(), DatabaseRestricted()} {
			got = append(got, strings.Count(module, says))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q in the modules: -want, +got:\n%s", says, diff)
		}
	}
}

func TestRestrictVariables(t *testing.T) {
	null, text, networks := moduletest.Null, cty.StringVal, moduletest.List
	moduletest.Variables(t, restrictVariables, map[string]moduletest.Variable{
		"allowlist": {
			Reason:  "IPv4 networks, one at least",
			Takes:   []cty.Value{networks("10.0.0.0/16"), networks("10.0.0.0/16", "192.168.1.1/32")},
			Refuses: []cty.Value{null, networks(), text("10.0.0.0/16"), networks("10.0.0.1"), networks("fd00::/8"), networks("world")},
		},
	})
}

// TestCheckProvisioner shows that the check finds what is wrong with a provisioner.
func TestCheckProvisioner(t *testing.T) {
	for name, tc := range map[string]struct{ reason, old, replacement, want string }{
		"Attribute": {"An argument that there is not.", "    command ", "    comand ", "provisioner has no attribute comand"},
		"Self":      {"An attribute that its resource does not have.", "self.output", "self.protected", "Unsupported attribute"},
		"Others":    {"At a destroy there is nothing else to refer to.", "self.output", "var.deletion_protection", "There is no variable named"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(DatabaseRestricted(), tc.old, tc.replacement, 1)
			if broken == DatabaseRestricted() {
				t.Fatalf("the module does not have %q", tc.old)
			}
			problems := moduletest.Problems(t, broken, map[string]cty.Value{"plan": cty.StringVal("standard-gen2")})
			if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, tc.want) }) {
				t.Errorf("%s: want a problem with %q, got %q", tc.reason, tc.want, problems)
			}
		})
	}
}
