//go:build tofu

package tofu

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// log is the file in which the stand-in writes in which order it upgrades.
func (w *workspace) log(t *testing.T) func() []string {
	t.Helper()
	path := filepath.Join(w.dir, "log")
	w.env = append(w.env, "STANDIN_LOG="+path)
	return func() []string {
		b, err := os.ReadFile(path) //nolint:gosec // A file of the test.
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
		return strings.Fields(strings.ReplaceAll(string(b), " ", "_"))
	}
}

// TestClusterUpgrade holds that one apply upgrades the control plane first and the nodes then, and that the
// nodes which an apply did not get to are upgraded by the next one, with the control plane left alone.
func TestClusterUpgrade(t *testing.T) {
	t.Parallel()
	newer := clusterKnown.with(variables{"kube_version": "1.36"})
	order := []string{"control_plane_1.36", "nodes_1.36"}

	t.Run("Whole", func(t *testing.T) {
		t.Parallel()
		w := liveCluster(t)
		log := w.log(t)
		if r := w.apply(t, newer); r.String() != (result{change: 1}).String() {
			t.Fatalf("an upgrade: want one change, got %s", r)
		}
		if diff := cmp.Diff(order, log()); diff != "" {
			t.Errorf("the order: -want, +got:\n%s", diff)
		}
		quiet(t, w, newer)
		if got := log(); len(got) > 0 {
			t.Errorf("after that, want nothing upgraded, got %q", got)
		}
	})
	t.Run("NodeFails", func(t *testing.T) {
		t.Parallel()
		w := liveCluster(t)
		log, there := w.log(t), w.env
		w.env = append(w.env, "STANDIN_FAILS=node")
		if r := w.apply(t, newer); !r.says("is failed to replace") {
			t.Fatalf("a node that fails: want that told, got %s", r)
		}
		w.env = there
		if r := w.apply(t, newer); r.String() != (result{change: 1}).String() {
			t.Errorf("the next apply: want one change, got %s", r)
		}
		if diff := cmp.Diff(order, log()); diff != "" {
			t.Errorf("the order: -want, +got:\n%s", diff)
		}
	})
	t.Run("Killed", func(t *testing.T) {
		t.Parallel()
		w := liveCluster(t)
		log := w.log(t)
		// What was killed wrote no state, and IBM Cloud upgraded the control plane.
		w.env = append(w.env, "STANDIN_RUNS=1.36.1")
		if r := w.apply(t, newer); r.String() != (result{change: 1}).String() {
			t.Errorf("the next apply: want one change, got %s", r)
		}
		if diff := cmp.Diff(order[1:], log()); diff != "" {
			t.Errorf("the order: -want, +got:\n%s", diff)
		}
	})
}

// TestClusterUpgradedElsewhere holds that a cluster which somebody upgraded at IBM Cloud is never asked to go
// back: its nodes follow, and its version is told.
func TestClusterUpgradedElsewhere(t *testing.T) {
	t.Parallel()
	w := liveCluster(t)
	log := w.log(t)
	w.env = append(w.env, "STANDIN_RUNS=1.36.1")
	if r := w.apply(t, clusterKnown); r.String() != (result{change: 1}).String() {
		t.Fatalf("want the nodes to follow, got %s", r)
	}
	if diff := cmp.Diff([]string{"nodes_1.36"}, log()); diff != "" {
		t.Errorf("upgraded: -want, +got:\n%s", diff)
	}
	quiet(t, w, clusterKnown)
	quiet(t, w, clusterKnown.with(variables{"kube_version": "1.36"}))
	if out, _ := w.outputs(t); out["kube_version"] != "1.36.1" {
		t.Errorf("want the version that runs told, got %v", out["kube_version"])
	}
	if r := w.plan(t, clusterKnown.with(variables{"kube_version": "1.37"})); r.String() != (result{change: 1}).String() {
		t.Errorf("the next minor: want one change, got %s", r)
	}
}
