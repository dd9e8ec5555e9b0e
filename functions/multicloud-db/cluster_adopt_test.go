package multiclouddb

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// clusterThere are clusters that somebody made, as each provider reports them: with a public endpoint,
// without what a claim's cluster has, and with nodes of their owner's.
var clusterThere = map[string]string{
	"gcp": `{id: projects/acme/locations/europe-west1/clusters/theirs, location: europe-west1, masterVersion: 1.35.0-gke.100, nodeVersion: 1.34.1-gke.1,
		endpoint: 203.0.113.5, masterAuth: {clusterCaCertificate: cGVt}, network: projects/acme/global/networks/theirs, subnetwork: theirs,
		initialNodeCount: 2, enableShieldedNodes: false, enableLegacyAbac: false, releaseChannel: {channel: RAPID}, datapathProvider: LEGACY_DATAPATH,
		privateClusterConfig: {enablePrivateEndpoint: false, enablePrivateNodes: false, privateEndpoint: 10.0.0.6, peeringName: p},
		masterAuthorizedNetworksConfig: {cidrBlocks: [{cidrBlock: 198.51.100.0/24}]}, networkPolicy: {enabled: true, provider: CALICO},
		maintenancePolicy: {dailyMaintenanceWindow: {startTime: "05:00", duration: PT4H0M0S}}, effectiveLabels: {owner: them}, resourceLabels: {owner: them},
		nodePool: [{name: default-pool, version: 1.34.1-gke.1}, {name: gpu, version: 1.35.0-gke.100}]}`,
	"aws": `{id: theirs, region: eu-west-1, version: "1.35", roleArn: "arn:aws:iam::123456789012:role/theirs", status: ACTIVE,
		endpoint: "https://ABC.gr7.eu-west-1.eks.amazonaws.com", certificateAuthority: [{data: cGVt}],
		vpcConfig: {subnetIds: [subnet-8, subnet-9], securityGroupIds: [sg-9], endpointPublicAccess: true, endpointPrivateAccess: false,
			publicAccessCidrs: [198.51.100.0/24], vpcId: vpc-9, clusterSecurityGroupId: sg-8},
		accessConfig: {authenticationMode: CONFIG_MAP, bootstrapClusterCreatorAdminPermissions: true}, bootstrapSelfManagedAddons: false,
		kubernetesNetworkConfig: {ipFamily: ipv4, serviceIpv4Cidr: 10.100.0.0/16}, enabledClusterLogTypes: [scheduler], deletionProtection: false,
		encryptionConfig: {resources: [secrets], provider: {keyArn: "arn:theirs"}}, upgradePolicy: {supportType: EXTENDED}, tags: {owner: them},
		tagsAll: {owner: them}}`,
	"azure": `{id: x, location: westeurope, currentKubernetesVersion: 1.35.1, tags: {owner: them}}`,
}

// adoptedCluster is a claim in prod that names a cluster which was there, after its provider has
// reported it with some fields otherwise.
func adoptedCluster(t *testing.T, provider, adopt, otherwise string) *live {
	t.Helper()
	return adoptedIn(t, "prod", provider, adopt, otherwise)
}

func adoptedIn(t *testing.T, env, provider, adopt, otherwise string) *live {
	t.Helper()
	settings := strings.Replace(settingsCluster, "\ndata:\n", "\ndata:\n  policy: {adopt: manage, adoptNames: [\"*\"]}\n", 1)
	settings = strings.Replace(settings, "    azure:\n", "    azure:\n      resourceGroup: rg\n", 1)
	l := &live{provider: provider, spec: strings.NewReplacer(
		"gcp", provider, `{version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}`, `{version: "1.35"}`, "env: staging", "env: "+env,
		"  region:", "  externalName: theirs\n  adopt: "+adopt+"\n  region:",
	).Replace(specCluster)}
	l.request = request(t, xrHead+l.spec, settings, nil)
	l.reports(t, otherwise)
	return l
}

// reports has the cluster be observed as it was composed now, with some fields of what is there otherwise.
func (l *live) reports(t *testing.T, otherwise string) {
	t.Helper()
	rsp := l.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
	there := fromYAML(t, clusterThere[l.provider])
	merge(there, fromYAML(t, otherwise))
	object.Set(o, there, "status", "atProvider")
	l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
}

