package profilesizer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// A sizing is a case of one desired resource, called instance.
type sizing struct {
	reason      string
	xr          string // its spec
	desired     string
	observed    string
	environment string
	input       string
	want        string
	fatal       string // the fatal result's message
	condition   string // reason and message, where the case is about them
}

type sizings map[string]sizing

func (cases sizings) run(t *testing.T) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp, err := (&Function{}).RunFunction(t.Context(), tc.request(t))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.fatal, resultsOf(rsp)); diff != "" {
				t.Fatalf("\n%s\nRunFunction(): fatal: -want, +got:\n%s", tc.reason, diff)
			}
			if tc.fatal != "" {
				if c := rsp.GetConditions(); len(c) != 1 || c[0].GetStatus() != fnv1.Status_STATUS_CONDITION_FALSE || c[0].GetMessage() != tc.fatal {
					t.Errorf("\n%s\nRunFunction(): want the condition to repeat the fatal result, got %v", tc.reason, c)
				}
				return
			}
			if tc.want != "" {
				if diff := cmp.Diff(fromYAML(t, tc.want), rsp.GetDesired().GetResources()["instance"].GetResource(), protocmp.Transform()); diff != "" {
					t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, diff)
				}
			}
			if tc.condition != "" {
				if diff := cmp.Diff(tc.condition, conditionOf(rsp)); diff != "" {
					t.Errorf("\n%s\nRunFunction(): condition: -want, +got:\n%s", tc.reason, diff)
				}
			}
		})
	}
}

func (tc *sizing) request(t testing.TB) *fnv1.RunFunctionRequest {
	t.Helper()
	req := &fnv1.RunFunctionRequest{
		Observed: &fnv1.State{
			Composite: &fnv1.Resource{Resource: fromYAML(t, "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, spec: "+tc.xr+"}")},
			Resources: map[string]*fnv1.Resource{},
		},
		Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"instance": {Resource: fromYAML(t, tc.desired)}}},
	}
	if tc.observed != "" {
		req.Observed.Resources["instance"] = &fnv1.Resource{Resource: fromYAML(t, tc.observed)}
	}
	if tc.environment != "" {
		req.Context = fromYAML(t, "apiextensions.crossplane.io/environment: {"+tc.environment+"}")
	}
	if tc.input != "" {
		req.Input = fromYAML(t, "{apiVersion: "+inputVersion+", kind: Sizes, "+tc.input+"}")
	}
	return req
}

// resultsOf returns the messages of all results; "" without one.
func resultsOf(rsp *fnv1.RunFunctionResponse) string {
	var out []string
	for _, r := range rsp.GetResults() {
		out = append(out, r.GetMessage())
	}
	return strings.Join(out, "\n")
}

// conditionOf returns reason and message of the only condition; "" without one.
func conditionOf(rsp *fnv1.RunFunctionResponse) string {
	var out []string
	for _, c := range rsp.GetConditions() {
		out = append(out, c.GetReason()+": "+c.GetMessage())
	}
	return strings.Join(out, "\n")
}

func fromYAML(t testing.TB, manifest string) *structpb.Struct {
	t.Helper()
	j, err := yaml.YAMLToJSON([]byte(manifest))
	if err != nil {
		t.Fatal(err, manifest)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	return s
}
