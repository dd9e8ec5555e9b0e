//go:build tofu

package tofu

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// TestUpgradeRestricted holds that a live database of plan Gen2 gets a rule and its zone from
// the module of today where the settings have networks, and nothing else.
func TestUpgradeRestricted(t *testing.T) {
	for name, module := range map[string]string{"Released": releasedModule(t), "Today": modules.Database()} {
		t.Run(name, func(t *testing.T) {
			w := live(t, module, gen2)
			before := w.resources(t)
			w.use(t, modules.DatabaseRestricted())
			// Added are zone, rule, and a record of OpenTofu's own that keeps them.
			if r := w.apply(t, restricted); r.String() != (result{add: 3}).String() {
				t.Fatalf("a rule on a live database: want it added, got %s", r)
			}
			after := w.resources(t)
			for _, address := range []string{zone, rule, "terraform_data.restricted"} {
				if after[address] == nil {
					t.Errorf("there is no %s", address)
				}
				delete(after, address)
			}
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("what was there before: -before, +after:\n%s", diff)
			}
			if r := w.plan(t, restricted); r.String() != (result{}).String() {
				t.Errorf("a quiet reconcile: want nothing, got %s", r)
			}
		})
	}
}

// TestUnrestricted shows why a module without a rule must not follow one that has it: the
// function keeps the networks that were let in.
func TestUnrestricted(t *testing.T) {
	t.Parallel()
	w := live(t, modules.DatabaseRestricted(), restricted)
	w.use(t, modules.Database())
	if r := w.plan(t, gen2); r.remove != 3 || r.add+r.change > 0 {
		t.Errorf("want rule, zone and record destroyed, got %s", r)
	}
	// What the function reads there stays in the state until then.
	out, _ := w.outputs(t)
	if diff := cmp.Diff([]any{"10.1.0.0/16", "10.2.0.0/16"}, out["allowlist"]); diff != "" {
		t.Errorf("the networks: -want, +got:\n%s", diff)
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
