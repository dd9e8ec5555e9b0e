package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	sizeKept = requested + "size"
	smallest = "Standard_D4ds_v5" // of the machines that AKS takes
)

// keepsSize reports whether the step that sizes is told to leave the machines as they are.
func keepsSize(rsp *fnv1.RunFunctionResponse) bool {
	return object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "metadata", "annotations", sizeKept) == "kept"
}

// askFor has the nodes be asked for with a machine, as the step that sizes does.
func askFor(l *live, machine string) {
	object.Set(l.instance(), machine, body("defaultNodePool", "vmSize")...)
}

// onward observes what was composed, of which the nodes have the smallest machine and there is a lock
// where one is asked for.
func (l *live) onward(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp := l.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	asked := object.String(l.instance(), body("defaultNodePool", "vmSize")...)
	if rsp.GetDesired().GetResources()[keyLock] == nil {
		delete(l.request.GetObserved().GetResources(), keyLock)
	}
	observeCluster(t, l, rsp.GetDesired().GetResources())
	askFor(l, asked)
	object.Set(l.instance(), smallest, "status", "atProvider", "defaultNodePool", "vmSize")
	return rsp
}

// TestClusterLock holds that no other machine reaches the nodes of a cluster while a lock stands, which
// would stop the change half-way, and that no lock comes while they are made anew.
func TestClusterLock(t *testing.T) {
	t.Parallel()
	const small, large = smallest, "Standard_D8ds_v5"
	l := aliveCluster(t, "azure", settingsCluster, "env: staging", "env: prod")
	object.Set(l.xr(), "medium", "status", "size", "profile")
	askFor(l, small)
	if rsp := l.onward(t); !keepsSize(rsp) || rsp.GetDesired().GetResources()[keyLock] == nil {
		t.Fatal("a cluster in prod is not locked, or may get other machines while it is")
	}
	object.Set(l.xr(), "large", "spec", "profile")
	want := `spec.profile: "medium" cannot become "large" on a live cluster that is locked`
	if got := fatal(l.run(t)); !strings.HasPrefix(got, want) {
		t.Errorf("-want, +got:\n%s", cmp.Diff(want, got))
	}
	lost := l.twin()
	delete(lost.xr().GetFields(), "status")
	if rsp := lost.run(t); !keepsSize(rsp) {
		t.Errorf("without a record of the profile other machines reach a locked cluster: %s", fatal(rsp))
	}

	object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
	object.Set(l.xr(), "Orphan", "spec", "deletionPolicy")
	rsp := l.onward(t)
	if lock := rsp.GetDesired().GetResources()[keyLock].GetResource(); !keepsSize(rsp) || lock == nil || orphaned(lock) {
		t.Errorf("the nodes may get other machines before the lock is gone, or it stays: %v", lock)
	}
	l.onward(t) // the lock is no longer composed, and is there still
	delete(l.request.GetObserved().GetResources(), keyLock)
	if rsp = l.onward(t); keepsSize(rsp) {
		t.Error("once the lock is gone the nodes do not get other machines")
	}
	askFor(l, large) // by the step that sizes
	object.Set(l.xr(), "large", "status", "size", "profile")
	object.Set(l.xr(), structpb.NewNullValue(), "metadata", "annotations", "platform.victor.onl/allow-delete")
	for range 2 {
		if rsp = l.onward(t); keepsSize(rsp) || rsp.GetDesired().GetResources()[keyLock] != nil {
			t.Error("while the nodes are made anew they are locked, or taken back")
		}
		for _, says := range []string{"the nodes are made anew with other machines", "is locked once that is done"} {
			if got := composedAs(rsp).GetMessage(); !strings.Contains(got, says) {
				t.Errorf("Composed says %q, without %q", got, says)
			}
		}
	}
	object.Set(l.instance(), "rotate", "status", "atProvider", "defaultNodePool", "name")
	object.Set(l.instance(), large, "status", "atProvider", "defaultNodePool", "vmSize")
	if rsp = l.run(t); rsp.GetDesired().GetResources()[keyLock] != nil || flat(composed(rsp))["defaultNodePool.name"] != "system" {
		t.Error("while another pool stands in, the cluster is locked, or that pool is asked for")
	}
	object.Set(l.instance(), "system", "status", "atProvider", "defaultNodePool", "name")
	if rsp = l.run(t); !keepsSize(rsp) || rsp.GetDesired().GetResources()[keyLock] == nil {
		t.Error("with its new machines the cluster is not locked again")
	}
}

// TestClusterAgainSize holds that nodes which were found keep their machines until their claim names
// another profile than it had then.
func TestClusterAgainSize(t *testing.T) {
	t.Parallel()
	left := aliveCluster(t, "azure", settingsCluster)
	rsp := again(t, left, settingsCluster)
	if !keepsSize(rsp) {
		t.Error("nodes that were found get the machines of the profile unasked")
	}
	l := &live{provider: "azure", spec: left.spec}
	l.request = request(t, xrHead+l.spec, settingsCluster, nil)
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	object.Set(o, object.Struct(left.instance(), "status"), "status")
	l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
	for _, tc := range []struct {
		profile string
		keeps   bool
	}{{"medium", true}, {"large", false}, {"medium", false}} {
		object.Set(l.xr(), tc.profile, "spec", "profile")
		rsp := l.run(t)
		if keepsSize(rsp) != tc.keeps {
			t.Errorf("with the profile %s the machines are kept: %t", tc.profile, !tc.keeps)
		}
		for name, v := range object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "metadata", "annotations").GetFields() {
			object.Set(l.instance(), v, "metadata", "annotations", name)
		}
	}
}

// TestClusterAgainUntold holds that a cluster which was found is not changed before its provider has told
// of its pool: what is asked for until then is the claim's, and other machines or zones make the pool anew.
func TestClusterAgainUntold(t *testing.T) {
	t.Parallel()
	left := aliveCluster(t, "azure", settingsCluster)
	for name, status := range map[string]string{
		"Id":      `{id: x}`,
		"Place":   `{id: x, location: westeurope, currentKubernetesVersion: 1.35.4, privateClusterEnabled: true}`,
		"Machine": `{id: x, location: westeurope, currentKubernetesVersion: 1.35.4, defaultNodePool: {name: system}}`,
	} {
		l := &live{provider: "azure", spec: left.spec}
		l.request = request(t, xrHead+l.spec, settingsCluster, nil)
		for range 3 {
			o := l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}], atProvider: `+status+`}`), "status")
			l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
			if got := strings.Join(list(o, "spec", "managementPolicies"), " "); got == "" || strings.Contains(got, "Update") || strings.Contains(got, "*") {
				t.Errorf("%s: the pool is not known, and may be changed: %q", name, got)
			}
		}
	}
}
