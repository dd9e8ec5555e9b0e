package multiclouddb

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestRequirementsSettle plays how Crossplane comes to a function's requirements:
// it answers them, hands the context of one call to the next, and ends when they
// are the same twice. Crossplane 1.20 answers in the older form only, and compares the
// other as bytes, in which the entries of a map have no order: two of them are the
// same by chance only, and after five calls it gives up.
func TestRequirementsSettle(t *testing.T) {
	for name, tc := range map[string]struct {
		reason   string
		legacy   bool
		password bool
	}{
		"2.x":  {"The password's Secret is composed.", false, true},
		"1.20": {"It never is, however often the function is called.", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			req := request(t, specOf("aws", "postgres"), "", nil)
			req.RequiredResources = nil
			for call := range 5 {
				rsp := run(t, proto.CloneOf(req))
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				requirements := rsp.GetRequirements().GetExtraResources() //nolint:staticcheck // Crossplane 1.20 knows no other.
				if len(requirements) != 3 {
					t.Fatalf("\n%s\ncall %d: asks for %d resources", tc.reason, call, len(requirements))
				}
				newer := len(rsp.GetRequirements().GetResources())
				if want := map[bool]int{true: 0, false: 4}[tc.legacy && call > 0]; newer != want { // with the password's Secret
					t.Errorf("\n%s\ncall %d: asks for %d resources in the newer form, want %d", tc.reason, call, newer, want)
				}
				if _, composed := rsp.GetDesired().GetResources()[keyPassword]; call > 0 && composed != tc.password {
					t.Errorf("\n%s\ncall %d: the Secret is composed: %t", tc.reason, call, composed)
				}
				answers := map[string]*fnv1.Resources{}
				for name := range requirements {
					answers[name] = nil // as for what is not found
				}
				answers["settings-env"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, settingsProd)}}}
				req.RequiredResources, req.ExtraResources = answers, answers //nolint:staticcheck // Both forms.
				if tc.legacy {
					req.RequiredResources = nil
				}
				req.Context = rsp.GetContext()
			}
		})
	}
}

// TestGivenEnvironment holds that settings which a step before has put into the
// pipeline are used, and no others asked for; only which Crossplane this is, and
// whether its Secret is there, where a password is still to be made.
func TestGivenEnvironment(t *testing.T) {
	req := request(t, specOf("aws", "postgres"), "", nil)
	req.RequiredResources = nil
	req.Context = fromYAML(t, "apiextensions.crossplane.io/environment: {providers: {aws: {providerConfig: given, regions: {eu-west-1: {subnetGroup: prod-db}}}}}")
	rsp := run(t, req)
	if diff := cmp.Diff([]string{"crossplane-version", keyPassword}, slices.Sorted(maps.Keys(rsp.GetRequirements().GetResources()))); diff != "" {
		t.Errorf("asked for: -want, +got:\n%s", diff)
	}
	got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "providerConfigRef", "name")
	if got != "given" {
		t.Errorf("the provider config is %q", got)
	}
}

// TestEnvironmentOfOthers holds that what other steps keep in the pipeline's environment is
// not read as settings: ours are asked for, and none of theirs is refused.
func TestEnvironmentOfOthers(t *testing.T) {
	for name, tc := range map[string]struct {
		reason, env string
		asked       bool
	}{
		"Others":    {"Tags and account ids of other steps are no settings.", `{accountId: "1", tags: {a: b}}`, true},
		"Profiles":  {"A list of profiles is another step's.", `{profiles: [web, batch]}`, true},
		"Shared":    {"Settings may share an environment with other keys.", `{accountId: "1", providers: {gcp: {network: net}}}`, false},
		"TagsAlone": {"An environment of tags alone is settings, as ever.", `{tags: {a: b}}`, false},
	} {
		t.Run(name, func(t *testing.T) {
			req := request(t, xrHead+specGCP, "", nil)
			req.RequiredResources = nil
			req.Context = fromYAML(t, "apiextensions.crossplane.io/environment: "+tc.env)
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\n%s", tc.reason, got)
			}
			if asked := rsp.GetRequirements().GetResources()["settings-env"] != nil; asked != tc.asked {
				t.Errorf("\n%s\nsettings are asked for: %t, want %t", tc.reason, asked, tc.asked)
			}
		})
	}
}
