package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterStates holds what becomes of each word by which EKS reports how a cluster and its nodes
// are: its provider calls both Ready as soon as there is something.
func TestClusterStates(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		part, word, reason string
		status             fnv1.Status
	}{
		"Active":       {keyInstance, "ACTIVE", "Available", isTrue},
		"Updating":     {keyInstance, "UPDATING", "Changing", isTrue},
		"Creating":     {keyInstance, "CREATING", "Changing", isFalse},
		"Pending":      {keyInstance, "PENDING", "Changing", isFalse},
		"Deleting":     {keyInstance, "DELETING", "Deleting", isFalse},
		"Failed":       {keyInstance, "FAILED", "Unavailable", isFalse},
		"New":          {keyInstance, "SOMETHING", "UnknownState", unknown},
		"NodesActive":  {keyNodes, "ACTIVE", "Available", isTrue},
		"NodesUpdate":  {keyNodes, "UPDATING", "Available", isTrue},
		"NodesNone":    {keyNodes, "CREATE_FAILED", "Unavailable", isFalse},
		"NodesIll":     {keyNodes, "DEGRADED", "Unavailable", isFalse},
		"NodesForEver": {keyNodes, "DELETE_FAILED", "Unavailable", isFalse},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "aws", settingsCluster)
			was := l.run(t).GetDesired()
			before := len(was.GetComposite().GetConnectionDetails())
			object.Set(l.request.GetObserved().GetResources()[tc.part].GetResource(), tc.word, "status", "atProvider", "status")
			rsp := l.run(t)
			c := provisioned(t, rsp)
			if diff := cmp.Diff(slices.Sorted(maps.Keys(was.GetResources())), slices.Sorted(maps.Keys(rsp.GetDesired().GetResources()))); diff != "" {
				t.Errorf("other parts are composed: -before, +after:\n%s", diff)
			}
			if c.GetStatus() != tc.status || c.GetReason() != tc.reason {
				t.Errorf("Provisioned is %s %s: %q, want %s %s", c.GetStatus(), c.GetReason(), c.GetMessage(), tc.status, tc.reason)
			}
			if tc.reason == "Unavailable" && !strings.Contains(c.GetMessage(), `EKS reports "`+tc.word+`"`) {
				t.Errorf("the word is not told: %q", c.GetMessage())
			}
			if got := len(rsp.GetDesired().GetComposite().GetConnectionDetails()); got != before {
				t.Errorf("%d connection details are published instead of %d", got, before)
			}
		})
	}
}

// TestClusterUnborn holds that a provider which was restarted while EKS makes a cluster, and calls
// that Ready, has nothing be made in it yet.
func TestClusterUnborn(t *testing.T) {
	t.Parallel()
	l := &live{provider: "aws", spec: strings.Replace(specCluster, "gcp", "aws", 1)}
	l.request = request(t, xrHead+l.spec, settingsCluster, nil)
	observeCluster(t, l, l.run(t).GetDesired().GetResources())
	object.Set(l.instance(), "CREATING", "status", "atProvider", "status")
	for part := range l.run(t).GetDesired().GetResources() {
		if part != keyInstance {
			t.Errorf("%s is composed into a cluster that is still made", part)
		}
	}
}

// TestClusterAgainUnseen holds that nodes whose provider cannot look at them for once are not taken
// for missing: with a second launch template they would be another group, for ever.
func TestClusterAgainUnseen(t *testing.T) {
	t.Parallel()
	left := aliveCluster(t, "aws", settingsCluster)
	l := &live{provider: "aws", spec: left.spec}
	l.request = request(t, xrHead+l.spec, settingsCluster, nil)
	for range 5 {
		rsp := l.run(t)
		for name, r := range rsp.GetDesired().GetResources() {
			o := proto.CloneOf(r.GetResource())
			if name == keyTemplate {
				t.Fatal("a second launch template is made")
			}
			object.Set(o, object.Struct(left.request.GetObserved().GetResources()[name].GetResource(), "status"), "status")
			if name == keyNodes {
				object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "False", reason: ReconcileError, message: "observe failed: throttled"}]}`), "status")
				if got := list(o, "spec", "managementPolicies"); !slices.Equal(got, []string{"Observe"}) {
					t.Errorf("the nodes are managed, unseen: %v", got)
				}
			}
			l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
		}
	}
	if l.request.GetObserved().GetResources()[keyNodes] == nil {
		t.Error("nobody looks at the nodes")
	}
}

// TestClusterSubnetRefused holds that a subnet which AWS does not take of a live control plane, since
// its zone is a new one, is asked for no more once the settings no longer say it.
func TestClusterSubnetRefused(t *testing.T) {
	t.Parallel()
	l := aliveCluster(t, "aws", settingsCluster)
	l.settle(t, strings.Replace(settingsCluster, "subnet-c]", "subnet-c, subnet-d]", 1))
	asked := l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
	object.Set(l.instance(), object.Struct(asked, "spec", "forProvider"), "spec", "forProvider")
	if got := list(l.instance(), body("vpcConfig", "subnetIds")...); !slices.Contains(got, "subnet-d") {
		t.Fatalf("the subnet is not asked for: %v", got)
	}
	l.settle(t, settingsCluster)
	got := list(l.run(t).GetDesired().GetResources()[keyInstance].GetResource(), body("vpcConfig", "subnetIds")...)
	if want := []string{"subnet-a", "subnet-b", "subnet-c"}; !slices.Equal(got, want) {
		t.Errorf("the control plane is asked for subnets %v, want %v", got, want)
	}
}
