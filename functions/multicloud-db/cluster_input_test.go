package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterBadInput holds what a claim and settings of a new cluster are refused for, in one
// sentence that begins with the field.
func TestClusterBadInput(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason         string
		spec, settings []string
		want           string
	}{
		"MinOverMax": {
			"Bounds are in order.",
			[]string{"min: 3, max: 9", "min: 9, max: 3"},
			nil,
			"spec.cluster.nodes.min: 9 is more than spec.cluster.nodes.max, 3",
		},
		"MinUneven": {
			"Three zones have as many nodes each.",
			[]string{"min: 3, max: 9", "min: 4, max: 9"},
			nil,
			"spec.cluster.nodes.min: 4 is not allowed with high availability, where each of 3 zones has as many nodes as the others; " +
				"allowed are multiples of 3",
		},
		"MaxUneven": {
			"So with the most.",
			[]string{"min: 3, max: 9", "min: 3, max: 10"},
			nil,
			"spec.cluster.nodes.max: 10 is not allowed with high availability",
		},
		"VersionEnded": {
			"A version without support is made no more.",
			[]string{"1.35", "1.34"},
			nil,
			`spec.cluster.version: "1.34" is not offered for kubernetes on gcp; allowed are 1.35, 1.36`,
		},
		"VersionUnknown": {"A version that no table has.", []string{"1.35", "1.37"}, nil, `spec.cluster.version: "1.37" is not offered for kubernetes on gcp`},
		"VersionForm": {
			"A patch is the cloud's.",
			[]string{"1.35", "1.35.2"},
			nil,
			`spec.cluster.version: "1.35.2" is not allowed; allowed is a minor version`,
		},
		"Field":        {"What is no field is told.", []string{"nodes:", "autopilot: true, nodes:"}, nil, "spec.cluster.autopilot: "},
		"OtherSection": {"A section belongs to its type.", []string{"  cluster:", "  cache: {}\n  cluster:"}, nil, "spec.cache: belongs to type cache"},
		"Zones": {
			"Named zones have to be enough.", nil,
			[]string{"[europe-west1-b, europe-west1-c, europe-west1-d]", "[europe-west1-b]"},
			"settings providers.gcp.regions.europe-west1.cluster.zones: names too few zones for high availability, which takes 3",
		},
		"ZonesTwice": {
			"A zone that stands there twice is one zone.", nil,
			[]string{"[europe-west1-b, europe-west1-c, europe-west1-d]", "[europe-west1-b, europe-west1-b, europe-west1-c]"},
			`settings providers.gcp.regions.europe-west1.cluster.zones[1]: "europe-west1-b" is not allowed; allowed are zones of europe-west1, each once`,
		},
		"ZonesElsewhere": {
			"A zone of another region is none of this cluster's.", nil,
			[]string{"[europe-west1-b, europe-west1-c, europe-west1-d]", "[europe-west1-b, europe-west1-c, us-east1-d]"},
			`settings providers.gcp.regions.europe-west1.cluster.zones[2]: "us-east1-d" is not allowed`,
		},
		"Account": {
			"What Compute Engine may do no node needs.", nil,
			[]string{"nodes@acme-prod.iam.gserviceaccount.com", "12345-compute@developer.gserviceaccount.com"},
			`settings providers.gcp.regions.europe-west1.cluster.nodeServiceAccount: "12345-compute@developer.gserviceaccount.com" is not allowed`,
		},
		"AccountWord": {
			"Nor by the word for it.", nil,
			[]string{"nodes@acme-prod.iam.gserviceaccount.com", "default"},
			`settings providers.gcp.regions.europe-west1.cluster.nodeServiceAccount: "default" is not allowed`,
		},
		"SettingTypo": {
			"A key that is unknown is no network.", nil,
			[]string{"podsRange:", "podRange:"},
			"settings platform-staging: data.providers.gcp.regions.europe-west1.cluster.podRange: unknown field",
		},
		"World": {
			"No cluster is open to the world.", nil,
			[]string{"[10.0.0.0/8]", "[0.0.0.0/0]"},
			`settings providers.gcp.regions.europe-west1.cluster.authorizedNetworks[0]: "0.0.0.0/0" is not allowed`,
		},
		"SubnetsFew": {
			"High availability takes three zones.",
			[]string{"gcp", "aws"},
			[]string{"[subnet-a, subnet-b, subnet-c]", "[subnet-a, subnet-b, subnet-b]"},
			"settings providers.aws.regions.eu-west-1.cluster.subnetIDs: names too few subnets: high availability takes three, in three zones",
		},
		"SubnetOne": {
			"A control plane takes two.",
			[]string{"gcp", "aws", "highAvailability: true", "highAvailability: false"},
			[]string{"[subnet-a, subnet-b, subnet-c]", "[subnet-a]"},
			"settings providers.aws.regions.eu-west-1.cluster.subnetIDs: names too few subnets: a cluster takes two, in two zones",
		},
		"RoleName": {
			"A role is named by its ARN.",
			[]string{"gcp", "aws"},
			[]string{"arn:aws:iam::123456789012:role/eks-node", "eks-node"},
			`settings providers.aws.regions.eu-west-1.cluster.nodeRoleARN: "eks-node" is not allowed; allowed is the ARN of a role`,
		},
		"Everybody": {
			"Nobody administers a cluster but whom IAM names.",
			[]string{"gcp", "aws"},
			[]string{"arn:aws:iam::123456789012:role/admins", "*"},
			`settings providers.aws.regions.eu-west-1.cluster.adminPrincipalARNs[0]: "*" is not allowed; allowed is the ARN of a role or a user`,
		},
		"NodesAdminister": {
			"Whoever is on a machine would administer the cluster, and nodes have an entry of their own, which EKS makes.",
			[]string{"gcp", "aws"},
			[]string{"role/break-glass", "role/eks-node"},
			`settings providers.aws.regions.eu-west-1.cluster.adminPrincipalARNs[1]: "arn:aws:iam::123456789012:role/eks-node" is not allowed: ` +
				`it is the nodes' role`,
		},
		"KeyAlias": {
			"AWS reports a key by its ARN.",
			[]string{"gcp", "aws"},
			[]string{":key/k", ":alias/k"},
			`settings providers.aws.regions.eu-west-1.cluster.kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:alias/k" is not allowed`,
		},
		"ServicesPublicAWS": {
			"Services have addresses that are nobody's on the internet.",
			[]string{"gcp", "aws"},
			[]string{"serviceCIDR: 172.20.0.0/16", "serviceCIDR: 203.0.113.0/24"},
			notMovedAWS + `serviceCIDR: "203.0.113.0/24" is not allowed; allowed is a private IPv4 network of /12 to /24, such as 172.20.0.0/16`,
		},
		"ServicesFewAWS": {
			"EKS takes a range of 256 addresses at least.",
			[]string{"gcp", "aws"},
			[]string{"serviceCIDR: 172.20.0.0/16", "serviceCIDR: 172.20.0.0/25"},
			notMovedAWS + `serviceCIDR: "172.20.0.0/25" is not allowed`,
		},
		"ServicesWordAWS": {
			"A word is no network.",
			[]string{"gcp", "aws"},
			[]string{"serviceCIDR: 172.20.0.0/16", "serviceCIDR: services"},
			notMovedAWS + `serviceCIDR: "services" is not allowed`,
		},
		"AddonMinor": {
			"Add-ons have versions by the minor of the nodes.",
			[]string{"gcp", "aws"},
			[]string{`{"1.36": {`, `{"latest": {`},
			"settings platform-staging: data.providers.aws.regions.eu-west-1.cluster.addonVersions.latest: is no minor version of Kubernetes",
		},
		"AddonName": {
			"A misspelt add-on would get no version, and nobody would see.",
			[]string{"gcp", "aws"},
			[]string{"coredns: v1", "coredn: v1"},
			"settings platform-staging: data.providers.aws.regions.eu-west-1.cluster.addonVersions.1.36.coredn: unknown field; did you mean",
		},
		"VersionEndedAWS": {
			"A version without support is made no more on AWS, too.",
			[]string{"gcp", "aws", "1.35", "1.34"},
			nil,
			`spec.cluster.version: "1.34" is not offered for kubernetes on aws; allowed are 1.35, 1.36`,
		},
		"SubnetAzure": {
			"A name is no subnet.",
			[]string{"gcp", "azure"},
			[]string{netAzure + "Microsoft.Network/virtualNetworks/prod/subnets/aks", "aks"},
			notMovedAzure + `subnetID: "aks" is not allowed; allowed is the id of a subnet`,
		},
		"IdentityAzure": {
			"A principal is no identity.",
			[]string{"gcp", "azure"},
			[]string{"Microsoft.ManagedIdentity/userAssignedIdentities/aks", "Microsoft.Network/privateDnsZones/aks"},
			notMovedAzure + `identityID: "`,
		},
		"KeyAzure": {
			"AKS takes one version of a key.",
			[]string{"gcp", "azure"},
			[]string{"keys/clusters/1", "keys/clusters"},
			notMovedAzure + `kmsKeyID: "https://prod.vault.azure.net/keys/clusters" is not allowed; allowed is the id of a key with its version`,
		},
		"OutboundAzure": {
			"AKS makes no gateway in a subnet of the platform's.",
			[]string{"gcp", "azure"},
			[]string{"userDefinedRouting", "managedNATGateway"},
			notMovedAzure + `outboundType: "managedNATGateway" is not allowed; allowed are loadBalancer, userAssignedNATGateway, userDefinedRouting`,
		},
		"PodsAzure": {
			"Pods and services have addresses apart.",
			[]string{"gcp", "azure"},
			[]string{"podCIDR: 10.200.0.0/16", "podCIDR: 172.16.0.0/12"},
			notMovedAzure + `podCIDR: "172.16.0.0/12" is not allowed, since it overlaps "172.21.0.0/16", the range of services`,
		},
		"PodsHostAzure": {
			"A network has no bits of a host.",
			[]string{"gcp", "azure"},
			[]string{"podCIDR: 10.200.0.0/16", "podCIDR: 10.200.0.1/16"},
			notMovedAzure + `podCIDR: "10.200.0.1/16" is not allowed; allowed is an IPv4 network of /8 to /22`,
		},
		"ServicesAzure": {
			"The range of services is narrower than a /12.",
			[]string{"gcp", "azure"},
			[]string{"serviceCIDR: 172.21.0.0/16", "serviceCIDR: 172.16.0.0/12"},
			notMovedAzure + `serviceCIDR: "172.16.0.0/12" is not allowed; allowed is an IPv4 network of /13 to /26`,
		},
		"ZonePublicAzure": {
			"A public endpoint has its name elsewhere.",
			[]string{"gcp", "azure"},
			[]string{"podCIDR: ", "authorizedNetworks: [203.0.113.0/24]\n            podCIDR: "},
			notMovedAzure + "privateDNSZoneID: is of a private cluster, and settings providers.azure.regions.westeurope.cluster.authorizedNetworks" +
				" makes a public endpoint",
		},
		"AuthorizedPrivateAzure": {
			"No private network reaches a public endpoint.",
			[]string{"gcp", "azure"},
			[]string{openAzure[0], strings.Replace(openAzure[1], "203.0.113.0/24", "10.0.0.0/8", 1)},
			notMovedAzure + `authorizedNetworks[0]: "10.0.0.0/8" is not allowed on azure, whose public endpoint private networks do not reach`,
		},
		"AuthorizedWorldAzure": {
			"The world reaches nothing.",
			[]string{"gcp", "azure"},
			[]string{openAzure[0], strings.Replace(openAzure[1], "203.0.113.0/24", "0.0.0.0/0", 1)},
			notMovedAzure + `authorizedNetworks[0]: "0.0.0.0/0" is not allowed`,
		},
		"VersionEndedAzure": {
			"A version without support is made no more on Azure, too.",
			[]string{"gcp", "azure", "1.35", "1.34"},
			nil,
			`spec.cluster.version: "1.34" is not offered for kubernetes on azure; allowed are 1.35, 1.36`,
		},
		"DeleteProd": {
			"A cluster in prod is not deleted by an edit.",
			[]string{"env: staging", "deletionPolicy: Delete\n  env: prod"},
			nil,
			`spec.deletionPolicy: "Delete" is refused in prod, where a cluster outlives its claim`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec, settings := strings.NewReplacer(tc.spec...).Replace(specCluster), strings.NewReplacer(tc.settings...).Replace(settingsCluster)
			if spec == specCluster && settings == settingsCluster {
				t.Fatal("nothing to edit")
			}
			rsp := run(t, request(t, xrHead+spec, settings, nil))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if n := len(rsp.GetDesired().GetResources()); n != 0 {
				t.Errorf("\n%s\n%d resources beside a fatal result", tc.reason, n)
			}
		})
	}
}

