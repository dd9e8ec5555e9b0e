package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterIBMStates holds what becomes of each word by which IBM Cloud reports how a cluster is. The words stand here
// once more, apart from the function's rows.
func TestClusterIBMStates(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		status        fnv1.Status
		reason, words string
	}{
		{isTrue, "Available", "normal warning unsupported"},
		{isTrue, "Changing", "updating"},
		{isFalse, "Changing", "requested pending deploying"},
		{isFalse, "Deleting", "deleting deleted"},
		{isFalse, "Unavailable", "critical aborted deploy_failed delete_failed"},
		{unknown, "UnknownState", "xyz Normal"},
	} {
		for word := range strings.FieldsSeq(tc.words) {
			l := aliveClusterIBM(t, settingsClusterIBM)
			before := len(l.run(t).GetDesired().GetComposite().GetConnectionDetails())
			object.Set(l.instance(), word, "status", "atProvider", "outputs", "status")
			rsp := l.run(t)
			c := provisioned(t, rsp)
			if c.GetStatus() != tc.status || c.GetReason() != tc.reason {
				t.Errorf("%s: Provisioned is %s %s: %q", word, c.GetStatus(), c.GetReason(), c.GetMessage())
			}
			if got := len(rsp.GetDesired().GetComposite().GetConnectionDetails()); got != before || before == 0 {
				t.Errorf("%s: %d connection details are published instead of %d", word, got, before)
			}
		}
	}
}

// TestClusterIBMBehind holds that nodes which IBM Cloud does not bring are told: a pool of fewer leaves the Workspace Ready.
func TestClusterIBMBehind(t *testing.T) {
	t.Parallel()
	l := aliveClusterIBM(t, settingsClusterIBM)
	object.Set(l.instance(), 1.0, "status", "atProvider", "outputs", "workers_per_zone")
	c := provisioned(t, l.run(t))
	if c.GetReason() != "NotResized" || !strings.Contains(c.GetMessage(), "has a pool of 1 nodes in each zone, and 2 were asked for") {
		t.Errorf("Provisioned is %s: %s", c.GetReason(), c.GetMessage())
	}
}

// TestClusterIBMAutoscaled holds that nodes which an autoscaler took away are none that IBM Cloud refused, and that
// whoever reads the claim is told whose bounds count.
func TestClusterIBMAutoscaled(t *testing.T) {
	t.Parallel()
	l := aliveClusterIBM(t, settingsClusterIBM)
	before := varmapOf(l.run(t))
	object.Set(l.instance(), 1.0, "status", "atProvider", "outputs", "workers_per_zone")
	object.Set(l.instance(), true, "status", "atProvider", "outputs", "autoscaled")
	rsp := l.run(t)
	if c := provisioned(t, rsp); c.GetReason() != "Available" {
		t.Errorf("Provisioned is %s: %s", c.GetReason(), c.GetMessage())
	}
	says := composedAs(rsp).GetMessage()
	if !strings.Contains(says, "an autoscaler is on in the cluster's pool") || strings.Contains(says, "IBM Cloud adds no nodes by itself") {
		t.Errorf("Composed says %q", says)
	}
	if diff := cmp.Diff(before, varmapOf(rsp)); diff != "" {
		t.Errorf("the module is given something else: -before, +after:\n%s", diff)
	}
}

// TestClusterIBMEgress holds that nodes without a way out are told.
func TestClusterIBMEgress(t *testing.T) {
	t.Parallel()
	l := aliveClusterIBM(t, strings.Replace(settingsClusterIBM, "            outbound: true\n", "", 1))
	got := composedAs(l.run(t)).GetMessage()
	if !strings.Contains(got, "nodes reach nothing on the internet") || !strings.Contains(got, "cluster.outbound is not true") {
		t.Errorf("Composed says %q", got)
	}
}

// TestClusterIBMForeign holds that a cluster of another's, found under the claim's own name by its state, is looked at
// alone.
func TestClusterIBMForeign(t *testing.T) {
	t.Parallel()
	l := newClusterIBM(t, settingsClusterIBM)
	o := l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
	object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
	outputs := outputsOfCluster(t, o)
	object.Set(outputs, fromYAML(t, `{tags: ["project:other", "env:staging"]}`).GetFields()["tags"], "tags")
	object.Set(o, outputs, "status", "atProvider", "outputs")
	l.request.Observed.Resources = map[string]*fnv1.Resource{keyInstance: {Resource: o}}
	rsp := l.run(t)
	c := composedAs(rsp)
	policies := object.Get(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "managementPolicies").String()
	if c.GetReason() != "NotAllowed" || c.GetStatus() != isFalse || strings.Contains(policies, "Update") || strings.Contains(policies, "Delete") {
		t.Errorf("Composed is %s %s: %s, with the policies %s", c.GetStatus(), c.GetReason(), c.GetMessage(), policies)
	}
}

// TestClusterIBMTurnedOn holds that settings which turn high availability on leave a live cluster in its one zone, with
// its nodes, and say so.
func TestClusterIBMTurnedOn(t *testing.T) {
	t.Parallel()
	l := aliveClusterIBM(t, settingsClusterIBM, "highAvailability: true, nodes: {min: 6, max: 9}", "nodes: {min: 2, max: 4}")
	before := varmapOf(l.run(t))
	l.settle(t, strings.Replace(settingsClusterIBM, "providers:", "policy: {highAvailability: true}\n  providers:", 1))
	rsp := l.run(t)
	if diff := cmp.Diff(before, varmapOf(rsp)); diff != "" || before["workers_per_zone"] != 2.0 {
		t.Errorf("-before, +after:\n%s%s", diff, fatal(rsp))
	}
	if got := composedAs(rsp).GetMessage(); !strings.Contains(got, "the nodes stay in the one zone that the cluster was made in") {
		t.Errorf("Composed says %q", got)
	}
}
