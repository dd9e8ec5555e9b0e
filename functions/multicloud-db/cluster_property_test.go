package multiclouddb

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// clusterEditsOf are what may become of a cluster's claim or its XR; "" takes a field away.
var clusterEditsOf = [][2]string{
	{"spec.provider", "aws"},
	{"spec.type", "database"},
	{"spec.type", ""},
	{"spec.profile", "large"},
	{"spec.profile", ""},
	{"spec.region", "eu-central"},
	{"spec.region", ""},
	{"spec.project", "other"},
	{"spec.env", "prod"},
	{"spec.env", "dev"},
	{"spec.cluster", ""},
	{"spec.cluster", "x"},
	{"spec.cluster.version", "1.36"},
	{"spec.cluster.version", "1.37"},
	{"spec.cluster.version", "1.34"},
	{"spec.cluster.version", ""},
	{"spec.cluster.highAvailability", ""},
	{"spec.cluster.nodes", ""},
	{"spec.cluster.nodes", "x"},
	{"spec.deletionPolicy", "Delete"},
	{"spec.deletionPolicy", "Orphan"},
	{"spec.externalName", "other"},
	{"spec.adopt", "Manage"},
	{"spec.claimRef.name", "other"},
	{"metadata.annotations.allow", "true"},
	{"status", ""},
	{"status", "x"},
}

// clusterSettingsOf are what settings may come to be.
func clusterSettingsOf(c *choices) string {
	return pick(c, "", settingsCluster, "metadata: {name: p}\ndata: {}", strings.ReplaceAll(settingsCluster, "networks/prod", "networks/other"),
		strings.ReplaceAll(settingsCluster, "cryptoKeys/k", "cryptoKeys/other"), strings.ReplaceAll(settingsCluster, "zones: [europe-west1-b, ", "zones: ["),
		strings.ReplaceAll(settingsCluster, "dnsEndpoint: true", "dnsEndpoint: false"), strings.ReplaceAll(settingsCluster, "[10.0.0.0/8]", "[]"),
		strings.ReplaceAll(settingsCluster, "subnet-a", "subnet-x"), strings.ReplaceAll(settingsCluster, "role/eks-", "role/other-"),
		strings.ReplaceAll(settingsCluster, "role/admins", "role/others"), strings.ReplaceAll(settingsCluster, "key/k", "key/other"),
		strings.ReplaceAll(settingsCluster, "subnets/aks", "subnets/other"), strings.ReplaceAll(settingsCluster, "Identities/aks", "Identities/other"),
		strings.ReplaceAll(settingsCluster, openAzure[0], openAzure[1]), strings.ReplaceAll(settingsCluster, "10.200.0.0/16", "10.201.0.0/16"),
		strings.ReplaceAll(settingsCluster, "keys/clusters/1", "keys/clusters"), strings.ReplaceAll(settingsCluster, "Group: rg-prod", "Group: rg-other"),
		strings.ReplaceAll(settingsCluster, "projectID: acme-prod", "providerConfig: other"), strings.ReplaceAll(settingsCluster, "nodes@", "others@"),
		"metadata: {name: p}\ndata: {policy: {deletionPolicy: Delete, deletionProtection: false, highAvailability: false}}",
		"metadata: {name: p}\ndata: {providers: []}")
}

// clusterHappensTo is what may become of a live cluster at its cloud.
var clusterHappensTo = []func(*structpb.Struct){
	func(o *structpb.Struct) {
		object.Set(o, "1.37.1-gke.5", "status", "atProvider", "masterVersion")
		object.Set(o, "1.37", "status", "atProvider", "version")
		object.Set(o, "1.37.2", "status", "atProvider", "currentKubernetesVersion")
	},
	func(o *structpb.Struct) {
		object.Set(o, "rotate", "status", "atProvider", "defaultNodePool", "name")
	},
	func(o *structpb.Struct) {
		if object.String(o, "metadata", "annotations", createSucceeded) != "" { // of what was found the cloud tells where it is
			object.Set(o, "default", "status", "atProvider", "network")
		}
	},
	func(o *structpb.Struct) {
		delete(object.Struct(o, "status", "atProvider").GetFields(), "ipAllocationPolicy")
		delete(object.Struct(o, "status", "atProvider").GetFields(), "vpcConfig")
		delete(object.Struct(o, "status", "atProvider").GetFields(), "networkProfile")
		delete(object.Struct(o, "status", "atProvider").GetFields(), "defaultNodePool")
	},
	func(o *structpb.Struct) {
		delete(object.Struct(o, "status", "atProvider").GetFields(), "version")
		delete(object.Struct(o, "status", "atProvider").GetFields(), "masterVersion")
		delete(object.Struct(o, "status", "atProvider").GetFields(), "currentKubernetesVersion")
	},
	func(*structpb.Struct) {},
}

