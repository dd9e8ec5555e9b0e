package costtagger

import (
	"strings"
	"testing"
)

// TestPlain holds which values of live tags are named: words as tags have them, and nothing that
// may be a secret.
func TestPlain(t *testing.T) {
	cases := map[string]struct {
		reason, value string
		hidden        bool
	}{
		"Word":     {"a word helps to decide", "old", false},
		"Capital":  {"a word may begin with a capital", "Payments", false},
		"Place":    {"a place has figures", "payments/eu-west-1/db.example:5432", false},
		"Mail":     {"an owner is often an address", "team-payments@example.com", false},
		"Spaces":   {"words have spaces between them", "Cost center 4711", false},
		"Empty":    {"an empty value is one", "", false},
		"Long":     {"a word has no figures, however long it is", "internationalization", false},
		"UUID":     {"an id in parts is no key", "0b5f7a31-1c1e-4b7e-9d59-0a5d8d0b7f11", false},
		"Key":      {"an access key of AWS is one", "AKIAIOSFODNN7EXAMPLE", true},
		"Secret":   {"a secret key of AWS has capitals", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", true},
		"Hash":     {"a token may be lower case", "9f86d081884c7d659a2feaa0c55ad015", true},
		"Userinfo": {"a connection has a password", "postgres://app:hunter2@db.example", true},
		"Signs":    {"a password has signs", "pa$$word!", true},
		"TooLong":  {"what fills a condition is no word", strings.Repeat("a", 64), true},
		"Lines":    {"a certificate has lines", "a\nb", true},
		"Foreign":  {"a text of another alphabet is not judged", "стоимость", true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			want := tc.value
			if tc.hidden {
				want = "(another value)"
			}
			if got := plain(tc.value); got != want {
				t.Errorf("%s: want %q, got %q", tc.reason, want, got)
			}
		})
	}
}
