package multiclouddb

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

var label = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`)

// adoptingIBM is the Workspace of a claim that adopts a database, once the provider
// has told what that is.
func adoptingIBM(t *testing.T, claimName, database, rest string) *fnv1.Resource {
	t.Helper()
	xr := strings.NewReplacer("gcp", "ibm", "name: cloudsql-main,", "name: "+claimName+",").Replace(xrHead+specGCP) + "  externalName: " + database + "\n" + rest
	observed := "{" + strings.Replace(there["ibm"], "external-name: old", "external-name: "+database, 1) + "}"
	rsp := run(t, request(t, xr, "", map[string]string{keyInstance: observed}))
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	return rsp.GetDesired().GetResources()[keyInstance]
}

// TestStateIBM holds that no OpenTofu state is ever planned with another module, which
// would destroy what the state has: not that of the claim that made the database, that
// of another claim, alive or deleted, nor that with which the same claim manages it.
func TestStateIBM(t *testing.T) {
	t.Parallel()
	made := xrHead + strings.Replace(specGCP, "gcp", "ibm", 1)
	own := object.String(run(t, request(t, made, "", nil)).GetDesired().GetResources()[keyInstance].GetResource(), externalNameAt...)
	const managing = "  adopt: Manage\n"
	for name, tc := range map[string]struct{ reason, database string }{
		"Own":     {"One that a claim of ours made, and may still have.", own},
		"Console": {"IBM's console names databases so.", "Databases for PostgreSQL-76"},
		"Foreign": {"Kubernetes takes neither capitals nor underscores in the name of a Secret.", "Legacy_DB"},
		"Long":    {"Nor more than 63 characters in a label.", strings.Repeat("A_z", 60)},
		"Signs":   {"A name without a letter that is taken.", `"___"`},
		"Like":    {"A name like that of a state.", "adopt-old-12345678"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := map[string]string{own: "the claim that made it", strings.Trim(tc.database, `"`): "the database"}
			for _, who := range []string{"main", "other"} {
				for _, rest := range []string{"", managing} {
					o := adoptingIBM(t, who, tc.database, rest).GetResource()
					if module := object.String(o, "spec", "forProvider", "module"); strings.Contains(module, "import {") != (rest == managing) {
						t.Fatalf("%s%s has the wrong module", who, rest)
					}
					state := object.String(o, externalNameAt...)
					if !label.MatchString(state) {
						t.Errorf("\n%s\n%q is no DNS label", tc.reason, state)
					}
					if other, ok := seen[state]; ok {
						t.Errorf("\n%s\n%s%s has the state %q of %s", tc.reason, who, rest, state, other)
					}
					seen[state] = who + rest
					edited := adoptingIBM(t, who, tc.database, rest+"  tags: {a: b}\n  deletionPolicy: Orphan\n").GetResource()
					if diff := cmp.Diff(state, object.String(edited, externalNameAt...)); diff != "" {
						t.Errorf("\n%s\nafter an edit: -want, +got:\n%s", tc.reason, diff)
					}
				}
			}
		})
	}
}

// TestNamedIBM holds that people read the database's name, and not that of a state.
func TestNamedIBM(t *testing.T) {
	t.Parallel()
	o := adoptingIBM(t, "main", "Legacy_DB", "").GetResource()
	object.Set(o, "Workspace", "kind")
	if diff := cmp.Diff("Workspace Legacy_DB", named(o)); diff != "" {
		t.Errorf("named(): -want, +got:\n%s", diff)
	}
}

// TestGen2Refused holds that a database of plan Gen2 is looked at only.
func TestGen2Refused(t *testing.T) {
	t.Parallel()
	gen2 := "{" + strings.Replace(there["ibm"], "plan: standard", "plan: standard-gen2", 1) + "}"
	for name, tc := range map[string]struct{ reason, adopt, want string }{
		"Observe": {"A look is no import.", "", ""},
		"Manage": {
			"The provider cannot import it.",
			"  adopt: Manage\n", `spec.adopt: "Manage" is refused for old, whose plan standard-gen2 the provider cannot import; set it to "Observe"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			xr := xrHead + strings.Replace(specGCP, "gcp", "ibm", 1) + "  externalName: old\n" + tc.adopt
			if diff := cmp.Diff(tc.want, fatal(run(t, request(t, xr, "", map[string]string{keyInstance: gen2})))); diff != "" {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestTagsIBM holds that an adopted database keeps its tags.
func TestTagsIBM(t *testing.T) {
	t.Parallel()
	const tags = `, tags: ["owner:old"]`
	xr := xrHead + strings.Replace(specGCP, "gcp", "ibm", 1) + "  externalName: old\n  adopt: Manage\n"
	for name, tc := range map[string]struct {
		reason, observed string
		want             []any
	}{
		"There": {"Those that the provider reports.", there["ibm"], []any{"owner:old"}},
		"Gap": {
			"Those that were there last, where it reports none for a moment.",
			"spec: {forProvider: {varmap: {tags: [a]}}}, " + strings.Replace(there["ibm"], tags, "", 1),
			[]any{"a"},
		},
		"None": {"A list all the same, for the cost tags.", strings.Replace(there["ibm"], tags, "", 1), []any{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, request(t, xr, "", map[string]string{keyInstance: "{" + tc.observed + "}"}))
			got := object.Get(rsp.GetDesired().GetResources()[keyInstance].GetResource(), body("varmap", "tags")...)
			if diff := cmp.Diff(tc.want, got.GetListValue().AsSlice()); diff != "" {
				t.Errorf("\n%s\ntags: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestProtectedIBM holds that an adopted database stays protected where the settings
// come to say less.
func TestProtectedIBM(t *testing.T) {
	t.Parallel()
	const settings = "metadata: {name: p}\ndata: {policy: {deletionProtection: false}}"
	xr := xrHead + strings.Replace(specGCP, "gcp", "ibm", 1) + "  externalName: old\n  adopt: Manage\n"
	for name, tc := range map[string]struct {
		reason, there string
		want          bool
	}{
		"Protected": {"It was protected before.", "deletion_protection: true, crn: crn", true},
		"Not":       {"It was not, so the settings count.", "deletion_protection: false, crn: crn", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := "{" + strings.Replace(there["ibm"], "crn: crn", tc.there, 1) + "}"
			rsp := run(t, request(t, xr, settings, map[string]string{keyInstance: observed}))
			got, _ := object.Bool(rsp.GetDesired().GetResources()[keyInstance].GetResource(), body("varmap", "deletion_protection")...)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\ndeletion_protection: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
