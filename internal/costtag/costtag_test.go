package costtag

import (
	"strings"
	"testing"
)

func TestIsSame(t *testing.T) {
	long := strings.Repeat("a", 100)
	cases := map[string]struct {
		reason, provider, meant, reported string
		want                              bool
	}{
		"Verbatim":  {"AWS takes an entity ref as it is.", "aws", "resource:default/a", "resource:default/a", true},
		"Mapped":    {"Google Cloud takes neither colons nor slashes.", "gcp", "resource:default/a", "resource_default_a", true},
		"Lower":     {"IBM stores lower case, and colons for slashes.", "ibm", "Resource:default/A", "resource:default:a", true},
		"Long":      {"A long value is cut, with a hash of the whole.", "gcp", long, Value("gcp", "k", long), true},
		"Tail":      {"A value that fell together with another one's has a hash behind it.", "gcp", "x.y", "x_y-b24ca9b7", true},
		"OtherTail": {"The hash of another value is another value.", "gcp", "x.z", "x_z-b24ca9b7", false},
		"Other":     {"Another value is another value.", "aws", "shop", "crm", false},
		"Empty":     {"A value that is missing is no value.", "azure", "shop", "", false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := IsSame(tc.provider, "k", tc.meant, tc.reported); got != tc.want {
				t.Errorf("\n%s\nIsSame(%q, %q): %t, want %t", tc.reason, tc.meant, tc.reported, got, tc.want)
			}
		})
	}
}
