package environment

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

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
			want: object.Map{contextKey: object.Map{
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
