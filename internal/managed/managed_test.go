package managed

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// supported are the management policies that Crossplane's managed reconciler takes;
// with others it does nothing at all (crossplane-runtime v2.4.0,
// pkg/reconciler/managed/policies.go), in the order that they are written here.
var supported = map[string]bool{
	"*":                                           true,
	"Observe":                                     true,
	"Observe Create":                              true,
	"Observe Create Update":                       true,
	"Observe Create Delete":                       true,
	"Observe Create LateInitialize":               true,
	"Observe Create Update Delete":                true,
	"Observe Create Update LateInitialize":        true,
	"Observe Create Delete LateInitialize":        true,
	"Observe Create Update Delete LateInitialize": true,
}

func TestPolicies(t *testing.T) {
	cases := map[string]struct {
		reason           string
		resource         Resource
		cluster, of, all string // of a cluster-scoped and of a namespaced kind; all where both are the same
	}{
		"Managed": {reason: "What is managed whole needs no policies where it is theirs to begin with.", cluster: "", of: "*"},
		"Orphan": {
			reason: "A namespaced kind has no other way to outlive its resource.", resource: Resource{Orphan: true}, cluster: "",
			of: "Observe Create Update LateInitialize",
		},
		"Observed": {
			reason:   "It is only looked at, whatever else is said.",
			resource: Resource{Observe: true, Find: true, Orphan: true, Kind: Kind{Unfilled: true}}, all: "Observe",
		},
		"Found": {reason: "It is not changed.", resource: Resource{Find: true}, all: "Observe Create Delete LateInitialize"},
		"FoundOrphan": {
			reason: "Nor deleted: policies go before a deletionPolicy.", resource: Resource{Find: true, Orphan: true},
			all: "Observe Create LateInitialize",
		},
		"Unfilled":      {reason: "Nothing is filled in.", resource: Resource{Kind: Kind{Unfilled: true}}, all: "Observe Create Update Delete"},
		"UnfilledFound": {reason: "Nor changed.", resource: Resource{Kind: Kind{Unfilled: true}, Find: true}, all: "Observe Create Delete"},
		"Least":         {reason: "It is made where it is missing.", resource: Resource{Kind: Kind{Unfilled: true}, Find: true, Orphan: true}, all: "Observe Create"},
		"Kept": {
			reason: "It is managed, not filled in, and outlives its resource.", resource: Resource{Kind: Kind{Unfilled: true}, Orphan: true},
			all: "Observe Create Update",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			for namespaced, want := range map[bool]string{false: tc.cluster + tc.all, true: tc.of + tc.all} {
				got := strings.Join(tc.resource.policies(namespaced), " ")
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("\n%s\nnamespaced %v: -want, +got:\n%s", tc.reason, namespaced, diff)
				}
				if got != "" && !supported[got] {
					t.Errorf("\n%s\nCrossplane does not take %q", tc.reason, got)
				}
			}
		})
	}
}