// TestClusterNodes holds how many nodes a claim comes to: one meaning, in all zones together.
func TestClusterNodes(t *testing.T) {
	t.Parallel()
	three := []any{"europe-west1-b", "europe-west1-c", "europe-west1-d"}
	const whole = "{version: \"1.35\", highAvailability: true, nodes: {min: 3, max: 9}}"
	cases := map[string]struct {
		reason, cluster, env string
		zones                string // "" for those of settingsCluster
		least, most, born    float64
		in                   any
	}{
		"DefaultProd": {"Three zones have a node each, and room for as many again.", "{}", "prod", "", 3, 6, 1, three},
		"DefaultDev":  {"One is enough to try things on.", "{}", "dev", "", 1, 3, 1, []any{"europe-west1-b"}},
		"Claimed":     {"The claim counts in all zones together.", "{highAvailability: true, nodes: {min: 6, max: 12}}", "dev", "", 6, 12, 2, three},
		"LeastAlone":  {"More than the default's most takes the most along.", "{nodes: {min: 5}}", "dev", "", 5, 5, 5, []any{"europe-west1-b"}},
		"MostAlone":   {"Less than the default's least takes the least along.", "{nodes: {max: 1}}", "dev", "", 1, 1, 1, []any{"europe-west1-b"}},
		"NoZones":     {"Google spreads the nodes over three zones where none is named.", "{nodes: {min: 1, max: 2}}", "dev", "zones: []", 1, 3, 1, nil},
		"NoZonesProd": {"Google chooses three zones.", "{}", "prod", "zones: []", 3, 6, 1, nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := settingsCluster
			if tc.zones != "" {
				settings = strings.Replace(settings, "zones: [europe-west1-b, europe-west1-c, europe-west1-d]", tc.zones, 1)
			}
			l := aliveCluster(t, "gcp", settings, whole, tc.cluster, "env: staging", "env: "+tc.env)
			rsp := l.run(t)
			got := flat(nodes(rsp))
			born, _ := object.Number(rsp.GetDesired().GetResources()[keyNodes].GetResource(), "spec", "initProvider", "initialNodeCount")
			is := []any{got["autoscaling.totalMinNodeCount"], got["autoscaling.totalMaxNodeCount"], born, got["nodeLocations"]}
			if diff := cmp.Diff([]any{tc.least, tc.most, tc.born, tc.in}, is); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
