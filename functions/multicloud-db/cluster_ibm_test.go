package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const specClusterIBM = `
  provider: ibm
  type: cluster
  profile: medium
  region: eu-central
  project: shop
  env: staging
  cluster: {version: "1.35", highAvailability: true, nodes: {min: 6, max: 9}}
  writeConnectionSecretToRef: {name: kube}
`

const keyOfCluster = "crn:v1:bluemix:public:kms:eu-de:a/0:1:key:2"

// settingsClusterIBM are those of a platform that has all that clusters on IBM Cloud can use.
const settingsClusterIBM = `
metadata: {name: platform-prod}
data:
  providers:
    ibm:
      resourceGroupID: 0123456789abcdef0123456789abcdef
      regions:
        eu-de:
          cluster:
            vpcID: r010-1
            zones: [{name: eu-de-1, subnetID: a-1}, {name: eu-de-2, subnetID: b-2}, {name: eu-de-3, subnetID: c-3}]
            podSubnet: 172.17.0.0/18
            serviceSubnet: 172.21.0.0/16
            kmsKeyID: ` + keyOfCluster + `
            outbound: true
`

// newClusterIBM is a claim of a cluster on IBM Cloud with which nothing has happened yet.
func newClusterIBM(t *testing.T, settings string, oldNew ...string) *live {
	t.Helper()
	l := &live{provider: "ibm", spec: strings.NewReplacer(oldNew...).Replace(specClusterIBM)}
	l.request = request(t, xrHead+l.spec, settings, nil)
	return l
}

// aliveClusterIBM is one whose module was applied.
func aliveClusterIBM(t *testing.T, settings string, oldNew ...string) *live {
	t.Helper()
	l := newClusterIBM(t, settings, oldNew...)
	l.settledIBM(t)
	return l
}

// settledIBM calls the function three times, each time with what was composed before, as the module reports it.
func (l *live) settledIBM(t *testing.T) {
	t.Helper()
	for range 3 {
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		o := made(rsp.GetDesired().GetResources()[keyInstance].GetResource())
		object.Set(o, fromYAML(t, `{project: shop, env: staging}`), "metadata", "labels")
		object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
		object.Set(o, outputsOfCluster(t, o), "status", "atProvider", "outputs")
		l.request.Observed.Resources = map[string]*fnv1.Resource{keyInstance: {Resource: o}}
		object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	}
}

// outputsOfCluster are those of the module, with the variables that it was given.
func outputsOfCluster(t *testing.T, o *structpb.Struct) *structpb.Struct {
	t.Helper()
	v := proto.CloneOf(object.Struct(o, "spec", "forProvider", "varmap"))
	version := object.String(v, "kube_version") + ".4"
	for _, only := range []string{"service", "cluster_id", "allow_delete"} {
		delete(v.GetFields(), only)
	}
	if object.Get(v, "public_endpoint") == nil {
		object.Set(v, false, "public_endpoint")
	}
	merge(v, fromYAML(t, `{cluster_id: clusterid0123456789ab, flavor: bx2.4x16,
		crn: "crn:v1:bluemix:public:containers-kubernetes:eu-de:a/0:clusterid0123456789ab::",
		status: normal, private_endpoint_url: "https://c100.private.eu-de.containers.cloud.ibm.com:30000", vpe_endpoint_url: "https://vpe:30000",
		public_endpoint_url: "https://c100.eu-de.containers.cloud.ibm.com:30000"}`))
	object.Set(v, version, "kube_version")
	return v
}

// varmapOf are the variables of the module that is desired.
func varmapOf(rsp *fnv1.RunFunctionResponse) map[string]any {
	return object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "varmap").AsMap()
}

func moduleOf(rsp *fnv1.RunFunctionResponse) string {
	return object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "module")
}