// placeOfCluster says which cluster managed resources stand for, and what of them would take
// another one, or open the one that is there.
func placeOfCluster(main, pool *structpb.Struct) map[string]any {
	out := placeOf(main)
	for _, path := range [][]string{
		body("location"), body("network"), body("subnetwork"), body("ipAllocationPolicy"), body("networkingMode"), body("datapathProvider"),
		body("privateClusterConfig"), body("databaseEncryption"), body("workloadIdentityConfig"),
		body("region"), body("roleArn"), body("kubernetesNetworkConfig"), body("encryptionConfig"),
		body("vpcConfig", "endpointPrivateAccess"), body("vpcConfig", "endpointPublicAccess"),
		{"spec", "initProvider", "bootstrapSelfManagedAddons"},
		body("resourceGroupName"), body("dnsPrefix"), body("nodeResourceGroup"), body("privateClusterEnabled"), body("privateDnsZoneId"), body("networkProfile"),
		body("diskEncryptionSetId"), body("keyManagementService"), body("apiServerAccessProfile"), body("localAccountDisabled"), body("runCommandEnabled"),
		body("defaultNodePool", "name"), body("defaultNodePool", "vnetSubnetId"), body("defaultNodePool", "zones"), body("defaultNodePool", "maxPods"),
		body("defaultNodePool", "osDiskSizeGb"), body("defaultNodePool", "osDiskType"), body("defaultNodePool", "nodeCount"),
	} {
		out[strings.Join(path, ".")] = object.Get(main, path...).AsInterface()
	}
	subnets := list(main, body("vpcConfig", "subnetIds")...) // others may come to the first three
	out["subnets"] = subnets[:min(3, len(subnets))]
	for _, path := range [][]string{
		body("cluster"), body("location"), body("nodeConfig", "serviceAccount"), body("networkConfig"),
		body("clusterName"), body("subnetIds"), body("nodeRoleArn"), body("amiType"), body("capacityType"), body("launchTemplate", "id"),
	} {
		out["nodes."+strings.Join(path, ".")] = object.Get(pool, path...).AsInterface()
	}
	return out
}

// TestClusterNothingLost plays random cases of fixed seeds: whatever happens to claim, settings
// and what is observed, a live cluster and its nodes stay desired, in place, named, private and
// encrypted as they were, and no version goes back; or the result is fatal, with nothing.
func TestClusterNothingLost(t *testing.T) {
	t.Parallel()
	playCases(t, 1000, 20, clusterHolds)
}

// FuzzClusterNothingLost looks for others.
func FuzzClusterNothingLost(f *testing.F) {
	for i := range byte(16) {
		f.Add([]byte{i, i / 3, i, i, 7 * i, 3, 5 * i, 11 * i, 13 * i, 2, i, i, i, 1, i, i, 29 * i, 17 * i})
	}
	f.Fuzz(func(t *testing.T, bytes []byte) { clusterHolds(t, &choices{bytes}) })
}

// knownClusters are live ones that cases begin with, each made once, by what they are made of.
var knownClusters sync.Map

func knownCluster(t *testing.T, provider, env, available string) *live {
	t.Helper()
	key := provider + env + available
	known, ok := knownClusters.Load(key)
	if !ok {
		known = aliveCluster(t, provider, settingsCluster, "env: staging", "env: "+env, "highAvailability: true, ", available)
		knownClusters.Store(key, known)
	}
	return known.(*live).twin() //nolint:forcetypeassert // None else is stored.
}

func clusterHolds(t *testing.T, c *choices) (refused bool) {
	t.Helper()
	provider := pick(c, clusterClouds()...)
	l := knownCluster(t, provider, pick(c, "prod", "staging", "dev"), pick(c, "highAvailability: true, ", ""))
	before := l.run(t).GetDesired().GetResources()
	var done []string
	for range c.below(4) {
		e := clusterEditsOf[c.below(len(clusterEditsOf))]
		done = append(done, e[0]+"="+e[1])
		change(l.xr(), e[0], e[1])
	}
	settings := clusterSettingsOf(c)
	l.settle(t, settings)
	for range c.below(3) {
		part := pick(c, keyInstance, keyNodes, keyTemplate, keyLock)
		if o := l.request.GetObserved().GetResources()[part]; o != nil {
			i := c.below(len(happensTo))
			done = append(done, part+" "+string(rune('0'+i)))
			happensTo[i](c, o)
		}
	}
	i := c.below(len(clusterHappensTo))
	done = append(done, "cloud "+string(rune('0'+i)))
	clusterHappensTo[i](l.instance())

	rsp := l.run(t)
	desired := rsp.GetDesired().GetResources()
	if fatal(rsp) != "" {
		if len(desired) != 0 {
			t.Errorf("%s: a fatal result with resources, by %v", provider, done)
		}
		return true
	}
	there := l.instance()
	if !managed.Exists(there) {
		return false // nothing lives
	}
	inIt := poolPart(provider)
	main, pool := desired[keyInstance].GetResource(), desired[inIt].GetResource()
	known := len(object.Struct(there, "spec", "forProvider").GetFields()) > 0
	if pool == nil && l.request.GetObserved().GetResources()[inIt] != nil {
		t.Errorf("%s: the nodes are no longer desired, by %v and settings %q", provider, done, settings)
	}
	if pool == nil || !known || len(object.Struct(l.request.GetObserved().GetResources()[inIt].GetResource(), "spec", "forProvider").GetFields()) == 0 {
		return false
	}
	if diff := cmp.Diff(placeOfCluster(before[keyInstance].GetResource(), before[inIt].GetResource()), placeOfCluster(main, pool)); diff != "" {
		t.Errorf("%s: it is another cluster, by %v and settings %q: -before, +after:\n%s", provider, done, settings, diff)
	}
	if lock := l.request.GetObserved().GetResources()[keyLock]; provider == "azure" && managed.Exists(lock.GetResource()) && !keepsSize(rsp) {
		t.Errorf("azure: other machines reach a locked cluster, by %v", done)
	}
	if got := object.String(main, body(versionAsked[provider])...); got < "1.35" {
		t.Errorf("%s: the version goes back to %s, by %v", provider, got, done)
	}
	return false
}
