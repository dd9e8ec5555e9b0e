//go:build tofu

package tofu

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

// TestAllowlist plays the networks of a live database of plan Classic: they come, change
// and are left alone where the module no longer has them, each time in place.
func TestAllowlist(t *testing.T) {
	t.Parallel()
	w := live(t, modules.Database(), classic)
	entries := func() int {
		t.Helper()
		return len(w.state(t, "ibm_database.classic[0]")["allowlist"].([]any))
	}
	for _, step := range []struct {
		reason          string
		module          string
		networks        []string
		change, entries int
	}{
		{"a module that may allow changes nothing by itself", modules.DatabaseAllowing(), nil, 0, 0},
		{"networks are let in", modules.DatabaseAllowing(), []string{"10.0.0.0/16"}, 1, 1},
		{"networks come and go", modules.DatabaseAllowing(), []string{"10.1.0.0/16", "10.2.0.0/16"}, 1, 2},
		{"a module without networks leaves them", modules.Database(), nil, 0, 2},
	} {
		w.use(t, step.module)
		v := classic
		if step.networks != nil {
			v = classic.with(variables{"allowlist": step.networks})
		}
		r := w.apply(t, v)
		if len(r.errors) > 0 || r.add+r.remove+r.imported > 0 || r.change != step.change || entries() != step.entries {
			t.Fatalf("%s: want %d changed and %d networks, got %s and %d", step.reason, step.change, step.entries, r, entries())
		}
	}
}
