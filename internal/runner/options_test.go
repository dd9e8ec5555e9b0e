package runner

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/providers"
)

// TestVersion holds what --version prints: the program's own version first, and then
// each provider's.
func TestVersion(t *testing.T) {
	c := exec.CommandContext(t.Context(), os.Args[0], "--version")
	c.Env = append(os.Environ(), serveVariable+"=1")
	out, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	own, rest, _ := strings.Cut(string(out), "\n")
	if own != "function-sleeper development" {
		t.Errorf("--version begins with %q", own)
	}
	for _, p := range providers.All() {
		if want := p.Cloud + ": checked against " + p.Of(p.Newest()); !strings.Contains(rest, want) {
			t.Errorf("--version does not say %q:\n%s", want, rest)
		}
	}
}
