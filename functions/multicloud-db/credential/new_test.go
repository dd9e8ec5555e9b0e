package credential

import (
	"regexp"
	"strings"
	"testing"
)

// TestNewPassword holds that a password is one that every engine of every cloud takes. The
// narrowest is IBM Cloud: 15 to 32 letters and digits.
func TestNewPassword(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 2000 {
		p := string(newPassword())
		if len(p) != passwordLength || !regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]+$`).MatchString(p) ||
			!strings.ContainsAny(p, lower) || !strings.ContainsAny(p, upper) || !strings.ContainsAny(p, digits) {
			t.Fatalf("newPassword(): %d characters, of a form that not every engine takes", len(p))
		}
		if seen[p] {
			t.Fatal("newPassword(): the same one again")
		}
		seen[p] = true
	}
}
