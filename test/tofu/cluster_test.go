//go:build tofu

package tofu

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

const (
	atCluster = "ibm_container_vpc_cluster.cluster"
	atPool    = "ibm_container_vpc_worker_pool.default"
	clusterID = "clusterid0123456789ab"
)

// clusterVars are of a cluster in prod that is about to be made, and clusterKnown of one whose ID is known.
var (
	clusterVars = variables{
		"service": "containers-kubernetes", "name": "ibm-payments-prod-main", "location": "eu-de", "kube_version": "1.35",
		"vpc_id": "r010-00000000-0000-4000-8000-000000000001", "flavor": "bx2.4x16", "workers_per_zone": 1,
		"zones": []map[string]string{
			{"name": "eu-de-1", "subnet_id": "02b7-1"}, {"name": "eu-de-2", "subnet_id": "02c7-2"}, {"name": "eu-de-3", "subnet_id": "02d7-3"},
		},
		"pod_subnet": "172.17.0.0/18", "service_subnet": "172.21.0.0/16", "public_endpoint": false, "outbound": false, "kms_key_crn": key,
		"tags": []string{"project:payments", "env:prod"}, "deletion_protection": true, "allow_delete": false,
	}
	clusterKnown = clusterVars.with(variables{"cluster_id": clusterID})
)

// liveCluster is a cluster that was made, and whose ID was told.
func liveCluster(t *testing.T) *workspace {
	t.Helper()
	w := live(t, modules.Cluster(), clusterVars)
	w.use(t, modules.KnownCluster())
	quiet(t, w, clusterKnown)
	return w
}

