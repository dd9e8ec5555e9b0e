package multiclouddb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestClusterBadInputEverywhere holds that what no cloud makes is refused on each of them by the same sentence, with
// nothing composed.
func TestClusterBadInputEverywhere(t *testing.T) {
	t.Parallel()
	const whole = `{version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}`
	for name, tc := range map[string]struct{ reason, cluster, want string }{
		"MinOverMax":  {"Bounds are in order.", "{nodes: {min: 9, max: 3}}", "spec.cluster.nodes.min: 9 is more than spec.cluster.nodes.max, 3"},
		"MinUneven":   {"Three zones have as many nodes each.", "{highAvailability: true, nodes: {min: 4, max: 9}}", "spec.cluster.nodes.min: 4 is not allowed"},
		"MaxUneven":   {"So with the most.", "{highAvailability: true, nodes: {min: 3, max: 10}}", "spec.cluster.nodes.max: 10 is not allowed"},
		"OnlyMost":    {"Also where the least is not said.", "{highAvailability: true, nodes: {max: 2}}", "spec.cluster.nodes.max: 2 is not allowed"},
		"NoNode":      {"A cluster has nodes.", "{nodes: {min: 0}}", "spec.cluster.nodes.min: 0 "},
		"TooMany":     {"No pool has as many.", "{nodes: {max: 1001}}", "spec.cluster.nodes.max: 1001 "},
		"Ended":       {"A version without support is made no more.", `{version: "1.33"}`, `spec.cluster.version: "1.33" is not offered for kubernetes on %s`},
		"Ahead":       {"Nor one that is two minors ahead.", `{version: "1.38"}`, `spec.cluster.version: "1.38" is not offered for kubernetes on %s`},
		"Patch":       {"A patch is the cloud's.", `{version: "1.35.2"}`, `spec.cluster.version: "1.35.2" is not allowed`},
		"Older":       {"Another form is none.", `{version: "1.9"}`, `spec.cluster.version: "1.9" is not allowed`},
		"Openshift":   {"Nor is another product.", `{version: 4.18_openshift}`, `spec.cluster.version: "4.18_openshift" is not allowed`},
		"HostileWord": {"A word that would end a line is none.", `{version: "1.35\n"}`, `spec.cluster.version: "1.35\n"`},
	} {
		for _, provider := range append(clusterClouds(), "ibm") {
			t.Run(name+"/"+provider, func(t *testing.T) {
				t.Parallel()
				settings := settingsCluster
				if provider == "ibm" {
					settings = settingsClusterIBM
				}
				spec := strings.NewReplacer("gcp", provider, whole, tc.cluster).Replace(specCluster)
				if provider == "ibm" {
					spec = strings.Replace(spec, "region: eu-west", "region: eu-central", 1)
				}
				rsp := run(t, request(t, xrHead+spec, settings, nil))
				want := tc.want
				if strings.Contains(want, "%s") {
					want = fmt.Sprintf(want, provider)
				}
				if got := fatal(rsp); !strings.HasPrefix(got, want) || len(rsp.GetDesired().GetResources()) > 0 {
					t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, cmp.Diff(want, got))
				}
			})
		}
	}
}
