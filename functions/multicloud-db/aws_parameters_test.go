package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestParameterGroups holds that the group an instance still uses outlives an upgrade
// that is under way, and that no other one stays behind in RDS.
func TestParameterGroups(t *testing.T) {
	t.Parallel()
	const name = "aws-payments-prod-cloudsql-main"
	cases := map[string]struct {
		reason, uses, old string
		want              []string // with those that outlive their managed resource
	}{
		"Upgrading": {
			"The instance still uses the old one.",
			name + "-postgres16", "deletionPolicy: Orphan",
			[]string{"parameter-group-postgres16 stays", "parameter-group-postgres17 stays"},
		},
		"Silent": {
			"Nobody knows which one it uses.",
			"\"\"", "deletionPolicy: Orphan",
			[]string{"parameter-group-postgres16 stays", "parameter-group-postgres17 stays"},
		},
		"Upgraded": {
			"The instance uses the new one, and the old one is told to go in RDS, too.",
			name + "-postgres17", "deletionPolicy: Orphan",
			[]string{"parameter-group-postgres16", "parameter-group-postgres17 stays"},
		},
		"Told": {"Then it goes.", name + "-postgres17", "deletionPolicy: Delete", []string{"parameter-group-postgres17 stays"}},
		"Namespaced": {
			"Policies say the same.",
			name + "-postgres17", "managementPolicies: [Observe, Create, Update, LateInitialize]",
			[]string{"parameter-group-postgres16", "parameter-group-postgres17 stays"},
		},
	}
	for n, tc := range cases {
		t.Run(n, func(t *testing.T) {
			t.Parallel()
			xr := xrHead + strings.Replace(specGCP, "gcp", "aws", 1)
			rsp := run(t, request(t, xr, "", map[string]string{
				keyInstance:                  "{status: {atProvider: {id: x, parameterGroupName: " + tc.uses + "}}}",
				keyPassword:                  "{data: {password: cGFzcw==}}",
				"parameter-group-postgres16": "{spec: {" + tc.old + ", forProvider: {family: postgres16}}}",
			}))
			var got []string
			for _, key := range slices.Sorted(maps.Keys(rsp.GetDesired().GetResources())) {
				switch {
				case !strings.HasPrefix(key, keyParameterGroup):
				case orphaned(rsp.GetDesired().GetResources()[key].GetResource()):
					got = append(got, key+" stays")
				default:
					got = append(got, key)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nparameter groups: -want, +got:\n%s", tc.reason, diff)
			}
			if !orphaned(rsp.GetDesired().GetResources()[keyInstance].GetResource()) {
				t.Errorf("\n%s\nthe instance goes with its managed resource", tc.reason)
			}
		})
	}
}

// TestApplyMethod holds that TLS is required in the words that RDS reads back, or the
// provider would say them again without end.
func TestApplyMethod(t *testing.T) {
	t.Parallel()
	for engine, want := range map[string]string{"postgres": "rds.force_ssl=1 pending-reboot", "mysql": "require_secure_transport=1 immediate"} {
		for key, r := range run(t, request(t, specOf("aws", engine), settingsProd, nil)).GetDesired().GetResources() {
			if !strings.HasPrefix(key, keyParameterGroup) {
				continue
			}
			p := object.Get(r.GetResource(), "spec", "initProvider", "parameter").GetListValue().GetValues()[0].GetStructValue()
			if diff := cmp.Diff(want, object.String(p, "name")+"="+object.String(p, "value")+" "+object.String(p, "applyMethod")); diff != "" {
				t.Errorf("%s: -want, +got:\n%s", key, diff)
			}
		}
	}
}

// TestOptionGroup holds that after an upgrade the option group is the one that RDS has
// chosen for the new major version, and not the one that the provider filled in before.
func TestOptionGroup(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, there, want string }{
		"Upgraded": {"RDS has chosen another one.", "default:postgres-17", "default:postgres-17"},
		"Silent":   {"It is for RDS to choose one.", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := alive(t, "aws")
			object.Set(l.instance(), "default:postgres-16", "spec", "forProvider", "optionGroupName")
			object.Set(l.instance(), tc.there, "status", "atProvider", "optionGroupName")
			got := object.String(l.run(t).GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "optionGroupName")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\noptionGroupName: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
