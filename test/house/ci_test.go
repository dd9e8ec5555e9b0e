package house

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var (
	step = regexp.MustCompile(`(?m)^\t?(?:if .*then )?step ([a-z]+)`)
	row  = regexp.MustCompile("(?m)^\\| `make ([a-z]+)[^|]*\\|[^|]*\\|[^|]*\\|[^|]*\\|$")
)

// TestSteps holds that the table of docs/ci.md has the steps of .ci/run, in their order.
func TestSteps(t *testing.T) {
	names := func(file string, form *regexp.Regexp) []string {
		b, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, m := range form.FindAllStringSubmatch(string(b), -1) {
			out = append(out, m[1])
		}
		return out
	}
	if diff := cmp.Diff(names(".ci/run", step), names("docs/ci.md", row)); diff != "" {
		t.Errorf("-.ci/run, +docs/ci.md:\n%s", diff)
	}
}
