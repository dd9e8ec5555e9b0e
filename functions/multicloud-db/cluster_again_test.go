package multiclouddb

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterAgain holds that a claim which is made again, under other settings and in other
// words, has the cluster that it left and its nodes as they are: what neither says is no edit, and
// what the claim says is one.
func TestClusterAgain(t *testing.T) {
	t.Parallel()
	const (
		zones   = "[europe-west1-b, europe-west1-c, europe-west1-d]"
		others  = "[europe-west1-x, europe-west1-y, europe-west1-z]"
		section = `  cluster: {version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}` + "\n"
		unsaid  = "  cluster: {}\n"
	)
	for name, tc := range map[string]struct {
		reason               string
		made, spec, settings []string // old and new: of the claim before, of the claim made again, of its settings
		nodes, main          map[string]any
	}{
		"Same": {reason: "The same words ask for the same."},
		"Zones": {
			reason:   "The disks of the pods are in the zones of the nodes.",
			settings: []string{zones, others},
		},
		"ZonesAlone": {
			reason: "Nodes in one zone stay in that.",
			made:   []string{section, "  cluster: {highAvailability: false}\n"}, settings: []string{zones, others},
		},
		"ZonesGone": {
			reason: "Settings that name no zones any more move nobody.",
			made:   []string{section, "  cluster: {highAvailability: false}\n"}, settings: []string{zones, "[]"},
		},
		"Account": {
			reason:   "Under another identity the nodes would be another pool, which no update makes.",
			settings: []string{"nodes@acme-prod", "others@acme-prod"},
		},
		"Unsaid": {reason: "A claim that says nothing of its nodes takes those that it finds, in as many zones.", spec: []string{section, unsaid}},
		"Authorized": {
			reason:   "Settings that no longer say who reaches the API server cut nobody off.",
			settings: []string{"            authorizedNetworks: [10.0.0.0/8]\n", ""},
		},
		"Open": {
			reason:   "The name of Google's stays until the settings say otherwise.",
			settings: []string{"            dnsEndpoint: true\n", ""},
		},
		"Nodes": {
			reason: "Other bounds are an edit.", spec: []string{"min: 3, max: 9", "min: 6, max: 12"},
			nodes: map[string]any{"autoscaling.totalMinNodeCount": 6.0, "autoscaling.totalMaxNodeCount": 12.0},
		},
		"Alone": {
			reason: "To want no high availability is an edit.", spec: []string{"highAvailability: true", "highAvailability: false"},
			nodes: map[string]any{"autoscaling.locationPolicy": "ANY", "nodeLocations": []any{"europe-west1-b"}},
		},
		"Available": {
			reason: "So is to want it, by which two zones come to the one that there is, with a node each.",
			made:   []string{section, unsaid}, spec: []string{unsaid, "  cluster: {highAvailability: true}\n"},
			nodes: map[string]any{
				"autoscaling.locationPolicy": "BALANCED", "nodeLocations": []any{"europe-west1-b", "europe-west1-c", "europe-west1-d"},
				"autoscaling.totalMinNodeCount": 3.0, "autoscaling.totalMaxNodeCount": 6.0,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			left := aliveCluster(t, "gcp", settingsCluster, tc.made...)
			before := left.run(t)
			edited := func(text string, oldNew []string) string {
				out := strings.NewReplacer(oldNew...).Replace(text)
				if out == text && oldNew != nil {
					t.Fatal("nothing to edit")
				}
				return out
			}
			left.spec = edited(left.spec, tc.spec)
			rsp := again(t, left, edited(settingsCluster, tc.settings), keyNodes)
			want := flat(nodes(before))
			maps.Copy(want, tc.nodes)
			if diff := cmp.Diff(want, flat(nodes(rsp))); diff != "" {
				t.Errorf("\n%s\nnodes: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(composed(before), composed(rsp)); diff != "" {
				t.Errorf("\n%s\ncluster: -want, +got:\n%s", tc.reason, diff)
			}
			if got := strings.Join(list(rsp.GetDesired().GetResources()[keyNodes].GetResource(), "spec", "managementPolicies"), " "); !strings.Contains(got, "Update") {
				t.Errorf("\n%s\nthe nodes that were found are never managed: %s", tc.reason, got)
			}
		})
	}
}

// TestClusterAgainOpen holds that a claim which is made again closes what somebody opened to the
// world by hand, where the settings name nobody.
func TestClusterAgainOpen(t *testing.T) {
	t.Parallel()
	settings := strings.NewReplacer(append(balancedAzure, "            authorizedNetworks: [10.0.0.0/8]\n", "")...).Replace(settingsCluster)
	world := map[string]string{
		"gcp":   `{masterAuthorizedNetworksConfig: {cidrBlocks: [{cidrBlock: 0.0.0.0/0}]}}`,
		"aws":   `{vpcConfig: {endpointPublicAccess: true, publicAccessCidrs: [0.0.0.0/0]}}`,
		"azure": `{privateClusterEnabled: false, apiServerAccessProfile: {authorizedIpRanges: [0.0.0.0/0]}}`,
	}
	for _, provider := range clusterClouds() {
		left := aliveCluster(t, provider, settings)
		merge(object.Struct(left.instance(), "status", "atProvider"), fromYAML(t, world[provider]))
		asked := flat(composed(again(t, left, settings)))
		azure := asked["apiServerAccessProfile.authorizedIpRanges"]
		if asked["masterAuthorizedNetworksConfig.cidrBlocks"] != nil || asked["vpcConfig.endpointPublicAccess"] == true ||
			provider == "azure" && !cmp.Equal(azure, []any{"0.0.0.0/32"}) {
			t.Errorf("%s: the world is let in: %v", provider, asked)
		}
	}
}

// TestClusterUntold holds that a version which nobody tells for once is not taken for the one that
// was asked for: neither is the next minor let in by that, nor does the XR show it as running.
func TestClusterUntold(t *testing.T) {
	t.Parallel()
	for _, provider := range clusterClouds() {
		l := aliveCluster(t, provider, settingsCluster)
		l.edit(t, "1.35", "1.36")
		rsp := l.run(t) // 1.36 is asked for, and 1.35 runs
		object.Set(rsp.GetDesired().GetResources()[keyInstance].GetResource(), object.Struct(l.instance(), "status"), "status")
		l.request.Observed.Resources[keyInstance] = rsp.GetDesired().GetResources()[keyInstance]
		delete(object.Struct(l.instance(), "status", "atProvider").GetFields(), versionAt[provider])
		rsp = l.run(t)
		if got := object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "version"); got != "1.35" {
			t.Errorf("%s: the XR shows the version %q, and the last that was told is 1.35", provider, got)
		}
		l.edit(t, "1.35", "1.37")
		want := `spec.cluster.version: "1.37" is more than one minor ahead of "1.35"`
		if got := fatal(l.run(t)); !strings.HasPrefix(got, want) {
			t.Errorf("%s: -want, +got:\n%s", provider, cmp.Diff(want, got))
		}
	}
}

