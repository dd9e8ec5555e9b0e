package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestClusterTurnedOn holds that settings which turn high availability on never refuse a live claim
// what it says, though a new one would be refused.
func TestClusterTurnedOn(t *testing.T) {
	t.Parallel()
	const whole = `cluster: {version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}`
	const zones = "[europe-west1-b, europe-west1-c, europe-west1-d]"
	for name, tc := range map[string]struct {
		reason, provider, cluster string
		settings                  []string
		want                      map[string]any
		says                      string
	}{
		"CountGCP": {
			reason: "GKE has as many nodes in each zone, and never fewer than the claim says.", provider: "gcp", cluster: "{nodes: {min: 1, max: 4}}",
			want: map[string]any{"autoscaling.totalMinNodeCount": 3.0, "autoscaling.totalMaxNodeCount": 6.0, "autoscaling.locationPolicy": "BALANCED"},
			says: "spec.cluster.nodes is lifted to multiples of 3",
		},
		"CountAWS": {
			reason: "So has EKS.", provider: "aws", cluster: "{nodes: {min: 1, max: 4}}",
			want: map[string]any{"scalingConfig.minSize": 3.0, "scalingConfig.maxSize": 6.0, "updateConfig.maxUnavailablePercentage": 33.0},
			says: "spec.cluster.nodes is lifted to multiples of 3",
		},
		"CountAzure": {
			reason: "So has AKS, whose nodes stay without zones, since others make the pool anew.", provider: "azure", cluster: "{nodes: {min: 2, max: 4}}",
			want: map[string]any{
				poolAzure + "minCount": 3.0, poolAzure + "maxCount": 6.0, poolAzure + "upgradeSettings.maxSurge": "33%", poolAzure + "zones": nil,
			},
			says: "the nodes are not spread over zones, as they were made",
		},
		"Zones": {
			reason: "Where too few zones are named the nodes stay where they are.", provider: "gcp", cluster: "{}", settings: []string{zones, "[europe-west1-b]"},
			want: map[string]any{"autoscaling.totalMinNodeCount": 1.0, "autoscaling.locationPolicy": "ANY", "nodeLocations": []any{"europe-west1-b"}},
			says: "cluster.zones names too few zones",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := strings.NewReplacer(tc.settings...).Replace(settingsCluster)
			l := aliveCluster(t, tc.provider, settings, whole, "cluster: "+tc.cluster, "env: staging", "env: dev")
			l.settle(t, strings.Replace(settings, "\ndata:", "\ndata:\n  policy: {highAvailability: true}", 1))
			for _, call := range []string{"first", "second"} {
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\n%s call: %s", tc.reason, call, got)
				}
				got, all := map[string]any{}, flat(nodes(rsp))
				if tc.provider == "azure" {
					all = flat(composed(rsp))
				}
				for field := range tc.want {
					got[field] = all[field]
				}
				if diff := cmp.Diff(tc.want, got); diff != "" && (call == "first" || tc.provider != "aws") {
					t.Errorf("\n%s\n%s call: -want, +got:\n%s", tc.reason, call, diff)
				}
				if says := composedAs(rsp).GetMessage(); !strings.Contains(says, tc.says) {
					t.Errorf("\n%s\n%s call: Composed says %q", tc.reason, call, says)
				}
				observeCluster(t, l, rsp.GetDesired().GetResources())
			}
		})
	}
}
