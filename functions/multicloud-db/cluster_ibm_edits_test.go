package multiclouddb

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const notMovedIBM = "settings providers.ibm.regions.eu-de.cluster."

// A clusterEditIBM is an edit of a live cluster's claim or settings on IBM Cloud.
type clusterEditIBM struct {
	reason         string
	from, made     []string // old and new, of the claim that was made, and of the settings then
	edit, settings []string
	want           map[string]any
	refused        string
	unrecorded     string // what of a lost record becomes of it: nothing but this
}

const cannotBecome = " cannot become "

var (
	publicIBM = []string{"outbound: true", "outbound: true\n            publicEndpoint: true"}
	aloneIBM  = []string{"highAvailability: true, nodes: {min: 6, max: 9}", "highAvailability: false, nodes: {min: 6, max: 9}"}
)

// clusterEditsIBM are the edits of a cluster on IBM Cloud.
var clusterEditsIBM = map[string]clusterEditIBM{
	"Region": {
		reason: "Nothing is ever moved.",
		edit:   []string{"eu-central", "us-east"}, refused: `spec.region: "eu-de"` + cannotBecome,
	},
	"Provider": {reason: "Another cloud has another cluster.", edit: []string{"ibm", "gcp"}, refused: `spec.provider: "ibm"` + cannotBecome},
	"Type": {
		reason:  "A cluster is no cache.",
		edit:    []string{"type: cluster", "type: cache", `cluster: {version: "1.35", highAvailability: true, nodes: {min: 6, max: 9}}`, "cache: {}"},
		refused: `spec.type: "cluster"` + cannotBecome,
	},
	"Project": {
		reason: "Whose a cluster is stands in its name.",
		edit:   []string{"project: shop", "project: other"}, refused: `spec.project: "shop"` + cannotBecome,
	},
	"Env": {
		reason: "The env decides on its protection.",
		edit:   []string{"env: staging", "env: dev"}, refused: `spec.env: "staging"` + cannotBecome,
	},
	"Profile": {
		reason: "IBM Cloud changes the size of no node.", edit: []string{"medium", "large"}, unrecorded: "nothing",
		refused: `spec.profile: "medium" cannot become "large" on a live cluster; set it back to "medium"`,
	},
	"VPC": {
		reason:   "A network is for good.",
		settings: []string{"r010-1", "r010-2"}, refused: notMovedIBM + `vpcID: "r010-1"` + cannotBecome + `"r010-2"`,
	},
	"Pods": {
		reason:   "So are its ranges.",
		settings: []string{"172.17.0.0/18", "172.18.0.0/18"}, refused: notMovedIBM + `podSubnet: "172.17.0.0/18"` + cannotBecome,
	},
	"Services": {
		reason:   "And services.",
		settings: []string{"172.21.0.0/16", "172.22.0.0/16"}, refused: notMovedIBM + `serviceSubnet: "172.21.0.0/16"` + cannotBecome,
	},
	"Key": {
		reason:   "Another key reads nothing.",
		settings: []string{":key:2", ":key:3"}, refused: notMovedIBM + `kmsKeyID: "` + keyOfCluster + `"` + cannotBecome,
	},
	"Group": {
		reason: "The resource group is for good.", settings: []string{"0123456789abcdef0123456789abcdef", "1123456789abcdef0123456789abcdef"},
		refused: `settings providers.ibm.resourceGroupID: "0123456789abcdef0123456789abcdef"` + cannotBecome,
	},
	"Name": {
		reason: "Another cluster is no edit.", edit: []string{"  region", "  externalName: other\n  region"}, refused: "spec.externalName: ",
	},
	"PublicOff": {
		reason: "Nor is one closed that was made with a public endpoint: that is chosen once.", made: publicIBM,
		settings: []string{"outbound: true", "outbound: true\n            publicEndpoint: false"},
		refused:  notMovedIBM + `publicEndpoint: "true"` + cannotBecome + `"false"`,
	},
	"PublicGone": {reason: "A word that is gone changes nothing.", made: publicIBM, settings: []string{"none", "none"}, want: map[string]any{}},
	"VPCGone":    {reason: "A network that is gone stays the cluster's.", settings: []string{"            vpcID: r010-1\n", ""}, want: map[string]any{}},
	"RangesGone": {
		reason:   "So do its ranges.",
		settings: []string{"            podSubnet: 172.17.0.0/18\n", "", "            serviceSubnet: 172.21.0.0/16\n", ""}, want: map[string]any{},
	},
	"Available": {
		reason: "A cluster in one zone stays there, whatever its claim comes to say.", from: aloneIBM, edit: []string{"none", "none"}, want: map[string]any{},
	},
	"Public": {
		reason:   "A cluster that was made private is never opened by a setting.",
		settings: []string{"outbound: true", "outbound: true\n            publicEndpoint: true"}, want: map[string]any{},
	},
	"KeyGone":   {reason: "A key that is gone stays in force.", settings: []string{"            kmsKeyID: " + keyOfCluster + "\n", ""}, want: map[string]any{}},
	"ZonesGone": {reason: "Nodes stay in their zones.", settings: []string{"zones: [", "zones: []\n            # ["}, want: map[string]any{}},
	"Zones":     {reason: "Others are for new clusters.", settings: []string{"eu-de-3, subnetID: c-3", "eu-de-3, subnetID: d-4"}, want: map[string]any{}},
	"Outbound":  {reason: "The way out is closed in place.", settings: []string{"outbound: true", "outbound: false"}, want: map[string]any{"outbound": false}},
	"OutboundGone": {
		reason: "A setting that is gone changes nothing.", settings: []string{"            outbound: true\n", ""}, want: map[string]any{},
	},
	"Version": {reason: "The next minor.", edit: []string{"1.35", "1.36"}, want: map[string]any{"kube_version": "1.36"}},
	"VersionTwo": {
		reason: "No two at once.",
		edit:   []string{"1.35", "1.37"}, refused: `spec.cluster.version: "1.37" is more than one minor ahead of "1.35"`,
	},
	"VersionOlder": {
		reason: "A control plane never goes back.", edit: []string{"1.35", "1.34"},
		refused: `spec.cluster.version: "1.35"` + cannotBecome + `"1.34"`, unrecorded: "nothing",
	},
	"VersionUnsaid": {reason: "To say no version asks for nothing else.", edit: []string{`version: "1.35", `, ""}, want: map[string]any{}},
	"Nodes":         {reason: "Nodes come in place.", edit: []string{"min: 6", "min: 9"}, want: map[string]any{"workers_per_zone": 3.0}},
	"NodesUneven": {
		reason: "Each of three zones has as many.", edit: []string{"min: 6", "min: 7"}, refused: "spec.cluster.nodes.min: 7 is not allowed with high availability",
	},
	"Most": {reason: "The most is for an autoscaler.", edit: []string{"max: 9", "max: 12"}, want: map[string]any{}},
	"Alone": {
		reason: "Nodes stay in their three zones without high availability, with a node in each at least.",
		edit:   []string{"highAvailability: true, nodes: {min: 6, max: 9}", "highAvailability: false, nodes: {min: 1, max: 2}"},
		want:   map[string]any{"workers_per_zone": 1.0},
	},
}

