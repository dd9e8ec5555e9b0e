package managed

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestMayChange(t *testing.T) {
	exists := object.New(object.Map{"status": object.Map{"atProvider": object.Map{"id": "x"}}})
	cases := map[string]struct {
		reason       string
		policies     any
		observed     *structpb.Struct
		may, observe bool
		paused       bool
	}{
		"NoPolicies": {
			reason: "a managed resource without policies may do everything", policies: nil, observed: exists, may: true,
		},
		"Star":    {reason: "* is every policy", policies: []string{"*"}, observed: exists, may: true},
		"Observe": {reason: "Observe alone changes nothing", policies: []string{"Observe"}, observe: true},
		"ObserveLateInitialize": {
			reason: "LateInitialize writes into the managed resource, never to the cloud", policies: []string{"Observe", "LateInitialize"}, observe: true,
		},
		"ObserveDelete": {
			reason: "a resource that may only be deleted is not changed before", policies: []string{"Observe", "Delete"}, observed: exists, observe: true,
		},
		"Empty": {
			reason: "an empty list pauses the managed resource, and what it desires stays for the day that it is not", policies: []string{}, paused: true,
		},
		"Update": {reason: "Update changes a resource that is there", policies: []string{"Observe", "Update"}, observed: exists, may: true},
		"CreateMissing": {
			reason: "Create without Update makes a resource as it is desired", policies: []string{"Observe", "Create", "Delete"}, may: true,
		},
		"CreateExists": {
			reason: "Create without Update changes nothing once the resource is there", policies: []string{"Observe", "Create", "Delete"}, observed: exists,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			spec := object.Map{}
			if tc.policies != nil {
				spec["managementPolicies"] = tc.policies
			}
			o := object.New(object.Map{"spec": spec})
			if got := MayChange(o, tc.observed); got != tc.may {
				t.Errorf("%s: MayChange is %t, want %t", tc.reason, got, tc.may)
			}
			if got := OnlyObserved(o); got != tc.observe {
				t.Errorf("%s: OnlyObserved is %t, want %t", tc.reason, got, tc.observe)
			}
			if got := IsPaused(o, tc.observed); got != tc.paused {
				t.Errorf("%s: IsPaused is %t, want %t", tc.reason, got, tc.paused)
			}
		})
	}
}

// TestIsPaused holds that the annotation pauses a resource wherever it stands, whatever the
// policies are.
func TestIsPaused(t *testing.T) {
	paused := func(value string) *structpb.Struct {
		return object.New(object.Map{"metadata": object.Map{"annotations": object.Map{pausedAnnotation: value}}})
	}
	cases := map[string]struct {
		reason            string
		desired, observed *structpb.Struct
		want              bool
	}{
		"Desired":  {"a step pauses what it composes", paused("true"), nil, true},
		"Observed": {"somebody paused the managed resource in the cluster", object.New(object.Map{}), paused("true"), true},
		"False":    {"false is not paused", paused("false"), paused("false"), false},
		"Neither":  {"nobody paused anything", object.New(object.Map{}), nil, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := IsPaused(tc.desired, tc.observed); got != tc.want {
				t.Errorf("%s: IsPaused is %t, want %t", tc.reason, got, tc.want)
			}
			if tc.want && MayChange(tc.desired, tc.observed) {
				t.Errorf("%s: MayChange is true", tc.reason)
			}
		})
	}
}

// TestLetGo holds that what is let go of is no orphan any more, whoever wrote its policies.
func TestLetGo(t *testing.T) {
	list := func(policies ...any) []any { return policies }
	for name, tc := range map[string]struct {
		reason         string
		observed, want object.Map // spec
	}{
		"Cluster": {
			"A deletion policy is all that a resource without management policies has.",
			object.Map{"deletionPolicy": "Orphan"},
			object.Map{"deletionPolicy": "Delete"},
		},
		"Namespaced": {
			"A namespaced resource has management policies alone.",
			object.Map{"managementPolicies": list("Observe", "Create", "Update", "LateInitialize")},
			object.Map{"managementPolicies": list("Observe", "Create", "Update", "LateInitialize", "Delete")},
		},
		"Both": {
			"Management policies count beside a deletion policy.",
			object.Map{"deletionPolicy": "Orphan", "managementPolicies": list("Observe", "Create")},
			object.Map{"deletionPolicy": "Delete", "managementPolicies": list("Observe", "Create", "Delete")},
		},
		"Star":   {"Every policy has Delete in it.", object.Map{"managementPolicies": list("*")}, object.Map{}},
		"Paused": {"An empty list pauses, which stays so.", object.Map{"managementPolicies": list()}, object.Map{}},
	} {
		desired := object.New(object.Map{"spec": object.Map{}})
		LetGo(desired, object.New(object.Map{"spec": tc.observed}))
		if diff := cmp.Diff(object.New(object.Map{"spec": tc.want}).AsMap(), desired.AsMap()); diff != "" {
			t.Errorf("%s: %s LetGo(): -want, +got:\n%s", name, tc.reason, diff)
		}
	}
}
