package managed

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestExists(t *testing.T) {
	condition := func(kind, status, reason string) object.Map {
		return object.Map{"type": kind, "status": status, "reason": reason}
	}
	failed := condition("LastAsyncOperation", "False", "AsyncCreateFailure")
	cases := map[string]struct {
		reason      string
		annotations object.Map
		status      object.Map
		want        bool
	}{
		"New":     {"Nobody has tried to make it.", nil, object.Map{}, false},
		"Id":      {"The cloud has given it an id.", nil, object.Map{"atProvider": object.Map{"id": "x"}, "conditions": []any{failed}}, true},
		"Pending": {"It may have been made.", object.Map{"crossplane.io/external-create-pending": "x"}, object.Map{}, true},
		"Failed": {
			"It was not made, and its claim may be put right.",
			object.Map{"crossplane.io/external-create-pending": "x"},
			object.Map{"conditions": []any{failed, condition("Synced", "True", "")}},
			false,
		},
		"FailedAndMade": {
			"The provider gave up too early, and then found it.",
			nil,
			object.Map{"conditions": []any{failed, condition("Ready", "True", "Available")}},
			true,
		},
		"Synced":  {"The provider has looked after it.", nil, object.Map{"conditions": []any{condition("Synced", "True", "")}}, true},
		"Refused": {"The provider could not.", nil, object.Map{"conditions": []any{condition("Synced", "False", "ReconcileError")}}, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := object.New(object.Map{"metadata": object.Map{"annotations": tc.annotations}, "status": tc.status})
			if got := Exists(o); got != tc.want {
				t.Errorf("\n%s\nExists(): want %t, got %t", tc.reason, tc.want, got)
			}
		})
	}
}
