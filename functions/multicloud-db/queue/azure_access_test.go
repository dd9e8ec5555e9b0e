package queue

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestAssignment holds the name of a role assignment, and its id, by which the provider finds
// it: one that is new has the same each time, and a live one what it has.
func TestAssignment(t *testing.T) {
	const (
		scope = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceBus/namespaces/shared/queues/q"
		name  = "8d9b4b1d-1c30-5ecf-b29f-36c128e63037" // as Python's uuid.uuid5 makes it
		other = "0b5f7a31-1c1e-4b7e-9d59-0a5d8d0b7f11"
	)
	annotations := func(o object.Map) object.Map { return object.Map{"annotations": o} }
	id := annotations(object.Map{"crossplane.io/external-name": scope + assignments + other})
	pending := "crossplane.io/external-create-pending"
	cases := map[string]struct {
		reason   string
		live     object.Map
		id, name any
		filled   bool
	}{
		"New": {reason: "A new one has a name of ours.", id: scope + assignments + name, name: name},
		"Failed": {
			reason: "One that Azure refused under a name of Azure's is asked for under ours.",
			live: object.Map{"metadata": annotations(object.Map{pending: "1"}), "status": object.Map{"conditions": []any{
				object.Map{"type": "LastAsyncOperation", "status": "False", "reason": "AsyncCreateFailure"},
			}}},
			id: scope + assignments + name, name: name,
		},
		"Live": {
			reason: "A live one keeps the name that Azure gave it.",
			live:   object.Map{"metadata": id, "status": object.Map{"atProvider": object.Map{"id": "x", "name": other}}},
			id:     scope + assignments + other, name: other,
		},
		"Unreported": {
			reason: "A live one that reports no name has the one in its id.",
			live:   object.Map{"metadata": id, "status": object.Map{"atProvider": object.Map{"id": "x"}}},
			id:     scope + assignments + other, name: other,
		},
		"Case": {
			reason: "A live one keeps its id as it is written.",
			live: object.Map{
				"metadata": annotations(object.Map{"crossplane.io/external-name": "/SUBSCRIPTIONS/0" + assignments + name}),
				"status":   object.Map{"atProvider": object.Map{"id": "x", "name": name}},
			},
			id: "/SUBSCRIPTIONS/0" + assignments + name, name: name,
		},
		"Pending": {
			reason: "One that Azure may be making right now, under a name of its choice, gets its id from the provider.",
			live:   object.Map{"metadata": annotations(object.Map{pending: "1"})}, id: "", filled: true,
		},
	}
	for test, tc := range cases {
		t.Run(test, func(t *testing.T) {
			got := assignment(object.New(tc.live), scope, rolesAzure[roleSend], "11111111-2222-3333-4444-555555555555")
			if diff := cmp.Diff([]any{tc.id, tc.name}, []any{got.Name, got.Body["name"]}); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			if got.Kind.Unfilled == tc.filled {
				t.Errorf("\n%s\nit is filled in: want %t", tc.reason, tc.filled)
			}
		})
	}
}

// TestAssignmentNames holds that each scope, role and principal has a name of its own, and
// that the case of a scope, which Azure writes one way or another, makes none.
func TestAssignmentNames(t *testing.T) {
	seen := map[any]string{}
	for _, scope := range []string{"/a/queues/q", "/a/queues/r", "/b/queues/q"} {
		for _, role := range rolesAzure {
			for _, principal := range []string{"11111111-2222-3333-4444-555555555555", "21111111-2222-3333-4444-555555555555"} {
				name := assignment(nil, scope, role, principal).Body["name"]
				if twin := seen[name]; twin != "" {
					t.Errorf("%v is the name of both %s and %s", name, twin, scope+role+principal)
				}
				seen[name] = scope + role + principal
			}
		}
	}
	upper, lower := assignment(nil, "/A/queues/q", "r", "p"), assignment(nil, "/a/queues/q", "r", "p")
	if diff := cmp.Diff(lower.Body["name"], upper.Body["name"]); diff != "" {
		t.Errorf("a scope in other letters: -want, +got:\n%s", diff)
	}
}