// TestClusterAdopted holds that a takeover asks for a cluster as it was found, whatever env and
// settings say, makes nothing beside it, and publishes where it is reached.
func TestClusterAdopted(t *testing.T) {
	t.Parallel()
	want := map[string]struct {
		body, init map[string]any
		endpoint   string
	}{
		"gcp": {map[string]any{
			"location": "europe-west1", "network": "projects/acme/global/networks/theirs", "initialNodeCount": 2.0, "enableShieldedNodes": false,
			"enableLegacyAbac": false, "networkPolicy.enabled": true, "networkPolicy.provider": "CALICO", "deletionProtection": true,
			"maintenancePolicy.dailyMaintenanceWindow.startTime": "05:00", "resourceLabels.owner": "them",
		}, map[string]any{}, "https://203.0.113.5"},
		"aws": {map[string]any{
			"region": "eu-west-1", "roleArn": "arn:aws:iam::123456789012:role/theirs", "deletionProtection": false, "tags.owner": "them",
			"vpcConfig.subnetIds": []any{"subnet-8", "subnet-9"}, "vpcConfig.securityGroupIds": []any{"sg-9"}, "vpcConfig.endpointPublicAccess": true,
			"vpcConfig.endpointPrivateAccess": false, "kubernetesNetworkConfig.ipFamily": "ipv4", "kubernetesNetworkConfig.serviceIpv4Cidr": "10.100.0.0/16",
			"enabledClusterLogTypes": []any{"scheduler"}, "encryptionConfig.resources": []any{"secrets"}, "encryptionConfig.provider.keyArn": "arn:theirs",
		}, map[string]any{"bootstrapSelfManagedAddons": true}, "https://ABC.gr7.eu-west-1.eks.amazonaws.com"},
	}
	for provider, tc := range want {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			seen := composedAs(adoptedCluster(t, provider, "Observe", "{}").run(t))
			if got := seen.GetMessage(); seen.GetReason() != "Observed" || !strings.Contains(got, "changes nothing but that it gets cost tags; its nodes stay") {
				t.Errorf("before that Composed is %s: %s", seen.GetReason(), got)
			}
			l := adoptedCluster(t, provider, "Manage", "{}")
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			for range 2 { // the second time with what was composed the first time
				if diff := cmp.Diff(tc.body, flat(composed(rsp))); diff != "" {
					t.Errorf("-want, +got:\n%s", diff)
				}
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				if diff := cmp.Diff(tc.init, object.Struct(o, "spec", "initProvider").AsMap()); diff != "" {
					t.Errorf("at creation only: -want, +got:\n%s", diff)
				}
				if parts := slices.Sorted(maps.Keys(rsp.GetDesired().GetResources())); !slices.Equal(parts, []string{keyInstance}) || !orphaned(o) {
					t.Errorf("composed are %v, outliving the claim: %t", parts, orphaned(o))
				}
				if got := list(o, "spec", "managementPolicies"); !slices.Equal(got, []string{"Observe", "Update"}) {
					t.Errorf("its provider fills in what is left out, or makes another one where it is gone: %v", got)
				}
				c := composedAs(rsp)
				if got := c.GetMessage(); c.GetReason() != "Adopted" || !strings.Contains(got, "spec.profile sizes none") || strings.Contains(got, "edited") {
					t.Errorf("Composed is %s: %s", c.GetReason(), got)
				}
				details := rsp.GetDesired().GetComposite().GetConnectionDetails()
				kubeconfig := string(details["kubeconfig"])
				if string(details["endpoint"]) != tc.endpoint || !strings.Contains(kubeconfig, tc.endpoint) || !strings.Contains(kubeconfig, "exec:") {
					t.Errorf("published are %q and the kubeconfig\n%s", details["endpoint"], kubeconfig)
				}
				l.reports(t, "{}")
				rsp = l.run(t)
			}
		})
	}
}

// TestClusterAdoptedKeeps holds that a cluster which was taken over stays as it is under another
// profile, under settings that are gone, and with a report that lacks all but its region and version.
func TestClusterAdoptedKeeps(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws"} {
		l := adoptedCluster(t, provider, "Manage", "{}")
		l.reports(t, "{}")
		before := l.run(t)
		l.edit(t, "profile: medium", "profile: large")
		if diff := cmp.Diff(bodies(before), bodies(l.run(t))); diff != "" {
			t.Errorf("%s: another profile: -before, +after:\n%s", provider, diff)
		}
		l.settle(t, "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg}}}")
		if diff := cmp.Diff(bodies(before), bodies(l.run(t))); diff != "" {
			t.Errorf("%s: settings that are gone: -before, +after:\n%s", provider, diff)
		}
		if provider == "gcp" {
			off := adoptedCluster(t, provider, "Manage", "{enableShieldedNodes: true}")
			off.reports(t, "{enableShieldedNodes: null}")
			if got := composed(off.run(t))["enableShieldedNodes"]; got != true {
				t.Errorf("a report that lacks shielded nodes: they are %v, and every node would be made anew", got)
			}
		}
		object.Set(l.instance(), object.Value(object.Map{}), "status", "atProvider")
		if diff := cmp.Diff(bodies(before), bodies(l.run(t))); diff != "" {
			t.Errorf("%s: a report of nothing: -before, +after:\n%s", provider, diff)
		}
	}
}

