//go:build tofu

package tofu

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

// released is the commit whose packages make e2e upgrades from.
const released = "1e0b2e9"

// TestUpgrade holds that a live database of the released module is only read by the module
// of today, and that going back only reads it too: outputs may come and go.
func TestUpgrade(t *testing.T) {
	old := releasedModule(t)
	for name, v := range map[string]variables{"Classic": classic, "Gen2": gen2} {
		t.Run(name, func(t *testing.T) {
			w := live(t, old, v)
			for _, module := range []string{modules.Database(), old, modules.Database()} {
				w.use(t, module)
				if r := w.plan(t, v); len(r.errors) > 0 || r.add+r.change+r.remove+r.imported > 0 {
					t.Fatalf("another module alone changes a live database: %s", r)
				}
				if r := w.apply(t, v); len(r.errors) > 0 || r.add+r.change+r.remove+r.imported > 0 {
					t.Fatalf("another module alone changed a live database: %s", r)
				}
			}
		})
	}
}

// releasedModule is the module in the files that the released commit has.
func releasedModule(t *testing.T) string {
	t.Helper()
	var files []string
	for _, name := range []string{"versions", "place", "variables", "create", "main", "outputs"} {
		c := exec.CommandContext(t.Context(), "git", "show", released+":functions/multicloud-db/modules/database/"+name+".tf")
		b, err := c.Output()
		if err != nil {
			t.Fatalf("the module of commit %s cannot be had, so run git fetch --unshallow in a shallow clone: %v", released, err)
		}
		files = append(files, string(b))
	}
	return strings.Join(files, "\n")
}
