package multiclouddb

import (
	"strings"
	"testing"
)

// TestLateNetwork holds that a network which the settings name too late for a live cache is
// not called unset.
func TestLateNetwork(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, provider, then, says string }{
		"GCP": {"Memorystore moves into no network.", "gcp", "{gcp: {network: net}}", "gcp.network is for new caches only"},
		"GCPRegion": {
			"A network of the region is one as well.", "gcp", "{gcp: {regions: {europe-west1: {network: net}}}}",
			"europe-west1.network is for new caches only",
		},
		"AWS": {
			"ElastiCache moves into no subnet group.", "aws", "{aws: {regions: {eu-west-1: {cache: {subnetGroup: g}}}}}",
			"cache.subnetGroup is for new caches only",
		},
		"AWSSubnets": {
			"A group that would be made of subnets is one, too.", "aws", "{aws: {regions: {eu-west-1: {cache: {subnetIDs: [a, b]}}}}}",
			"cache.subnetIDs is for new caches only",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCache(t, tc.provider, "metadata: {name: p}\ndata: {}")
			l.settle(t, "metadata: {name: p}\ndata: {providers: "+tc.then+"}")
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\n%s", tc.reason, got)
			}
			said := composedAs(rsp).GetMessage()
			if !strings.Contains(said, tc.says) || strings.Contains(said, "is not set:") || !strings.Contains(said, "can never move") {
				t.Errorf("\n%s\nComposed says %q, want %q", tc.reason, said, tc.says)
			}
		})
	}
}
