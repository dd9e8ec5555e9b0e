package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// clusterIBMSettingsOf are what settings may come to be.
func clusterIBMSettingsOf(c *choices) string {
	s := settingsClusterIBM
	return pick(c, "", s, "metadata: {name: p}\ndata: {}", strings.ReplaceAll(s, "r010-1", "r010-2"), strings.ReplaceAll(s, "172.17", "172.18"),
		strings.ReplaceAll(s, "eu-de-3, subnetID: c-3", "eu-de-3, subnetID: d-4"), strings.ReplaceAll(s, ", {name: eu-de-3, subnetID: c-3}", ""),
		strings.ReplaceAll(s, ":key:2", ":key:3"), strings.ReplaceAll(s, "outbound: true", "outbound: false"),
		strings.ReplaceAll(s, "outbound: true", "publicEndpoint: true"), strings.ReplaceAll(s, "resourceGroupID: 0", "resourceGroupID: 1"),
		"metadata: {name: p}\ndata: {policy: {deletionPolicy: Delete, deletionProtection: false, highAvailability: false}}",
		"metadata: {name: p}\ndata: {providers: []}")
}

// clusterIBMHappensTo is what may become of a live cluster at its cloud, or of its state.
var clusterIBMHappensTo = []func(*structpb.Struct){
	func(o *structpb.Struct) { object.Set(o, "1.37.1", "status", "atProvider", "outputs", "kube_version") },
	func(o *structpb.Struct) { object.Set(o, &structpb.Struct{}, "status", "atProvider", "outputs") },
	func(o *structpb.Struct) { delete(object.Struct(o, "status").GetFields(), "atProvider") },
	func(o *structpb.Struct) { object.Set(o, "critical", "status", "atProvider", "outputs", "status") },
	func(*structpb.Struct) {},
}

// TestClusterIBMNothingLost plays random cases of fixed seeds: whatever happens to claim, settings and what is observed, a
// live cluster stays desired by its ID, in its network, zones and key, no more open than it was, and no version goes back;
// or the result is fatal, with nothing.
func TestClusterIBMNothingLost(t *testing.T) {
	t.Parallel()
	known := map[string]*live{}
	playCases(t, 600, 21, func(t *testing.T, c *choices) (refused bool) { return clusterIBMHolds(t, c, known) })
}

// FuzzClusterIBMNothingLost looks for others.
func FuzzClusterIBMNothingLost(f *testing.F) {
	for i := range byte(16) {
		f.Add([]byte{i, i / 3, i, i, 7 * i, 3, 5 * i, 11 * i, 13 * i, 2, i, i, i, 1, i, i, 29 * i, 17 * i})
	}
	f.Fuzz(func(t *testing.T, bytes []byte) { clusterIBMHolds(t, &choices{bytes}, map[string]*live{}) })
}

func clusterIBMHolds(t *testing.T, c *choices, known map[string]*live) (refused bool) {
	t.Helper()
	env, available := pick(c, "prod", "staging", "dev"), pick(c, "highAvailability: true, ", "")
	if known[env+available] == nil {
		known[env+available] = aliveClusterIBM(t, settingsClusterIBM, "env: staging", "env: "+env, "highAvailability: true, ", available)
	}
	l := known[env+available].twin()
	before := varmapOf(l.run(t))
	var done []string
	for range c.below(4) {
		e := clusterEditsOf[c.below(len(clusterEditsOf))]
		done = append(done, e[0]+"="+e[1])
		change(l.xr(), e[0], e[1])
	}
	settings := clusterIBMSettingsOf(c)
	l.settle(t, settings)
	for range c.below(3) {
		i := c.below(len(happensTo))
		done = append(done, "happens "+string(rune('0'+i)))
		happensTo[i](c, l.request.GetObserved().GetResources()[keyInstance])
	}
	i := c.below(len(clusterIBMHappensTo))
	done = append(done, "cloud "+string(rune('0'+i)))
	if object.Struct(l.instance(), "status", "atProvider") != nil {
		clusterIBMHappensTo[i](l.instance())
	}
	hasVariables := object.Struct(l.instance(), "spec", "forProvider", "varmap") != nil

	rsp := l.run(t)
	if fatal(rsp) != "" {
		if len(rsp.GetDesired().GetResources()) != 0 {
			t.Errorf("a fatal result with resources, by %v", done)
		}
		return true
	}
	if !managed.Exists(l.instance()) || !hasVariables {
		return false // nothing lives, or nobody knows what was asked for
	}
	after := varmapOf(rsp)
	for _, field := range []string{
		"cluster_id", "name", "location", "service", "vpc_id", "zones", "pod_subnet", "service_subnet", "resource_group_id", "kms_key_crn",
	} {
		if diff := cmp.Diff(before[field], after[field]); diff != "" {
			t.Errorf("%s: it is another cluster, by %v and settings %q: -before, +after:\n%s", field, done, settings, diff)
		}
	}
	if after["public_endpoint"] == true {
		t.Errorf("the API server is opened, by %v and settings %q", done, settings)
	}
	if version, _ := after["kube_version"].(string); version < "1.35" {
		t.Errorf("the version goes back to %s, by %v", version, done)
	}
	if nodes, _ := after["workers_per_zone"].(float64); nodes < 1 {
		t.Errorf("%v nodes in each zone, by %v", after["workers_per_zone"], done)
	}
	if moduleOf(rsp) != modules.KnownCluster() {
		t.Errorf("the module would make another one, by %v", done)
	}
	return false
}
