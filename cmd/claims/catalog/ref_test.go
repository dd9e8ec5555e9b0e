package catalog

import "testing"

func TestParseRef(t *testing.T) {
	cases := map[string]struct{ reason, text, kind, want string }{
		"Name":      {"A name alone is of the kind that is meant.", "team-payments", Group, "group:default/team-payments"},
		"Kind":      {"A reference may say its kind.", "user:guest", Group, "user:default/guest"},
		"Namespace": {"A reference may say its namespace.", "shop/gateway", System, "system:shop/gateway"},
		"Whole":     {"A whole reference stays.", "resource:shop/jobs", Group, "resource:shop/jobs"},
		"Case":      {"Backstage tells no case of letters apart.", " Group:Default/Team-Payments ", System, "group:default/team-payments"},
		"Nothing":   {"Nothing names nothing.", "", Group, "group:default/"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := ParseRef(tc.text, tc.kind).String(); got != tc.want {
				t.Errorf("\n%s\nParseRef(%q): want %q, got %q", tc.reason, tc.text, tc.want, got)
			}
		})
	}
}
