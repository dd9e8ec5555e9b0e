package multiclouddb

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A clusterEdit is an edit of a live cluster's claim or settings on one cloud: it is refused, or
// changes fields of the cluster and of its nodes, by their paths, and no others.
type clusterEdit struct {
	reason, name, provider string
	from                   []string // old and new, of the claim that was made
	edit, settings         []string // old and new
	want, nodes            map[string]any
	refused                string // how the fatal result begins
	unrecorded             bool   // without a record nobody knows that it was asked for, and nothing changes
}

const notMoved = "settings providers.gcp.regions.europe-west1.cluster."

var clusterEditsGCP = []clusterEdit{
	{
		reason: "Nothing is ever moved.", name: "Region", provider: "gcp", edit: []string{"eu-west", "eu-central"},
		refused: `spec.region: "europe-west1" cannot become "europe-west3" on a live cluster`,
	},
	{
		reason: "Another cloud has another cluster.", name: "Provider", provider: "gcp", edit: []string{"gcp", "aws"},
		refused: `spec.provider: "gcp" cannot become "aws" on a live cluster`,
	},
	{
		reason: "A cluster is no cache.", name: "Type", provider: "gcp",
		edit:    []string{"type: cluster", "type: cache", `cluster: {version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}`, "cache: {}"},
		refused: `spec.type: "cluster" cannot become "cache" on a live cluster`,
	},
	{
		reason: "Whose a cluster is stands in its name.", name: "Project", provider: "gcp", edit: []string{"project: shop", "project: other"},
		refused: `spec.project: "shop" cannot become "other" on a live cluster`,
	},
	{
		reason: "The env decides on how a cluster is protected.", name: "Env", provider: "gcp", edit: []string{"env: staging", "env: dev"},
		refused: `spec.env: "staging" cannot become "dev" on a live cluster`,
	},
	{
		reason: "Another cluster is no edit.", name: "ExternalName", provider: "gcp",
		edit: []string{"  region", "  externalName: other\n  region"}, refused: "spec.externalName: ",
	},

	{
		reason: "A network is for good.", name: "Network", provider: "gcp", settings: []string{"networks/prod", "networks/other"},
		refused: notMoved + `network: "projects/acme/global/networks/prod" cannot become`,
	},
	{
		reason: "A subnetwork is for good.", name: "Subnetwork", provider: "gcp", settings: []string{"subnetworks/gke", "subnetworks/other"},
		refused: notMoved + `subnetwork: "projects/acme/regions/europe-west1/subnetworks/gke" cannot become`,
	},
	{
		reason: "The range of pods is for good.", name: "Pods", provider: "gcp", settings: []string{"podsRange: pods", "podsRange: other"},
		refused: notMoved + `podsRange: "pods" cannot become "other"`,
	},
	{
		reason: "The range of services is for good.", name: "Services", provider: "gcp", settings: []string{"servicesRange: services", "servicesRange: other"},
		refused: notMoved + `servicesRange: "services" cannot become "other"`,
	},
	{
		reason: "The pool would be made anew.", name: "Account", provider: "gcp", settings: []string{"nodes@acme-prod", "other@acme-prod"},
		refused: notMoved + `nodeServiceAccount: "nodes@acme-prod.iam.gserviceaccount.com" cannot become`,
	},
	{
		reason: "The pool of identities is the project's.", name: "Project", provider: "gcp", settings: []string{"projectID: acme-prod", "projectID: acme-other"},
		refused: `settings providers.gcp.projectID: "acme-prod.svc.id.goog" cannot become`,
	},
	{
		reason: "What another key encrypted is read by that alone.", name: "Key", provider: "gcp", settings: []string{"cryptoKeys/k", "cryptoKeys/other"},
		refused: notMoved + `kmsKeyID: "projects/acme/locations/europe-west1/keyRings/r/cryptoKeys/k" cannot become`,
	},

	{
		reason: "Who reaches the API server follows the settings.", name: "Authorized", provider: "gcp", settings: []string{"[10.0.0.0/8]", "[10.1.0.0/16]"},
		want: map[string]any{"masterAuthorizedNetworksConfig.cidrBlocks": []any{map[string]any{"cidrBlock": "10.1.0.0/16", "displayName": "platform"}}},
	},
	{
		reason: "An empty list lets in nobody.", name: "AuthorizedNobody", provider: "gcp", settings: []string{"[10.0.0.0/8]", "[]"},
		want: map[string]any{"masterAuthorizedNetworksConfig.cidrBlocks": nil},
	},
	{
		reason: "A list that is gone changes nothing.", name: "AuthorizedGone", provider: "gcp",
		settings: []string{"            authorizedNetworks: [10.0.0.0/8]\n", ""},
	},
	{
		reason: "The world reaches nothing.", name: "AuthorizedWorld", provider: "gcp", settings: []string{"[10.0.0.0/8]", "[0.0.0.0/0]"},
		refused: notMoved + `authorizedNetworks[0]: "0.0.0.0/0" is not allowed`,
	},
	{
		reason: "The public name is closed where the settings say so.", name: "DNSOff", provider: "gcp",
		settings: []string{"dnsEndpoint: true", "dnsEndpoint: false"},
		want:     map[string]any{"controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic": false},
	},
	{
		reason: "A key that is gone stays in force.", name: "KeyGone", provider: "gcp",
		settings: []string{"            kmsKeyID: projects/acme/locations/europe-west1/keyRings/r/cryptoKeys/k\n", ""},
	},
	{
		reason: "Nodes stay where the disks of their pods are.", name: "Zones", provider: "gcp",
		settings: []string{"[europe-west1-b, europe-west1-c, europe-west1-d]", "[europe-west1-x, europe-west1-y, europe-west1-z]"},
	},

	{
		reason: "The next minor is pushed for.", name: "Version", provider: "gcp", edit: []string{"1.35", "1.36"},
		want: map[string]any{"minMasterVersion": "1.36"},
	},
	{
		reason: "Two minors ahead no cloud goes.", name: "VersionTwo", provider: "gcp", edit: []string{"1.35", "1.37"},
		refused: `spec.cluster.version: "1.37" is more than one minor ahead of "1.35", and a cluster is upgraded by one at a time; set "1.36" first`,
	},
	{
		reason: "A control plane never goes back.", name: "VersionOlder", provider: "gcp", edit: []string{"1.35", "1.34"}, unrecorded: true,
		refused: `spec.cluster.version: "1.35" cannot become "1.34" on a live cluster`,
	},
	{reason: "To say no version asks for nothing else.", name: "VersionUnsaid", provider: "gcp", edit: []string{`version: "1.35", `, ""}},
	{
		reason: "The bounds of the autoscaler change in place.", name: "Nodes", provider: "gcp", edit: []string{"min: 3, max: 9", "min: 6, max: 12"},
		nodes: map[string]any{"autoscaling.totalMinNodeCount": 6.0, "autoscaling.totalMaxNodeCount": 12.0},
	},
	{
		reason: "Without high availability the nodes keep to one of their zones.", name: "Alone", provider: "gcp",
		edit:  []string{"highAvailability: true", "highAvailability: false"},
		nodes: map[string]any{"autoscaling.locationPolicy": "ANY", "nodeLocations": []any{"europe-west1-b"}},
	},
	{
		reason: "With high availability two zones come to the one that there is.", name: "Available", provider: "gcp",
		from: []string{"highAvailability: true", "highAvailability: false"}, edit: []string{"highAvailability: false", "highAvailability: true"},
		nodes: map[string]any{"autoscaling.locationPolicy": "BALANCED", "nodeLocations": []any{"europe-west1-b", "europe-west1-c", "europe-west1-d"}},
	},
	{reason: "The step that sizes writes the machines.", name: "Profile", provider: "gcp", edit: []string{"medium", "large"}},
}

