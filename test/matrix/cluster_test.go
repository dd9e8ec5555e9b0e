package matrix

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// clusters are the settings of a platform that has all that clusters can use.
const clusters = `
providers:
  gcp:
    providerConfig: main
    projectID: acme-prod
    regions:
      europe-west1:
        cluster:
          network: projects/acme/global/networks/main
          subnetwork: projects/acme/regions/europe-west1/subnetworks/gke
          podsRange: pods
          servicesRange: services
          zones: [europe-west1-b, europe-west1-c, europe-west1-d]
          nodeServiceAccount: nodes@acme-prod.iam.gserviceaccount.com
          authorizedNetworks: [10.0.0.0/8]
          kmsKeyID: key
  aws:
    providerConfig: main
    regions:
      eu-west-1:
        cluster:
          subnetIDs: [subnet-a, subnet-b, subnet-c]
          clusterRoleARN: arn:aws:iam::123456789012:role/eks
          nodeRoleARN: arn:aws:iam::123456789012:role/nodes
          ebsCSIRoleARN: arn:aws:iam::123456789012:role/ebs
          adminPrincipalARNs: ["arn:aws:iam::123456789012:role/admins"]
          kmsKeyID: arn:aws:kms:eu-west-1:123456789012:key/key
  azure:
    providerConfig: main
    regions:
      westeurope:
        cluster:
          subnetID: /subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/aks
          identityID: /subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/aks
          adminGroupIDs: [00000000-0000-0000-0000-000000000000]
          diskEncryptionSetID: /subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/diskEncryptionSets/aks
          kmsKeyID: https://v.vault.azure.net/keys/key/1
  ibm:
    providerConfig: main
    regions:
      eu-es:
        cluster:
          vpcID: r050-1
          zones: [{name: eu-es-1, subnetID: a}, {name: eu-es-2, subnetID: b}, {name: eu-es-3, subnetID: c}]
          kmsKeyID: "crn:v1:bluemix:public:kms:eu-es:a/0:1:key:key"
`

// clusterThere is what each provider reports of a cluster that it made, beside what it was asked
// for.
var clusterThere = map[string]string{
	"gcp": `{id: projects/acme-prod/locations/europe-west1/clusters/x, endpoint: 10.0.0.5, masterVersion: 1.35.2-gke.100,
		masterAuth: {clusterCaCertificate: cGVt}, privateClusterConfig: {privateEndpoint: 10.0.0.6}}`,
	"aws": `{id: x, endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com", version: "1.35", certificateAuthority: [{data: cGVt}],
		identity: [{oidc: [{issuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/ABC"}]}]}`,
	"azure": `{id: /subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/x, privateFqdn: x.azmk8s.io,
		currentKubernetesVersion: 1.35.4, oidcIssuerUrl: "https://westeurope.oic.prod-aks.azure.com/t/x/"}`,
	"ibm": `{outputs: {cluster_id: clusterid0123456789ab, crn: "crn:x", location: eu-es, kube_version: 1.35.4, status: normal,
		private_endpoint_url: "https://c1.private.eu-es.containers.cloud.ibm.com:30000"}}`,
}

// clusterProfiles are the least that each profile gives a node: vCPU and GiB of memory.
var clusterProfiles = map[string][2]float64{"nano": {1, 1}, "small": {2, 4}, "medium": {4, 16}, "large": {8, 32}, "xlarge": {16, 64}}

// machines are the sizes that profiles come to, with vCPU and GiB of memory as the clouds' pages have
// them: of e2-medium, whose vCPUs are shared, what both sustain. The catalog counts t3.medium and cx2.2x4 as one.
var machines = map[string][2]float64{
	"e2-medium": {1, 4}, "e2-standard-2": {2, 8}, "n4-standard-4": {4, 16}, "n4-standard-8": {8, 32}, "n4-standard-16": {16, 64},
	"cx2.2x4": {2, 4}, "bx2.2x8": {2, 8}, "bx2.4x16": {4, 16}, "bx2.8x32": {8, 32}, "bx2.16x64": {16, 64},
	"t3.medium": {2, 4}, "m7i.large": {2, 8}, "m7i.xlarge": {4, 16}, "m7i.2xlarge": {8, 32}, "m7i.4xlarge": {16, 64},
	"Standard_D4ds_v5": {4, 16}, "Standard_D8ds_v5": {8, 32}, "Standard_D16ds_v5": {16, 64},
}

