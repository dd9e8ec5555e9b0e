package environment

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// found is an answer with one EnvironmentConfig.
func found(name string) *fnv1.Resources {
	return &fnv1.Resources{Items: []*fnv1.Resource{{Resource: object.New(object.Map{
		"metadata": object.Map{"name": name}, "data": object.Map{"from": name},
	})}}}
}

func TestAnswered(t *testing.T) {
	type want struct {
		Name          string
		Asked, Legacy bool
	}
	cases := map[string]struct {
		reason       string
		newer, older map[string]*fnv1.Resources
		want         want
	}{
		"NotAsked": {
			reason: "Crossplane has not looked yet in the first call.",
			want:   want{},
		},
		"Nothing": {
			reason: "An answer without items says that there is no EnvironmentConfig.",
			newer:  map[string]*fnv1.Resources{requireEnv: {}, requireDefault: {}},
			want:   want{Asked: true},
		},
		"Env": {
			reason: "The env's own EnvironmentConfig comes before the one of all envs.",
			newer:  map[string]*fnv1.Resources{requireEnv: found("platform-prod"), requireDefault: found("platform")},
			want:   want{Name: "platform-prod", Asked: true},
		},
		"Default": {
			reason: "The EnvironmentConfig of all envs serves an env without one of its own.",
			newer:  map[string]*fnv1.Resources{requireEnv: {}, requireDefault: found("platform")},
			want:   want{Name: "platform", Asked: true},
		},
		"Older": {
			reason: "Crossplane 1.20 answers in the older form only.",
			older:  map[string]*fnv1.Resources{requireEnv: {}, requireDefault: found("platform")},
			want:   want{Name: "platform", Asked: true, Legacy: true},
		},
		"Both": {
			reason: "Crossplane 2.x answers in both forms, and is not taken for 1.20.",
			newer:  map[string]*fnv1.Resources{requireVersion: {}},
			older:  map[string]*fnv1.Resources{requireVersion: {}},
			want:   want{},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{RequiredResources: tc.newer, ExtraResources: tc.older} //nolint:staticcheck // Crossplane 1.20 knows no other.
			data, config, asked := Answered(req)
			if diff := cmp.Diff(tc.want, want{config, asked, Legacy(req)}); diff != "" {
				t.Errorf("\n%s\nAnswered(), Legacy(): -want, +got:\n%s", tc.reason, diff)
			}
			if got := object.String(data, "from"); got != config {
				t.Errorf("\n%s\nAnswered(): the data are of %q, not of %q", tc.reason, got, config)
			}
		})
	}
}

func TestToContext(t *testing.T) {
	data := object.New(object.Map{"tags": object.Map{"a": "b"}})
	theirs := object.New(object.Map{"other": "function"})
	cases := map[string]struct {
		reason  string
		context *structpb.Struct
		want    object.Map
		passed  bool
	}{
		"Empty": {
			reason:  "A pipeline without a context gets one.",
			context: nil,
			want: object.Map{ownKey: data, contextKey: object.Map{
				"apiVersion": "internal.crossplane.io/v1alpha1", "kind": "Environment", "tags": object.Map{"a": "b"},
			}},
			passed: true,
		},
		"Theirs": {
			reason:  "Another function's environment keeps its fields and its kind.",
			context: object.New(object.Map{contextKey: object.Map{"kind": "Theirs", "other": theirs}}),
			want:    object.Map{ownKey: data, contextKey: object.Map{"kind": "Theirs", "other": theirs, "tags": object.Map{"a": "b"}}},
			passed:  true,
		},
		"NoObject": {
			reason:  "What is no object cannot be added to, and stays; the settings have a key of their own.",
			context: object.New(object.Map{contextKey: "text"}),
			want:    object.Map{ownKey: data, contextKey: "text"},
			passed:  true,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := &fnv1.RunFunctionResponse{Context: tc.context}
			ToContext(rsp, data)
			if diff := cmp.Diff(object.New(tc.want), rsp.GetContext(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nToContext(): -want, +got:\n%s", tc.reason, diff)
			}
			if _, passed := FromContext(rsp.GetContext()); passed != tc.passed {
				t.Errorf("\n%s\nFromContext(): settings are there: %t, want %t", tc.reason, passed, tc.passed)
			}
		})
	}
}