// versionAt is where each provider reports the version that runs.
var versionAt = map[string]string{"gcp": "masterVersion", "aws": "version", "azure": "currentKubernetesVersion"}

// versionAsked is where each is asked for one.
var versionAsked = map[string]string{"gcp": "minMasterVersion", "aws": "version", "azure": "kubernetesVersion"}

// TestClusterWhole holds that while an EnvironmentConfig is missing, what the others say lets in
// nobody who was out, and cuts off nobody who was in.
func TestClusterWhole(t *testing.T) {
	t.Parallel()
	closed := strings.Replace(settingsCluster, "            dnsEndpoint: true\n", "", 1)
	for name, tc := range map[string]struct {
		reason, networks string
		missing          bool
		want             []any
		dns, note        bool
	}{
		"Taken":   {"Settings that are whole are followed.", "[10.2.0.0/16]", false, []any{"10.2.0.0/16"}, true, false},
		"Fewer":   {"Whoever is missing in the list may be in the one that is missing.", "[10.2.0.0/16]", true, []any{"10.0.0.0/8"}, false, true},
		"More":    {"The list that is missing may have been shorter.", "[10.0.0.0/8, 192.168.0.0/16]", true, []any{"10.0.0.0/8"}, false, true},
		"Same":    {"The name of Google's may have been closed by what is missing.", "[10.0.0.0/8]", true, []any{"10.0.0.0/8"}, false, true},
		"Without": {"No list is followed by none.", "null", true, []any{"10.0.0.0/8"}, false, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "gcp", closed)
			l.settle(t, strings.Replace(settingsCluster, "[10.0.0.0/8]", tc.networks, 1))
			if tc.missing {
				object.Set(l.xr(), append(list(l.xr(), "status", "resource", "settings"), "platform-prod-shop"), "status", "resource", "settings")
			}
			for call := range 3 {
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				asked := flat(composed(rsp))
				var got []any
				for _, v := range asked["masterAuthorizedNetworksConfig.cidrBlocks"].([]any) {
					got = append(got, v.(map[string]any)["cidrBlock"])
				}
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Errorf("\n%s\ncall %d: -want, +got:\n%s", tc.reason, call, diff)
				}
				if asked["controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic"] != tc.dns {
					t.Errorf("\n%s\ncall %d: the API server is reached from anywhere: %t", tc.reason, call, !tc.dns)
				}
				if says := composedAs(rsp).GetMessage(); strings.Contains(says, "stays as it is") != tc.note {
					t.Errorf("\n%s\ncall %d: Composed says %q", tc.reason, call, says)
				}
				observeCluster(t, l, rsp.GetDesired().GetResources())
				object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
			}
		})
	}
}