// A clusterMeaning is what a cluster is, whatever its cloud calls it.
type clusterMeaning struct {
	vcpu, memoryGiB                                      float64
	least, most                                          float64 // nodes in all zones together
	zones                                                int
	private, authorized, encrypted, identity, newestDisk bool
	version                                              string
	protected, orphan, tagged                            bool
	logs                                                 bool // of the API server, beside what is always there
}

// readCluster reads the meaning back off what is desired.
func (c cell) readCluster(t *testing.T, desired map[string]*fnv1.Resource) clusterMeaning {
	t.Helper()
	switch c.provider {
	case "aws":
		return readEKS(desired)
	case "azure":
		return readAKS(desired)
	case "ibm":
		return readIKS(desired)
	}
	main, pool := desired["instance"].GetResource(), object.Struct(desired["nodes"].GetResource(), "spec", "forProvider")
	body := object.Struct(main, "spec", "forProvider")
	m := clusterMeaning{}
	is := func(path ...string) bool { on, _ := object.Bool(body, path...); return on }
	number := func(path ...string) float64 { n, _ := object.Number(pool, path...); return n }
	machine := machines[object.String(pool, "nodeConfig", "machineType")]
	m.vcpu, m.memoryGiB = machine[0], machine[1]
	m.least, m.most = number("autoscaling", "totalMinNodeCount"), number("autoscaling", "totalMaxNodeCount")
	m.zones = len(object.Get(pool, "nodeLocations").GetListValue().GetValues())
	onNodes, _ := object.Bool(pool, "networkConfig", "enablePrivateNodes")
	m.private = is("privateClusterConfig", "enablePrivateNodes") && is("privateClusterConfig", "enablePrivateEndpoint") && onNodes &&
		!is("controlPlaneEndpointsConfig", "dnsEndpointConfig", "allowExternalTraffic")
	m.authorized = object.Struct(body, "masterAuthorizedNetworksConfig") != nil && !is("masterAuthorizedNetworksConfig", "gcpPublicCidrsAccessEnabled")
	m.encrypted = object.String(body, "databaseEncryption", "state") == "ENCRYPTED" && object.String(body, "databaseEncryption", "keyName") == "key"
	m.identity = object.String(body, "workloadIdentityConfig", "workloadPool") == "acme-prod.svc.id.goog" &&
		object.String(pool, "nodeConfig", "workloadMetadataConfig", "mode") == "GKE_METADATA" &&
		strings.HasPrefix(object.String(pool, "nodeConfig", "serviceAccount"), "nodes@")
	m.version, m.protected, m.orphan = object.String(body, "minMasterVersion"), is("deletionProtection"), orphaned(main)
	m.tagged = object.String(body, "resourceLabels", "team") != "" && object.String(pool, "nodeConfig", "resourceLabels", "team") != ""
	m.newestDisk = map[string]bool{"pd-balanced": true, "hyperdisk-balanced": true}[object.String(pool, "nodeConfig", "diskType")]
	m.logs = slices.Contains(object.Get(body, "loggingConfig", "enableComponents").GetListValue().AsSlice(), any("APISERVER"))
	return m
}

