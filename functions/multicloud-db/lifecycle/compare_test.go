package lifecycle

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestLeftOut holds that a takeover lists what a kind's provider would reset, and nothing that
// the provider takes as it is.
func TestLeftOut(t *testing.T) {
	table := Main{
		Fields: map[string]At{"standby": {Is: []string{"zones", "standby"}}, "network": {Is: []string{"network"}}},
		Resets: []string{"last.days", "last.enabled", "logs"},
		Left:   []string{"network"},
	}
	cases := map[string]struct {
		reason      string
		asked, is   object.Map
		wantChanges []string
	}{
		"Reset": {"What would be reset is listed by its path.", object.Map{}, object.Map{"last": object.Map{"days": 7}}, []string{"last.days: 7 becomes unset"}},
		"Asked": {"What is asked for is not listed.", object.Map{"logs": true}, object.Map{"logs": true}, nil},
		"Zero":  {"A switch that is off is reset to what it is.", object.Map{}, object.Map{"last": object.Map{"enabled": false, "days": 0}}, nil},
		"Listed": {
			"An older version has objects as lists of one.",
			object.Map{},
			object.Map{"last": []any{object.Map{"days": 7}}},
			[]string{"last.days: 7 becomes unset"},
		},
		"Type": {
			"A field of the type is listed as well.",
			object.Map{},
			object.Map{"zones": object.Map{"standby": "b"}},
			[]string{"zones.standby: b becomes unset"},
		},
		"Left": {"What the provider takes as it is stays.", object.Map{}, object.Map{"network": "main"}, nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := &comparison{table: table, status: object.New(tc.is)}
			c.leftOut(object.New(tc.asked))
			if diff := cmp.Diff(tc.wantChanges, c.lines); diff != "" {
				t.Errorf("\n%s\nlines: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
