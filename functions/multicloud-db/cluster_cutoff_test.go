package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterCutOff holds what becomes of a cluster whose cloud takes longer than its provider waits,
// which is an hour: the claim has the provider's error, the same is asked for, and once the cloud is done
// the next look finds the cluster as if nothing had been.
func TestClusterCutOff(t *testing.T) {
	t.Parallel()
	const said = "async create failed: failed to create the resource: context deadline exceeded"
	for _, provider := range []string{"gcp", "aws", "azure"} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, provider, settingsCluster)
			before := bodies(l.run(t))
			good := object.Get(l.instance(), "status", "conditions")
			object.Set(l.instance(), fromYAML(t, `{a: [{type: Synced, status: "True"}, {type: Ready, status: "False", reason: Creating}, `+
				`{type: LastAsyncOperation, status: "False", reason: AsyncCreateFailure, message: "`+said+`"}]}`).GetFields()["a"], "status", "conditions")
			rsp := l.run(t)
			if c := provisioned(t, rsp); c.GetStatus() == isTrue || !strings.Contains(c.GetMessage(), "deadline exceeded") {
				t.Errorf("meanwhile Provisioned is %s %s: %q", c.GetStatus(), c.GetReason(), c.GetMessage())
			}
			if diff := cmp.Diff(before, bodies(rsp)); diff != "" {
				t.Errorf("something else is asked for meanwhile: -before, +after:\n%s", diff)
			}
			object.Set(l.instance(), good, "status", "conditions")
			rsp = l.run(t)
			if c := provisioned(t, rsp); c.GetStatus() != isTrue {
				t.Errorf("then Provisioned is %s %s: %q", c.GetStatus(), c.GetReason(), c.GetMessage())
			}
			if diff := cmp.Diff(before, bodies(rsp)); diff != "" {
				t.Errorf("something else is asked for then: -before, +after:\n%s", diff)
			}
		})
	}
}