// TestClusterEditsIBM holds what each edit does to a live cluster, also where the record of it is lost: in place, in
// the variables that are named and in no others, or refused.
func TestClusterEditsIBM(t *testing.T) {
	t.Parallel()
	for name, tc := range clusterEditsIBM {
		for _, lost := range []bool{false, true} {
			l := aliveClusterIBM(t, strings.NewReplacer(tc.made...).Replace(settingsClusterIBM), tc.from...)
			before := l.run(t)
			want := varmapOf(before)
			maps.Copy(want, tc.want)
			if lost {
				o := l.instance()
				for key := range object.Struct(o, "metadata", "annotations").GetFields() {
					if strings.HasPrefix(key, "platform.victor.onl/requested-") {
						delete(object.Struct(o, "metadata", "annotations").GetFields(), key)
					}
				}
			}
			status := object.Get(l.xr(), "status")
			edited := newClusterIBM(t, strings.NewReplacer(tc.settings...).Replace(settingsClusterIBM), tc.edit...)
			edited.request.Observed.Resources = l.request.GetObserved().GetResources()
			object.Set(edited.xr(), status, "status")
			rsp := edited.run(t)
			switch {
			case tc.refused != "" && (!lost || tc.unrecorded == ""):
				if got := fatal(rsp); !strings.HasPrefix(got, tc.refused) {
					t.Errorf("%s, lost %t: %s\n-want, +got:\n%s", name, lost, tc.reason, cmp.Diff(tc.refused, got))
				}
			default:
				if diff := cmp.Diff(want, varmapOf(rsp)); diff != "" {
					t.Errorf("%s, lost %t: %s\n-want, +got:\n%s%s", name, lost, tc.reason, diff, fatal(rsp))
				}
			}
		}
	}
}