// TestClusterEdits holds what each edit comes to on a live cluster, however little is left to
// judge by.
func TestClusterEdits(t *testing.T) {
	t.Parallel()
	for _, tc := range slices.Concat(clusterEditsGCP, clusterEditsAWS, clusterEditsAzure) {
		for loss, lose := range losses {
			t.Run(strings.Join([]string{tc.provider, tc.name, loss}, "/"), func(t *testing.T) {
				t.Parallel()
				l := aliveCluster(t, tc.provider, settingsCluster, tc.from...)
				rsp := l.run(t)
				before, pool := flat(composed(rsp)), flat(nodes(rsp))
				lose(l)
				if tc.settings != nil {
					settings := strings.NewReplacer(tc.settings...).Replace(settingsCluster)
					if settings == settingsCluster {
						t.Fatal("nothing to edit in the settings")
					}
					l.settle(t, settings)
				}
				if tc.edit != nil {
					l.edit(t, tc.edit...)
				}
				rsp = l.run(t)
				refused := tc.refused
				if tc.unrecorded && (loss == "Annotations" || loss == "Both") {
					refused = ""
				}
				if !comesTo(t, tc.reason, refused, before, tc.want, rsp) {
					return
				}
				maps.Copy(pool, tc.nodes)
				maps.DeleteFunc(pool, func(_ string, v any) bool { return v == nil })
				if diff := cmp.Diff(pool, flat(nodes(rsp))); diff != "" {
					t.Errorf("\n%s\nnodes: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestClusterUpgrade holds, for every version that a claim says, was asked for and runs, that no
// minor is left out, that nothing becomes older, and that no nodes are told a version by which they
// could be newer than the control plane: on Google Cloud none at all.
func TestClusterUpgrade(t *testing.T) {
	t.Parallel()
	for _, provider := range clusterClouds() {
		alive := aliveCluster(t, provider, settingsCluster)
		for was := 33; was <= 36; was++ {
			for runs := 33; runs <= 37; runs++ {
				for said := 33; said <= 38; said++ {
					l := alive.twin()
					object.Set(l.instance(), fmt.Sprintf("1.%d", was), "metadata", "annotations", requested+"version")
					object.Set(l.instance(), fmt.Sprintf("1.%d", was), body(versionAsked[provider])...)
					object.Set(l.instance(), fmt.Sprintf("1.%d.4-gke.7", runs), "status", "atProvider", versionAt[provider])
					l.spec = strings.Replace(l.spec, "1.35", "1.VERSION", 1)
					l.edit(t, "1.VERSION", fmt.Sprintf("1.%d", said))
					rsp := l.run(t)
					if fatal(rsp) != "" {
						if said == was {
							t.Errorf("%s: an unchanged claim of 1.%d is refused where 1.%d runs: %s", provider, said, runs, fatal(rsp))
						}
						continue
					}
					asked, _ := composed(rsp)[versionAsked[provider]].(string)
					if want := fmt.Sprintf("1.%d", max(said, runs)); asked != want {
						t.Errorf("%s: said 1.%d, was 1.%d, runs 1.%d: asked for is %s, not %s", provider, said, was, runs, asked, want)
					}
					if said < was || said != was && said > runs+1 {
						t.Errorf("%s: said 1.%d, was 1.%d, runs 1.%d: it is not refused", provider, said, was, runs)
					}
					if v := nodesVersion(rsp); provider == "gcp" && v != "" || v > fmt.Sprintf("1.%d", max(runs, 35)) {
						t.Errorf("%s: where 1.%d runs the nodes, which are of 1.35, are told the version %v", provider, runs, v)
					}
				}
			}
		}
	}
}

// nodesVersion is the version that the nodes of a response are told.
func nodesVersion(rsp *fnv1.RunFunctionResponse) string {
	said, _ := nodes(rsp)["version"].(string)
	azure, _ := flat(composed(rsp))["defaultNodePool.orchestratorVersion"].(string)
	return said + azure
}

// TestClusterOrderOfVersions holds, for every version that the control plane and the nodes of EKS
// report and that nodes were asked for last, that the nodes follow, one minor a step and never ahead,
// and the add-ons them.
func TestClusterOrderOfVersions(t *testing.T) {
	t.Parallel()
	word := func(minor int) string {
		if minor == 0 {
			return "" // not told
		}
		return fmt.Sprintf("1.%d", minor)
	}
	alive := aliveCluster(t, "aws", settingsCluster)
	for _, plane := range []int{0, 35, 36, 37} {
		for _, is := range []int{0, 34, 35, 36, 37} {
			for _, was := range []int{0, 34, 35, 36, 37} {
				l := alive.twin()
				pool := l.request.GetObserved().GetResources()[keyNodes].GetResource()
				object.Set(l.instance(), word(plane), "status", "atProvider", "version")
				object.Set(pool, word(is), "status", "atProvider", "version")
				object.Set(pool, word(was), "spec", "forProvider", "version")
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				says := fmt.Sprintf("the control plane has %q, the nodes %q, and %q was asked for", word(plane), word(is), word(was))
				got, _ := nodes(rsp)["version"].(string)
				if plane != 0 && got > word(max(plane, is)) {
					t.Errorf("%s: nodes of %s are newer than the control plane", says, got)
				}
				if got != "" && got < word(is) {
					t.Errorf("%s: nodes of %s are older", says, got)
				}
				if is != 0 && got > word(is+1) && got != word(was) {
					t.Errorf("%s: nodes of %s leave out a minor", says, got)
				}
				if plane != 0 && is != 0 && is < plane && got == word(is) {
					t.Errorf("%s: the nodes do not follow", says)
				}
				addon, _ := object.Get(rsp.GetDesired().GetResources()["addon-coredns"].GetResource(), body("addonVersion")...).AsInterface().(string)
				if want := map[bool]string{true: "v1.36.1-eksbuild.1"}[is == 36]; addon != want {
					t.Errorf("%s: the add-on is asked for as %q, not %q", says, addon, want)
				}
			}
		}
	}
}

// TestClusterUpgradeWorded holds that in prod an upgrade takes a second word, as a database's.
func TestClusterUpgradeWorded(t *testing.T) {
	t.Parallel()
	for _, provider := range clusterClouds() {
		l := aliveCluster(t, provider, settingsCluster, "env: staging", "env: prod")
		l.edit(t, "1.35", "1.36", "env: staging", "env: prod")
		if got := fatal(l.run(t)); !strings.HasPrefix(got, `spec.cluster.version: to become "1.36" is an upgrade that nobody takes back`) {
			t.Errorf("%s: without the word: %q", provider, got)
		}
		object.Set(l.xr(), "1.36", "metadata", "annotations", "platform.victor.onl/upgrade")
		if got := fatal(l.run(t)); got != "" {
			t.Errorf("%s: with the word: %s", provider, got)
		}
	}
}
