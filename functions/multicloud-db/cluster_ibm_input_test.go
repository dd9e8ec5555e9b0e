package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestClusterIBMLacks holds that no cluster is made without what it needs, in whatever env.
func TestClusterIBMLacks(t *testing.T) {
	t.Parallel()
	for setting, cut := range map[string][]string{
		"vpcID": {"            vpcID: r010-1\n", ""}, "zones": {"zones: [", "zones: []\n            # ["},
	} {
		for _, env := range []string{"dev", "staging", "prod"} {
			rsp := newClusterIBM(t, strings.NewReplacer(cut...).Replace(settingsClusterIBM), "env: staging", "env: "+env).run(t)
			c := composedAs(rsp)
			want := notMovedIBM + setting + " is not set, and no new cluster is composed without"
			if c.GetReason() != "NoNetwork" || c.GetMessage() != want || len(rsp.GetDesired().GetResources()) != 0 {
				t.Errorf("%s in %s: Composed is %s: %s%s", setting, env, c.GetReason(), c.GetMessage(), fatal(rsp))
			}
		}
	}
}

// TestClusterIBMInput holds what of claim and settings is refused, with the field and what is allowed.
func TestClusterIBMInput(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		edit, settings []string
		want           string
	}{
		"ZoneElsewhere": {
			settings: []string{"eu-de-2", "us-south-2"},
			want:     notMovedIBM + `zones[1].name: "us-south-2" is not allowed; allowed are zones of eu-de, each once`,
		},
		"ZoneTwice": {
			settings: []string{"eu-de-2", "eu-de-1"},
			want:     notMovedIBM + `zones[1].name: "eu-de-1" is not allowed`,
		},
		"Subnet": {settings: []string{"subnetID: b-2", "subnetID: 'b 2'"}, want: notMovedIBM + `zones[1].subnetID: "b 2" is not allowed`},
		"NoSubnet": {
			settings: []string{"{name: eu-de-2, subnetID: b-2}", "{name: eu-de-2}"},
			want:     "settings platform-staging: data.providers.ibm.regions.eu-de.cluster.zones[1].subnetID: ",
		},
		"ZonesAsText": {
			settings: []string{"{name: eu-de-2, subnetID: b-2}", "eu-de-2"},
			want:     "settings platform-staging: data.providers.ibm.regions.eu-de.cluster.zones[1]: ",
		},
		"FewZones": {
			settings: []string{", {name: eu-de-3, subnetID: c-3}", ""}, want: notMovedIBM + "zones: names too few zones for high availability, which takes 3",
		},
		"Key":    {settings: []string{keyOfCluster, "my-key"}, want: notMovedIBM + `kmsKeyID: "my-key" is not allowed; allowed is the CRN of a root key`},
		"Uneven": {edit: []string{"min: 6", "min: 4"}, want: "spec.cluster.nodes.min: 4 is not allowed with high availability"},
		"Ended":  {edit: []string{"1.35", "1.33"}, want: `spec.cluster.version: "1.33" is not offered for kubernetes on ibm; allowed are 1.35, 1.36`},
		"MinMax": {edit: []string{"min: 6", "min: 12"}, want: "spec.cluster.nodes.min: 12 is more than spec.cluster.nodes.max, 9"},
		"OtherOf": {
			settings: []string{"vpcID: r010-1", "vpcID: r010-1\n            authorizedNetworks: []"},
			want:     "settings platform-staging: data.providers.ibm.regions.eu-de.cluster.authorizedNetworks: ",
		},
	} {
		rsp := newClusterIBM(t, strings.NewReplacer(tc.settings...).Replace(settingsClusterIBM), tc.edit...).run(t)
		if got := fatal(rsp); !strings.HasPrefix(got, tc.want) || len(rsp.GetDesired().GetResources()) > 0 {
			t.Errorf("%s: -want, +got:\n%s", name, cmp.Diff(tc.want, got))
		}
	}
}
