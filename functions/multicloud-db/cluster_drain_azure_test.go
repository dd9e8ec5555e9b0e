package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterDrainAzure holds that how the nodes of a live pool are drained stays as it stands there: a
// timeout, or what becomes of a node that cannot be drained, that is taken away would be another cluster for the
// provider, which it refuses with each other change.
func TestClusterDrainAzure(t *testing.T) {
	t.Parallel()
	const drain, soak = poolAzure + "upgradeSettings.drainTimeoutInMinutes", poolAzure + "upgradeSettings.nodeSoakDurationInMinutes"
	const undrained = poolAzure + "upgradeSettings.undrainableNodeBehavior"
	l := aliveCluster(t, "azure", settingsCluster)
	if got := flat(composed(l.run(t))); got[drain] != nil || got[soak] != nil || got[undrained] != nil {
		t.Error("what nobody said is asked for")
	}
	at := []string{"status", "atProvider", "defaultNodePool", "upgradeSettings"}
	object.Set(l.instance(), fromYAML(t, `{maxSurge: "33%", drainTimeoutInMinutes: 30, nodeSoakDurationInMinutes: 5, undrainableNodeBehavior: Cordon}`), at...)
	rsp := l.run(t)
	got := flat(composed(rsp))
	if diff := cmp.Diff([]any{30.0, 5.0, "Cordon"}, []any{got[drain], got[soak], got[undrained]}); diff != "" {
		t.Errorf("set at Azure: -want, +got:\n%s", diff)
	}
	observeCluster(t, l, rsp.GetDesired().GetResources())
	object.Set(l.instance(), fromYAML(t, `{maxSurge: "33%"}`), at...)
	got = flat(composed(l.run(t)))
	if diff := cmp.Diff([]any{30.0, 5.0, "Cordon"}, []any{got[drain], got[soak], got[undrained]}); diff != "" {
		t.Errorf("a report that lacks it for once: -want, +got:\n%s", diff)
	}
}

// TestClusterTurnedAzure holds that machines which are others than were asked for open no way past the
// lock: the pool of a locked cluster cannot be made anew.
func TestClusterTurnedAzure(t *testing.T) {
	t.Parallel()
	l := aliveCluster(t, "azure", settingsCluster, "env: staging", "env: prod")
	object.Set(l.xr(), "medium", "status", "size", "profile")
	askFor(l, "Standard_D8ds_v5")
	object.Set(l.instance(), "Standard_D16ds_v5", "status", "atProvider", "defaultNodePool", "vmSize")
	if l.request.GetObserved().GetResources()[keyLock] == nil {
		t.Fatal("there is no lock")
	}
	l.edit(t, "profile: medium", "profile: large")
	object.Set(l.xr(), "medium", "status", "size", "profile")
	if got := fatal(l.run(t)); !strings.Contains(got, "that is locked") {
		t.Errorf("another profile is not refused: %q", got)
	}
}

// TestClusterNobodyAzure holds that a public endpoint that nobody is let in by is told of in a sentence.
func TestClusterNobodyAzure(t *testing.T) {
	t.Parallel()
	public := strings.NewReplacer(append(openAzure, balancedAzure...)...).Replace(settingsCluster)
	l := aliveCluster(t, "azure", public)
	l.settle(t, strings.Replace(public, "[203.0.113.0/24]", "[]", 1))
	if says := composedAs(l.run(t)).GetMessage(); !strings.Contains(says, "which the cluster's own nodes alone reach") {
		t.Errorf("Composed says %q", says)
	}
}
