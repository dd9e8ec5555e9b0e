package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	keyNodes    = "nodes"
	keyTemplate = "launch-template"
)

// poolPart is the part that the nodes stand in: on Azure the cluster itself.
func poolPart(provider string) string {
	if provider == "azure" {
		return keyInstance
	}
	return keyNodes
}

// specCluster is the spec of every live cluster here.
const specCluster = `
  provider: gcp
  type: cluster
  profile: medium
  region: eu-west
  project: shop
  env: staging
  cluster: {version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}
  writeConnectionSecretToRef: {name: kube}
`

// settingsCluster have all that a platform can say of clusters.
const settingsCluster = `
metadata: {name: platform-prod}
data:
  providers:
    gcp:
      projectID: acme-prod
      regions:
        europe-west1:
          cluster:
            network: projects/acme/global/networks/prod
            subnetwork: projects/acme/regions/europe-west1/subnetworks/gke
            podsRange: pods
            servicesRange: services
            zones: [europe-west1-b, europe-west1-c, europe-west1-d]
            nodeServiceAccount: nodes@acme-prod.iam.gserviceaccount.com
            authorizedNetworks: [10.0.0.0/8]
            dnsEndpoint: true
            kmsKeyID: projects/acme/locations/europe-west1/keyRings/r/cryptoKeys/k
    aws:
      regions:
        eu-west-1:
          cluster:
            subnetIDs: [subnet-a, subnet-b, subnet-c]
            securityGroupIDs: [sg-1]
            clusterRoleARN: arn:aws:iam::123456789012:role/eks-cluster
            nodeRoleARN: arn:aws:iam::123456789012:role/eks-node
            ebsCSIRoleARN: arn:aws:iam::123456789012:role/eks-ebs
            adminPrincipalARNs: ["arn:aws:iam::123456789012:role/admins", "arn:aws:iam::123456789012:role/break-glass"]
            serviceCIDR: 172.20.0.0/16
            kmsKeyID: arn:aws:kms:eu-west-1:123456789012:key/k
            addonVersions: {"1.36": {coredns: v1.36.1-eksbuild.1, vpc-cni: v1.36.0-eksbuild.1}}
    azure:
      resourceGroup: rg-prod
      regions:
        westeurope:
          cluster:
            subnetID: /subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network/virtualNetworks/prod/subnets/aks
            identityID: /subscriptions/s/resourceGroups/rg-net/providers/Microsoft.ManagedIdentity/userAssignedIdentities/aks
            adminGroupIDs: [11111111-1111-1111-1111-111111111111]
            tenantID: 22222222-2222-2222-2222-222222222222
            privateDNSZoneID: /subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io
            podCIDR: 10.200.0.0/16
            serviceCIDR: 172.21.0.0/16
            outboundType: userDefinedRouting
            diskEncryptionSetID: /subscriptions/s/resourceGroups/rg-net/providers/Microsoft.Compute/diskEncryptionSets/aks
            kmsKeyID: https://prod.vault.azure.net/keys/clusters/1
`

// clusterFacts are what each provider reports of a cluster beside what it was asked for.
var clusterFacts = map[string]string{
	"gcp": `{id: projects/acme-prod/locations/europe-west1/clusters/x, endpoint: 10.0.0.5, masterVersion: 1.35.2-gke.100,
		masterAuth: {clusterCaCertificate: cGVt}, privateClusterConfig: {privateEndpoint: 10.0.0.6},
		controlPlaneEndpointsConfig: {dnsEndpointConfig: {endpoint: gke-x.europe-west1.gke.goog}}}`,
	"aws": `{id: x, arn: "arn:aws:eks:eu-west-1:123456789012:cluster/x", endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com", version: "1.35",
		certificateAuthority: [{data: cGVt}], identity: [{oidc: [{issuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"}]}], status: ACTIVE}`,
	"azure": `{id: "/subscriptions/s/resourceGroups/rg-prod/providers/Microsoft.ContainerService/managedClusters/x", currentKubernetesVersion: 1.35.4,
		privateFqdn: x.privatelink.westeurope.azmk8s.io, oidcIssuerUrl: "https://westeurope.oic.prod-aks.azure.com/t/x/",
		defaultNodePool: {vmSize: Standard_D4ds_v5, orchestratorVersion: "1.35"}}`,
}

// clusterPartFacts are what providers report of the other parts beside what they were asked for.
var clusterPartFacts = map[string]string{
	keyTemplate: `{id: lt-1, latestVersion: 1, instanceType: m7i.xlarge}`,
}

// clusterClouds are the clouds of which clusters are tested here.
func clusterClouds() []string { return slices.Sorted(maps.Keys(clusterFacts)) }

// observeCluster has every desired resource be observed as its provider leaves it: what was
// asked for is reported, with the rest that the provider tells.
func observeCluster(t *testing.T, l *live, desired map[string]*fnv1.Resource) {
	t.Helper()
	for name, r := range desired {
		o := made(r.GetResource())
		object.Set(o, fromYAML(t, `{project: shop, env: staging}`), "metadata", "labels")
		object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
		there := fromYAML(t, "{id: /"+name+"}")
		merge(there, proto.CloneOf(object.Struct(o, "spec", "forProvider")))
		if init := object.Struct(o, "spec", "initProvider", "scalingConfig"); init != nil && object.Get(there, "scalingConfig") == nil {
			object.Set(there, init, "scalingConfig")
		}
		if name == keyInstance {
			merge(there, fromYAML(t, clusterFacts[l.provider]))
		}
		if strings.HasPrefix(name, "access-") { // the id that their provider gives them
			object.Set(o, "x:"+name, "metadata", "annotations", "crossplane.io/external-name")
		}
		if facts := clusterPartFacts[name]; facts != "" {
			merge(there, fromYAML(t, facts))
			object.Set(o, object.String(there, "id"), "metadata", "annotations", "crossplane.io/external-name")
		}
		object.Set(o, there, "status", "atProvider")
		l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o, ConnectionDetails: clusterDetails[l.provider+"/"+name]}
	}
}

// clusterDetails are what providers write into the secrets that parts name.
var clusterDetails = map[string]map[string][]byte{
	"azure/" + keyInstance: {"kubeconfig.clustercacertificate": []byte("pem"), "kubeconfig": []byte("not passed on")},
}

// aliveCluster composes a claim by settings until all that belongs to it is there. The edits
// are of its spec.
func aliveCluster(t *testing.T, provider, settings string, oldNew ...string) *live {
	t.Helper()
	l := &live{provider: provider, spec: strings.NewReplacer(oldNew...).Replace(strings.Replace(specCluster, "gcp", provider, 1))}
	l.request = request(t, xrHead+l.spec, settings, nil)
	l.settledCluster(t)
	return l
}

// settledCluster calls the function five times, each time with what was composed before.
func (l *live) settledCluster(t *testing.T) {
	t.Helper()
	for range 5 {
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		observeCluster(t, l, rsp.GetDesired().GetResources())
		object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	}
}

// twin is a live cluster of its own that is the same.
func (l *live) twin() *live {
	return &live{provider: l.provider, spec: l.spec, request: proto.CloneOf(l.request)}
}

// nodes is what the pool of a response is asked for.
func nodes(rsp *fnv1.RunFunctionResponse) map[string]any {
	return object.Struct(rsp.GetDesired().GetResources()[keyNodes].GetResource(), "spec", "forProvider").AsMap()
}
