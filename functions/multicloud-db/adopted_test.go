package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestAdoptedWithoutRecord holds that an adopted database whose record somebody
// took away stays what it is to its claim: looked at, or managed.
func TestAdoptedWithoutRecord(t *testing.T) {
	t.Parallel()
	for provider, live := range there {
		spec := xrHead + strings.Replace(specGCP, "gcp", provider, 1)
		for mode, adopt := range map[string]string{"Observe": "  externalName: old\n", "Manage": "  externalName: old\n  adopt: Manage\n"} {
			t.Run(provider+"/"+mode, func(t *testing.T) {
				t.Parallel()
				req := request(t, spec+adopt, settingsAdopt, map[string]string{keyInstance: "{" + live + "}"})
				first := run(t, proto.CloneOf(req))
				if got := fatal(first); got != "" {
					t.Fatal(got)
				}
				o := first.GetDesired().GetResources()[keyInstance].GetResource()
				for name := range object.Struct(o, "metadata", "annotations").GetFields() {
					if strings.HasPrefix(name, requested) {
						delete(object.Struct(o, "metadata", "annotations").GetFields(), name)
					}
				}
				object.Set(o, object.Get(req.GetObserved().GetResources()[keyInstance].GetResource(), "status"), "status")
				req.GetObserved().GetResources()[keyInstance].Resource = o
				status := object.Struct(first.GetDesired().GetComposite().GetResource(), "status")

				cases := map[string]struct{ reason, spec, want string }{
					"Unchanged": {"Nothing was asked for.", spec + adopt, ""},
					"Dropped":   {"It is not swapped for a new one.", spec, `spec.externalName: `},
					"Another":   {"Nor for another one.", spec + strings.Replace(adopt, "old", "new", 1), `spec.externalName: "old" cannot become "new"`},
				}
				if mode == manage {
					cases["LetGo"] = struct{ reason, spec, want string }{
						"What is managed stays managed.", spec + "  externalName: old\n", `spec.adopt: "Manage" cannot become ""`,
					}
				}
				for name, tc := range cases {
					next := request(t, tc.spec, settingsAdopt, nil)
					next.Observed.Resources = proto.CloneOf(req).GetObserved().GetResources()
					object.Set(next.GetObserved().GetComposite().GetResource(), status, "status")
					rsp := run(t, next)
					if got := fatal(rsp); !strings.HasPrefix(got, tc.want) || (got == "") != (tc.want == "") {
						t.Errorf("\n%s\n%s: want %q, got %q", tc.reason, name, tc.want, got)
					}
					if tc.want == "" && mode == manage {
						got := rsp.GetDesired().GetResources()[keyInstance].GetResource()
						if object.String(got, "metadata", "annotations", requested+"adopt") != manage {
							t.Errorf("\n%s\n%s: it is no longer managed", tc.reason, name)
						}
					}
				}
			})
		}
	}
}

// TestAdoptOwn holds that a live database which its claim made is not taken for one
// that was there before, where all that tells its name is lost: its database, user
// and password, which an adopted one has not, would go, and on IBM all of it.
func TestAdoptOwn(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for name, adopt := range map[string]string{"Observe": "  externalName: other\n", "Manage": "  externalName: other\n  adopt: Manage\n"} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := alive(t, provider)
				losses["Both"](l)
				delete(object.Struct(l.instance(), "metadata").GetFields(), "annotations")
				object.Set(l.instance(), object.Map{}, "spec", "forProvider")
				l.edit(t, "  type: database\n", "  type: database\n"+adopt)
				if got := fatal(l.run(t)); !strings.HasPrefix(got, "spec.externalName: ") {
					t.Errorf("want a refusal of spec.externalName, got %q", got)
				}
			})
		}
	}
}

func TestAdoptionRefused(t *testing.T) {
	t.Parallel()
	const managed = "metadata: {annotations: {platform.victor.onl/requested-adopt: Manage, platform.victor.onl/requested-external-name: old}}, "
	cases := map[string]struct{ reason, spec, observed, want string }{
		"Alone": {"To adopt takes a name.", specGCP + "  adopt: Manage\n", "", "spec.adopt: is set without spec.externalName"},
		"LetGo": {"What is managed stays managed.", specGCP + "  externalName: old\n", managed, `spec.adopt: "Manage" cannot become "" on a live database`},
		"NoName": {
			"A database is not swapped for a new one.", specGCP, managed,
			`spec.externalName: is missing on a live database that was adopted; set it back to "old"`,
		},
		"Another": {"Nor for another one.", specGCP + "  externalName: new\n  adopt: Manage\n", managed, `spec.externalName: "old" cannot become "new"`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{}
			if tc.observed != "" {
				observed[keyInstance] = "{" + tc.observed + strings.TrimPrefix(there["gcp"], "kind: DatabaseInstance, "+looked) + "}"
			}
			got := fatal(run(t, request(t, xrHead+tc.spec, settingsAdopt, observed)))
			if !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
		})
	}
}