// TestClusterIBM holds what a new cluster is made of, and that its module makes none any more once its ID is known.
func TestClusterIBM(t *testing.T) {
	t.Parallel()
	l := newClusterIBM(t, settingsClusterIBM)
	first := l.run(t)
	zone := func(name, subnet string) any { return map[string]any{"name": name, "subnet_id": subnet} }
	want := map[string]any{
		"service": "containers-kubernetes", "name": "ibm-shop-staging-clouds-7e886bd4", "location": "eu-de", "kube_version": "1.35", "vpc_id": "r010-1",
		"zones": []any{zone("eu-de-1", "a-1"), zone("eu-de-2", "b-2"), zone("eu-de-3", "c-3")}, "workers_per_zone": 2.0,
		"pod_subnet": "172.17.0.0/18", "service_subnet": "172.21.0.0/16", "outbound": true, "kms_key_crn": keyOfCluster,
		"resource_group_id": "0123456789abcdef0123456789abcdef", "tags": []any{}, "deletion_protection": false, "allow_delete": false,
	}
	if diff := cmp.Diff(want, varmapOf(first)); diff != "" || moduleOf(first) != modules.Cluster() {
		t.Errorf("a new cluster: -want, +got:\n%s%s", diff, fatal(first))
	}
	l.settledIBM(t)
	then := l.run(t)
	want["cluster_id"] = "clusterid0123456789ab"
	if diff := cmp.Diff(want, varmapOf(then)); diff != "" || moduleOf(then) != modules.KnownCluster() {
		t.Errorf("one that is there: -want, +got:\n%s", diff)
	}
	c := composedAs(then)
	for _, says := range []string{"IBM Cloud adds no nodes by itself"} {
		if c.GetReason() != "Composed" || !strings.Contains(c.GetMessage(), says) {
			t.Errorf("Composed is %s: %s", c.GetReason(), c.GetMessage())
		}
	}
	got := map[string]string{}
	for key, value := range then.GetDesired().GetComposite().GetConnectionDetails() {
		got[key] = string(value)
	}
	if diff := cmp.Diff(map[string]string{
		"name": "ibm-shop-staging-clouds-7e886bd4", "provider": "ibm", "region": "eu-de", "version": "1.35",
		"endpoint": "https://c100.private.eu-de.containers.cloud.ibm.com:30000",
	}, got); diff != "" {
		t.Errorf("connection: -want, +got:\n%s", diff)
	}
	if ready := then.GetDesired().GetComposite().GetReady(); ready == fnv1.Ready_READY_FALSE {
		t.Errorf("the XR is %v", ready)
	}
}

// TestClusterIBMLost holds that a cluster whose outputs, or whose whole record, are lost is asked for as before: with
// its ID, by which the module makes no second one.
func TestClusterIBMLost(t *testing.T) {
	t.Parallel()
	for name, lose := range map[string]func(l *live){
		"outputs": func(l *live) { delete(object.Struct(l.instance(), "status").GetFields(), "atProvider") },
		"outputs that are empty": func(l *live) {
			object.Set(l.instance(), &structpb.Struct{}, "status", "atProvider", "outputs")
		},
		"annotations": func(l *live) { delete(object.Struct(l.instance(), "metadata").GetFields(), "annotations") },
		"settings":    func(l *live) { l.settle(t, "metadata: {name: p}\ndata: {}") },
		"all": func(l *live) {
			l.settle(t, "metadata: {name: p}\ndata: {}")
			delete(object.Struct(l.instance(), "status").GetFields(), "atProvider")
			for key := range object.Struct(l.instance(), "metadata", "annotations").GetFields() {
				if strings.HasPrefix(key, "platform.victor.onl/requested-") {
					delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), key)
				}
			}
		},
	} {
		l := aliveClusterIBM(t, settingsClusterIBM)
		want := varmapOf(l.run(t))
		lose(l)
		rsp := l.run(t)
		if diff := cmp.Diff(want, varmapOf(rsp)); diff != "" || moduleOf(rsp) != modules.KnownCluster() {
			t.Errorf("without %s: -want, +got:\n%s%s", name, diff, fatal(rsp))
		}
	}
}

// TestClusterIBMUpgradedElsewhere holds that a cluster which somebody upgraded at IBM Cloud is asked for as it is.
func TestClusterIBMUpgradedElsewhere(t *testing.T) {
	t.Parallel()
	l := aliveClusterIBM(t, settingsClusterIBM)
	object.Set(l.instance(), "1.36.1", "status", "atProvider", "outputs", "kube_version")
	if got := varmapOf(l.run(t))["kube_version"]; got != "1.36" {
		t.Errorf("the version %v is asked for", got)
	}
}