// TestClusterOutputs makes a cluster, and reads its outputs after a reconcile that does nothing.
func TestClusterOutputs(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, modules.Cluster())
	// Added are the cluster, its pool, and four records of OpenTofu's own.
	if r := w.apply(t, clusterVars); r.String() != (result{add: 6}).String() {
		t.Fatalf("a new cluster: want 6 to add, got %s", r)
	}
	quiet(t, w, clusterVars)
	w.use(t, modules.KnownCluster())
	quiet(t, w, clusterKnown)
	got, secret := w.outputs(t)
	if len(secret) > 0 {
		t.Errorf("want no secret outputs, got %q", secret)
	}
	want := map[string]any{
		"cluster_id": clusterID, "crn": "crn:v1:bluemix:public:containers-kubernetes:eu-de:a/0:" + clusterID + "::", "name": "ibm-payments-prod-main",
		"location": "eu-de", "resource_group_id": strings.Repeat("0", 32), "kube_version": "1.35.4", "status": "normal",
		"vpc_id": clusterVars["vpc_id"], "pod_subnet": "172.17.0.0/18", "service_subnet": "172.21.0.0/16",
		"private_endpoint_url": "https://c100.private.eu-de.containers.cloud.ibm.com:30000", "public_endpoint_url": "",
		"vpe_endpoint_url": "https://" + clusterID + ".vpe.private.eu-de.containers.cloud.ibm.com:30000",
		"tags":             []any{"env:prod", "project:payments"}, "public_endpoint": false, "outbound": false, "flavor": "bx2.4x16",
		"workers_per_zone": 1.0, "autoscaled": false, "kms_key_crn": key, "deletion_protection": true,
		"zones": []any{
			map[string]any{"name": "eu-de-1", "subnet_id": "02b7-1"},
			map[string]any{"name": "eu-de-2", "subnet_id": "02c7-2"},
			map[string]any{"name": "eu-de-3", "subnet_id": "02d7-3"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outputs: -want, +got:\n%s", diff)
	}
}

// TestClusterEdits plays each edit of what is live: in place, or refused with a sentence, and never
// something replaced or destroyed.
func TestClusterEdits(t *testing.T) {
	one := []map[string]string{{"name": "eu-de-1", "subnet_id": "02b7-1"}}
	edits(t, liveCluster(t), clusterKnown, map[string]edit{
		"Nothing":     {"a quiet reconcile changes nothing", nil, 0, ""},
		"Nodes":       {"nodes come in place", variables{"workers_per_zone": 3}, 1, ""},
		"Tags":        {"tags change in place", variables{"tags": []string{"project:payments"}}, 1, ""},
		"Version":     {"a newer version is an upgrade in place", variables{"kube_version": "1.36"}, 1, ""},
		"TwoMinors":   {"two minors ahead", variables{"kube_version": "1.37"}, 0, "kube_version is 1.35 and cannot become 1.37"},
		"VersionDown": {"an older version is none that runs, and changes nothing", variables{"kube_version": "1.34"}, 0, ""},
		"Outbound":    {"the way out is opened in place", variables{"outbound": true}, 1, ""},
		"Unprotected": {"the protection is lifted in place", variables{"deletion_protection": false}, 1, ""},
		"AllowDelete": {"volumes are to go with the cluster", variables{"allow_delete": true}, 1, ""},
		"Flavor":      {"another size of nodes", variables{"flavor": "bx2.8x32"}, 0, "flavor is bx2.4x16 and cannot become bx2.8x32"},
		"Zones":       {"fewer zones", variables{"zones": one}, 0, "zones is eu-de-1/02b7-1,eu-de-2/02c7-2,eu-de-3/02d7-3 and cannot become eu-de-1/02b7-1"},
		"Name":        {"another name", variables{"name": "other"}, 0, "name is ibm-payments-prod-main and cannot become other"},
		"VPC":         {"another VPC", variables{"vpc_id": "other"}, 0, "cannot become other"},
		"Pods":        {"another range of pods", variables{"pod_subnet": "172.18.0.0/18"}, 0, "pod_subnet is 172.17.0.0/18 and cannot become 172.18.0.0/18"},
		"Services":    {"another range of services", variables{"service_subnet": "172.22.0.0/16"}, 0, "service_subnet is 172.21.0.0/16 and cannot become"},
		"NoRanges":    {"ranges that nobody says any more", variables{"pod_subnet": nil, "service_subnet": nil}, 0, ""},
		"Endpoint":    {"a public endpoint is chosen once", variables{"public_endpoint": true}, 0, "public_endpoint is false and cannot become true"},
		"Key":         {"another key", variables{"kms_key_crn": key + "3"}, 0, "kms_key_crn is " + key + " and cannot become " + key + "3"},
		"Group":       {"another resource group", variables{"resource_group_id": group}, 0, "cannot become " + group},
		"SameGroup":   {"the group that it is in", variables{"resource_group_id": strings.Repeat("0", 32)}, 0, ""},
	})
}

// TestClusterKeyLater holds that a key may come later, and is kept from then on.
func TestClusterKeyLater(t *testing.T) {
	t.Parallel()
	bare := clusterKnown.with(variables{"kms_key_crn": nil})
	w := live(t, modules.Cluster(), bare.with(variables{"cluster_id": nil}))
	w.use(t, modules.KnownCluster())
	// Added is the record of the key.
	if r := w.apply(t, clusterKnown); r.String() != (result{add: 1, change: 1}).String() {
		t.Fatalf("a key that comes later: want it added, got %s", r)
	}
	quiet(t, w, clusterKnown)
	if r := w.plan(t, clusterKnown.with(variables{"kms_key_crn": key + "3"})); !r.says("cannot become " + key + "3") {
		t.Errorf("another key: want a refusal, got %s", r)
	}
}

// TestClusterZoneElsewhere holds that a zone which somebody adds to the pool at IBM Cloud is left alone.
func TestClusterZoneElsewhere(t *testing.T) {
	t.Parallel()
	w := liveCluster(t)
	w.edit(t, `"worker_pool_name":"default","zones":[`, `"worker_pool_name":"default","zones":[{"name":"eu-de-9","subnet_id":"09"},`)
	quiet(t, w, clusterKnown)
}

// TestClusterDestroy destroys nothing that is protected, also when the variable says otherwise but was
// never applied, and all of it once that was.
func TestClusterDestroy(t *testing.T) {
	t.Parallel()
	w, open := liveCluster(t), clusterKnown.with(variables{"deletion_protection": false})
	if r := w.destroy(t, open); !r.says("The cluster is protected") || w.state(t, atCluster) == nil || w.state(t, atPool) == nil {
		t.Fatalf("a protected cluster: want a refusal, got %s", r)
	}
	quiet(t, w, clusterKnown)
	if r := w.apply(t, open); r.String() != (result{change: 1}).String() {
		t.Fatalf("the protection is lifted: want one change, got %s", r)
	}
	if out, _ := w.outputs(t); out["deletion_protection"] != false {
		t.Error("it is still told to be protected")
	}
	if r := w.destroy(t, open); len(r.errors) > 0 || len(w.resources(t)) > 0 {
		t.Errorf("a cluster that may be deleted: want it deleted, got %s", r)
	}
}

// TestClusterReplaced holds that no cluster whose ID is known is destroyed to be made anew, protected or not, such as
// where somebody marked it so in the state, and that none is made beside it by the state of an earlier one.
func TestClusterReplaced(t *testing.T) {
	t.Parallel()
	open := clusterKnown.with(variables{"deletion_protection": false})
	for name, c := range map[string]struct {
		reason string
		vars   variables
		spoil  func(t *testing.T, w *workspace)
		says   string
	}{
		"Protected": {"marked in prod", clusterKnown, func(t *testing.T, w *workspace) { t.Helper(); w.tofu(t, "taint", atCluster) }, "Invalid count argument"},
		"Open":      {"marked in dev", open, func(t *testing.T, w *workspace) { t.Helper(); w.tofu(t, "taint", atCluster) }, "Invalid count argument"},
		"Other": {
			"the state is of an earlier cluster", open.with(variables{"cluster_id": "clusterid9876543210ab"}), func(*testing.T, *workspace) {},
			"is not clusterid9876543210ab",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := liveCluster(t)
			w.apply(t, c.vars.with(variables{"cluster_id": clusterID}))
			c.spoil(t, w)
			if r := w.apply(t, c.vars); !r.says(c.says) {
				t.Errorf("%s: want a refusal, got %s", c.reason, r)
			}
			if got := w.state(t, atCluster); got == nil || got["id"] != clusterID || w.state(t, atPool) == nil {
				t.Errorf("%s: the cluster is gone", c.reason)
			}
		})
	}
}

