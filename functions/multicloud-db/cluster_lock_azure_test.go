package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterUnlockedAzure holds that a cluster in prod without a lock gets one only where its pool is
// known to be in place: in a locked one the pool that stands in for it could not be deleted. What is
// awaited is said.
func TestClusterUnlockedAzure(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason string
		change func(l *live)
		locked bool
		says   string
	}{
		"InPlace":  {"Nothing stands in for the pool.", func(*live) {}, true, ""},
		"StandsIn": {"A pool that was left over is told of.", func(l *live) { setPool(l, "name", "rotate") }, false, "the cluster is locked once that is done"},
		"Untold":   {"A report that lacks the pool for once does not tell what stands in.", func(l *live) { setPool(l) }, false, ""},
		"OfOldSize": {
			"The machines are not those that are asked for yet.", func(l *live) {
				askFor(l, smallest)
				setPool(l, "vmSize", "Standard_D16ds_v5")
			}, false, "stands in",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "azure", settingsCluster, "env: staging", "env: prod")
			delete(l.request.GetObserved().GetResources(), keyLock)
			tc.change(l)
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if locked := rsp.GetDesired().GetResources()[keyLock] != nil; locked != tc.locked {
				t.Errorf("\n%s\nit is locked: %t", tc.reason, locked)
			}
			says := composedAs(rsp).GetMessage()
			if !strings.Contains(says, tc.says) || !tc.locked && strings.Contains(says, "for as long as the cluster is locked") && tc.says != "" {
				t.Errorf("\n%s\nComposed says %q", tc.reason, says)
			}
		})
	}
}

// setPool reports a field of the pool, or a cluster without one.
func setPool(l *live, field ...string) {
	at := object.Struct(l.instance(), "status", "atProvider")
	if len(field) == 0 {
		delete(at.GetFields(), "defaultNodePool")
		return
	}
	object.Set(at, field[1], "defaultNodePool", field[0])
}