// TestClusterIBMProtected holds that what is protected is so by its module, outlives its claim, and that volumes go
// with it only by the claim's own word.
func TestClusterIBMProtected(t *testing.T) {
	t.Parallel()
	for env, keeps := range map[string]bool{"prod": true, "mgmt": true, "staging": false, "dev": false} {
		l := aliveClusterIBM(t, settingsClusterIBM, "env: staging", "env: "+env)
		check := func(when string, kept, allowed bool) {
			t.Helper()
			l.settledIBM(t)
			rsp := l.run(t)
			v := varmapOf(rsp)
			got := []any{orphaned(rsp.GetDesired().GetResources()[keyInstance].GetResource()), v["deletion_protection"], v["allow_delete"]}
			if diff := cmp.Diff([]any{kept, kept, allowed}, got); diff != "" {
				t.Errorf("%s, %s: outlives its claim, protected, volumes go: -want, +got:\n%s", env, when, diff)
			}
		}
		check("by default", keeps, false)
		l.settle(t, strings.Replace(settingsClusterIBM, "providers:", "policy: {deletionPolicy: Delete, deletionProtection: false}\n  providers:", 1))
		check("with settings that say less", keeps, false)
		object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
		check("with the annotation", false, true)
	}
}

// TestClusterIBMObserved holds that a cluster that was there is looked at, and never taken over.
func TestClusterIBMObserved(t *testing.T) {
	t.Parallel()
	for adopt, reason := range map[string]string{"Observe": "Observed", "Manage": "InvalidClaim"} {
		l := newClusterIBM(t, "\nmetadata: {name: p}\ndata: {policy: {adopt: manage, adoptNames: [\"*\"]}}\n",
			"  region:", "  externalName: theirs\n  adopt: "+adopt+"\n  region:",
			`  cluster: {version: "1.35", highAvailability: true, nodes: {min: 6, max: 9}}`+"\n", "")
		first := l.run(t)
		if adopt == "Observe" && moduleOf(first) != modules.ObserveCluster() {
			t.Errorf("%s: another module, %s", adopt, fatal(first))
		}
		o := first.GetDesired().GetResources()[keyInstance].GetResource()
		object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}],
			atProvider: {outputs: {cluster_id: x, crn: "crn:x", name: theirs, location: eu-de, kube_version: 1.33.1}}}`), "status")
		l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
		c := composedAs(l.run(t))
		if c.GetReason() != reason || !strings.Contains(c.GetMessage(), `"Manage" is not offered for a cluster on ibm`) {
			t.Errorf("%s: Composed is %s: %s", adopt, c.GetReason(), c.GetMessage())
		}
	}
}

// TestClusterIBMAgain holds that the claim of a live cluster that is made again finds it, with its network, its zones
// and its nodes whatever the settings say by now, and that one of another's is not touched.
func TestClusterIBMAgain(t *testing.T) {
	t.Parallel()
	l := aliveClusterIBM(t, settingsClusterIBM)
	there := object.Struct(l.instance(), "status", "atProvider", "outputs")
	object.Set(there, fromYAML(t, `{tags: ["project:shop", "env:staging"]}`).GetFields()["tags"], "tags")
	object.Set(there, 3.0, "workers_per_zone")
	object.Set(there, "1.36.2", "kube_version") // upgraded since the claim was written
	other := strings.NewReplacer(
		"eu-de-3, subnetID: c-3", "eu-de-3, subnetID: d-4", "            podSubnet: 172.17.0.0/18\n", "",
		"            kmsKeyID: "+keyOfCluster+"\n", "", "            outbound: true\n", "",
	).Replace(settingsClusterIBM)
	again := newClusterIBM(t, other, "nodes: {min: 6, max: 9}", "nodes: {max: 9}")
	o := again.run(t).GetDesired().GetResources()[keyInstance].GetResource()
	if policies := object.Get(o, "spec", "managementPolicies"); strings.Contains(policies.String(), "Update") || strings.Contains(policies.String(), "*") {
		t.Errorf("the module is applied before anybody knows what is there: %v", policies)
	}
	if moduleOf(again.run(t)) != modules.Cluster() {
		t.Error("the module knows of a cluster that nobody told of")
	}
	object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
	object.Set(o, there, "status", "atProvider", "outputs")
	again.request.Observed.Resources = map[string]*fnv1.Resource{keyInstance: {Resource: o}}
	rsp := again.run(t)
	want := []any{"r010-1", 3.0, "clusterid0123456789ab", object.Get(there, "zones").AsInterface(), keyOfCluster, true, "1.36"}
	v := varmapOf(rsp)
	got := []any{v["vpc_id"], v["workers_per_zone"], v["cluster_id"], v["zones"], v["kms_key_crn"], v["outbound"], v["kube_version"]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("found again: -want, +got:\n%s%s%s", diff, fatal(rsp), composedAs(rsp).GetMessage())
	}
}