// TestClusterMeaning holds that the same claim means the same on every cloud, in both scopes,
// and that what is emitted passes the providers' CRDs.
func TestClusterMeaning(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	sizes := slices.Sorted(maps.Keys(clusterProfiles))
	for _, provider := range slices.Sorted(maps.Keys(clusterThere)) {
		for _, scope := range scopes {
			for i, env := range []string{"dev", "staging", "prod", "mgmt"} {
				for j, claimed := range []string{"", "  cluster: {version: \"1.35\", highAvailability: true, nodes: {min: 6, max: 12}}\n"} {
					c := cell{provider: provider, engine: "cluster", scope: scope, env: env, extra: claimed, profile: sizes[(i+2*j+len(scope))%len(sizes)]}
					t.Run(c.String()+fmt.Sprintf("/%t", claimed != ""), func(t *testing.T) {
						rsp := c.clusterAlive(t)
						desired := rsp.GetDesired().GetResources()
						for name, r := range desired {
							if err := checker.Check(named(r, name, c.scope)); err != nil {
								t.Errorf("%s: %v", name, err)
							}
						}
						keep := env == "prod" || env == "mgmt"
						least := clusterProfiles[c.profile]
						want := clusterMeaning{
							private: true, authorized: true, encrypted: true, identity: true, newestDisk: true, tagged: true, version: "1.35",
							protected: keep, orphan: keep, least: 1, most: 3, zones: 1, logs: env != "dev",
						}
						if keep {
							want.least, want.most, want.zones = 3, 6, 3
						}
						if claimed != "" {
							want.least, want.most, want.zones = 6, 12, 3
						}
						if provider == "azure" {
							want.logs = false // which a diagnostic setting of the platform's sends
							if want.least == 1 {
								want.least, want.zones = 2, 0 // nodes without zones, which AKS takes two of
							}
						}
						if provider == "aws" {
							want.zones = 3 // the settings' subnets, whatever the availability
						}
						if provider == "ibm" {
							want.most, want.logs = 0, false // there is no autoscaler, and no log that a claim turns on
						}
						got := c.readCluster(t, desired)
						if got.vcpu < least[0] || got.memoryGiB < least[1] {
							t.Errorf("%s has %g vCPU and %g GiB, at least %g and %g are meant", c.profile, got.vcpu, got.memoryGiB, least[0], least[1])
						}
						want.vcpu, want.memoryGiB = got.vcpu, got.memoryGiB
						if diff := cmp.Diff(want, got, cmp.AllowUnexported(clusterMeaning{})); diff != "" {
							t.Errorf("-want, +got:\n%s", diff)
						}
						keys := []string{"ca.crt", "endpoint", "kubeconfig", "name", "oidcIssuer", "provider", "region", "version"}
						if provider == "ibm" {
							keys = []string{"endpoint", "name", "provider", "region", "version"}
						}
						if diff := cmp.Diff(keys, c.published(rsp)); diff != "" {
							t.Errorf("keys of the connection secret: -want, +got:\n%s", diff)
						}
						allTrue(t, rsp)
					})
				}
			}
		}
	}
}

// clusterAlive calls the pipeline until the cluster and its nodes are there.
func (c cell) clusterAlive(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	var rsp *fnv1.RunFunctionResponse
	observed := map[string]*fnv1.Resource{}
	for range 6 { // the cluster, its nodes, the connection, and what all of it comes to
		rsp = c.runCluster(t, observed)
		if got := render.Fatal(rsp); got != "" {
			t.Fatal(got)
		}
		for name, r := range rsp.GetDesired().GetResources() {
			o := proto.CloneOf(r.GetResource())
			if object.String(o, "kind") != "Secret" {
				object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
				object.Set(o, "main-"+name, "metadata", "name")
				object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-succeeded")
				there := proto.CloneOf(object.Struct(o, "spec", "forProvider"))
				if init := object.Struct(o, "spec", "initProvider", "scalingConfig"); init != nil {
					object.Set(there, init, "scalingConfig")
				}
				if name == "launch-template" {
					maps.Copy(there.GetFields(), fromYAML(t, "{id: lt-1, latestVersion: 1}").GetFields())
				}
				if name == "instance" {
					maps.Copy(there.GetFields(), fromYAML(t, clusterThere[c.provider]).GetFields())
				}
				object.Set(o, there, "status", "atProvider")
			}
			observed[name] = &fnv1.Resource{Resource: o}
			if name == "instance" && c.provider == "azure" {
				observed[name].ConnectionDetails = map[string][]byte{"kubeconfig.clustercacertificate": []byte("pem")}
			}
		}
	}
	return rsp
}

// runCluster calls the pipeline for a cluster.
func (c cell) runCluster(t *testing.T, observed map[string]*fnv1.Resource) *fnv1.RunFunctionResponse {
	t.Helper()
	req := c.request(t, clusters, observed)
	spec := object.Struct(req.GetObserved().GetComposite().GetResource(), "spec")
	delete(spec.GetFields(), "database")
	object.Set(spec, "cluster", "type")
	rsp, err := renderer.Pipeline(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}
