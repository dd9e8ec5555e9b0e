package lifecycle

import "testing"

func TestRuleOn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason, provider string
		row              Row
		want             Rule
	}{
		"All":       {"A rule without clouds is of all.", "aws", Row{Rule: Immutable}, Immutable},
		"Its":       {"A rule of some clouds holds on each of them.", "gcp", Row{Rule: Immutable, On: []string{"gcp", "azure"}}, Immutable},
		"Another's": {"On another cloud the field changes freely.", "aws", Row{Rule: Immutable, On: []string{"gcp", "azure"}}, Free},
		"Nobody's":  {"A rule of no cloud holds on none.", "aws", Row{Rule: Immutable, On: []string{}}, Free},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tc.row.RuleOn(tc.provider); got != tc.want {
				t.Errorf("\n%s\nRuleOn(%q): want %d, got %d", tc.reason, tc.provider, tc.want, got)
			}
		})
	}
}