// TestClusterAdoptedDeleted holds that a cluster which was taken over goes only where somebody asks for
// that by two words, and that its provider gets policies that it takes.
func TestClusterAdoptedDeleted(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws"} {
		l := adoptedCluster(t, provider, "Manage", `{deletionProtection: true}`)
		l.reports(t, `{deletionProtection: true}`)
		l.edit(t, "  region:", "  deletionPolicy: Delete\n  region:")
		if got := fatal(l.run(t)); !strings.Contains(got, `spec.deletionPolicy: "Delete" is refused in prod`) {
			t.Errorf("%s: without the annotation: %q", provider, got)
		}
		object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
		rsp := l.run(t)
		o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
		want := []string{"Observe", "Create", "Update", "Delete"}
		if got := list(o, "spec", "managementPolicies"); !slices.Equal(got, want) || object.Get(o, "spec", "forProvider", "deletionProtection").GetBoolValue() {
			t.Errorf("%s: with the annotation it may %v, and asks for %v: %s", provider, got, composed(rsp), fatal(rsp))
		}
	}
}

// TestClusterAdoptedDeletedInDev holds that a cluster which was taken over goes by two words in every env: a
// provider that may delete one may make one in its place as well.
func TestClusterAdoptedDeletedInDev(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws"} {
		l := adoptedIn(t, "staging", provider, "Manage", "{}")
		l.edit(t, "  region:", "  deletionPolicy: Delete\n  region:")
		const want = `spec.deletionPolicy: "Delete" is refused of a cluster that was there before its claim, without the annotation ` +
			`platform.victor.onl/allow-delete: "true"`
		if got := fatal(l.run(t)); !strings.Contains(got, want) {
			t.Errorf("%s: without the annotation: %q", provider, got)
		}
	}
}

// TestClusterAdoptedNot holds what keeps a cluster from being taken over, and what says why.
func TestClusterAdoptedNot(t *testing.T) {
	t.Parallel()
	const notOfNodes = "is not allowed of a cluster that was there before its claim, whose nodes stay their owner's; leave it out"
	cases := map[string]struct{ reason, provider, says, otherwise, observed, want string }{
		"Autopilot": {"Google has its nodes.", "gcp", "", "{enableAutopilot: true}", "Differs", "theirs is a cluster of Autopilot, which is not offered here"},
		"Zonal":     {"A zone never becomes a region.", "gcp", "", "{location: europe-west1-b}", "Differs", `"europe-west1-b" is there`},
		"Older":     {"A takeover upgrades nothing.", "aws", "", `{version: "1.34"}`, "Differs", `"1.35" is asked for and "1.34" is there`},
		"AutoMode":  {"AWS has its nodes.", "aws", "", "{computeConfig: {enabled: true}}", "Differs", "runs in EKS Auto Mode, which is not offered here"},
		"Outpost":   {"EKS upgrades it otherwise.", "aws", "", "{outpostConfig: {outpostArns: [x]}}", "Differs", "stands on an Outpost"},
		"NodesGCP":  {"The bounds would come to nothing.", "gcp", "nodes: {min: 3}", "{}", "Observed", "spec.cluster.nodes.min: 3 " + notOfNodes},
		"MostAWS":   {"So would one of them.", "aws", "nodes: {max: 3}", "{}", "Observed", "spec.cluster.nodes.max: 3 " + notOfNodes},
		"ZonesAWS":  {"So would the zones.", "aws", "highAvailability: false", "{}", "Observed", "spec.cluster.highAvailability: false " + notOfNodes},
		"TheirsGCP": {
			"Another claim has it.", "gcp", "", "{effectiveLabels: {project: crm, env: prod}}", "Observed", "carries project=crm, and this claim is of shop",
		},
		"TheirsAWS": {"Another claim has it.", "aws", "", "{tags: {project: shop, env: dev}}", "Observed", "carries env=dev, and this claim is of prod"},
		"Azure":     {"Its nodes are part of it.", "azure", "", "{}", "Observed", `spec.adopt: "Manage" is not offered for a cluster on azure`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, adopt := range []string{"Observe", "Manage"} {
				l := adoptedCluster(t, tc.provider, adopt, tc.otherwise)
				if tc.says != "" {
					l.edit(t, `{version: "1.35"}`, `{version: "1.35", `+tc.says+`}`)
				}
				rsp := l.run(t)
				c := composedAs(rsp)
				if !strings.Contains(c.GetMessage(), tc.want) || adopt == "Observe" && c.GetReason() != tc.observed {
					t.Errorf("\n%s\n%s: Composed is %s: %s", tc.reason, adopt, c.GetReason(), c.GetMessage())
				}
				if o := rsp.GetDesired().GetResources()[keyInstance].GetResource(); o != nil && !slices.Equal(list(o, "spec", "managementPolicies"), []string{"Observe"}) {
					body, _ := json.Marshal(composed(rsp))
					t.Errorf("\n%s\n%s: it is taken over: %s", tc.reason, adopt, body)
				}
			}
		})
	}
}