// TestClusterLostState holds that no second cluster is made where the state was lost: the one that is there is
// taken, and nothing of it changes but that nodes are looked after.
func TestClusterLostState(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, modules.KnownCluster())
	// Added are the pool, which is taken as it is, and four records of OpenTofu's own.
	if r := w.apply(t, clusterKnown); r.String() != (result{add: 5, change: 1, imported: 1}).String() {
		t.Fatalf("want the cluster taken as it is, got %s", r)
	}
	quiet(t, w, clusterKnown)
	if got := w.state(t, atCluster)["id"]; got != clusterID {
		t.Errorf("it is the cluster %v", got)
	}
	if r := w.destroy(t, clusterKnown); !r.says("The cluster is protected") {
		t.Errorf("want it protected as before, got %s", r)
	}
	other := newWorkspace(t, modules.KnownCluster())
	if r := other.apply(t, clusterKnown.with(variables{"vpc_id": "other"})); !r.says("cannot become other") {
		t.Errorf("the cluster of another network: want a refusal, got %s", r)
	}
}

// TestClusterDeletedElsewhere holds that a cluster which somebody deleted at IBM Cloud is not made again, empty,
// without anyone noticing, and that its state can be emptied by hand, after which its claim can be deleted.
func TestClusterDeletedElsewhere(t *testing.T) {
	t.Parallel()
	w := liveCluster(t)
	w.env = append(w.env, "STANDIN_GONE=cluster")
	if r := w.apply(t, clusterKnown); !r.says("could not be found") {
		t.Errorf("want that told, got %s", r)
	}
	// As docs/runbooks.md has it: what is gone is taken out of the state, which is empty then.
	for address := range strings.FieldsSeq(string(w.tofu(t, "state", "list"))) {
		w.tofu(t, "state", "rm", address)
	}
	if left := w.resources(t); len(left) > 0 {
		t.Errorf("the state still has %v", left)
	}
}

// TestClusterObserve looks at a cluster of somebody's: nothing is added, and outputs have the same names.
func TestClusterObserve(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, modules.ObserveCluster())
	vars := variables{"service": "containers-kubernetes", "name": "theirs", "location": "eu-de"}
	if r := w.apply(t, vars); r.String() != (result{}).String() {
		t.Fatalf("a look: want nothing added, got %s", r)
	}
	got, _ := w.outputs(t)
	want := map[string]any{
		"cluster_id": clusterID, "crn": "crn:v1:bluemix:public:containers-kubernetes:eu-de:a/0:" + clusterID + "::", "name": "ibm-payments-prod-main",
		"location": "eu-de", "resource_group_id": strings.Repeat("0", 32), "kube_version": "1.35.4", "status": "normal",
		"pod_subnet": "172.17.0.0/18", "service_subnet": "172.21.0.0/16", "public_endpoint_url": "",
		"private_endpoint_url": "https://c100.private.eu-de.containers.cloud.ibm.com:30000",
		"vpe_endpoint_url":     "https://" + clusterID + ".vpe.private.eu-de.containers.cloud.ibm.com:30000",
		"tags":                 []any{"project:legacy"}, "public_endpoint": false, "flavor": "bx2.4x16", "workers_per_zone": 1.0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outputs: -want, +got:\n%s", diff)
	}
}
