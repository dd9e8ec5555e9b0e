package multiclouddb

import "strings"

const (
	notMovedAzure = "settings providers.azure.regions.westeurope.cluster."
	netAzure      = "/subscriptions/s/resourceGroups/rg-net/providers/"
	poolAzure     = "defaultNodePool."
)

// openAzure are edits of the settings by which new clusters have a public endpoint.
var openAzure = []string{
	"            privateDNSZoneID: " + netAzure + "Microsoft.Network/privateDnsZones/privatelink.westeurope.azmk8s.io\n",
	"            authorizedNetworks: [203.0.113.0/24]\n",
}

// balancedAzure is an edit of the settings by which nodes leave by the cluster's own load balancer.
var balancedAzure = []string{"            outboundType: userDefinedRouting\n", ""}

// clusterEditsAzure are the edits of a cluster on Azure.
var clusterEditsAzure = []clusterEdit{
	{
		reason: "Nothing is ever moved.", name: "Region", provider: "azure", edit: []string{"eu-west", "eu-central"},
		refused: `spec.region: "westeurope" cannot become "germanywestcentral" on a live cluster`,
	},
	{
		reason: "Another cloud has another cluster.", name: "Provider", provider: "azure", edit: []string{"azure", "aws"},
		refused: `spec.provider: "azure" cannot become "aws" on a live cluster`,
	},
	{
		reason: "A cluster is no cache.", name: "Type", provider: "azure",
		edit:    []string{"type: cluster", "type: cache", `cluster: {version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}`, "cache: {}"},
		refused: `spec.type: "cluster" cannot become "cache" on a live cluster`,
	},
	{
		reason: "Whose a cluster is stands in its name.", name: "Project", provider: "azure", edit: []string{"project: shop", "project: other"},
		refused: `spec.project: "shop" cannot become "other" on a live cluster`,
	},
	{
		reason: "The env decides on how a cluster is protected.", name: "Env", provider: "azure", edit: []string{"env: staging", "env: dev"},
		refused: `spec.env: "staging" cannot become "dev" on a live cluster`,
	},
	{
		reason: "Another cluster is no edit.", name: "ExternalName", provider: "azure",
		edit: []string{"  region", "  externalName: other\n  region"}, refused: "spec.externalName: ",
	},

	{
		reason: "A resource group is for good.", name: "Group", provider: "azure", settings: []string{"resourceGroup: rg-prod", "resourceGroup: rg-other"},
		refused: `settings providers.azure.resourceGroup: "rg-prod" cannot become "rg-other"`,
	},
	{
		reason: "In another subnet the pool would be another.", name: "Subnet", provider: "azure", settings: []string{"subnets/aks", "subnets/other"},
		refused: notMovedAzure + `subnetID: "` + netAzure + `Microsoft.Network/virtualNetworks/prod/subnets/aks" cannot become`,
	},
	{
		reason: "The name of the API server is in its zone for good.", name: "Zone", provider: "azure",
		settings: []string{"privatelink.westeurope.azmk8s.io", "other.privatelink.westeurope.azmk8s.io"}, refused: notMovedAzure + `privateDNSZoneID: "`,
	},
	{
		reason: "The range of pods is for good.", name: "Pods", provider: "azure", settings: []string{"10.200.0.0/16", "10.201.0.0/16"},
		refused: notMovedAzure + `podCIDR: "10.200.0.0/16" cannot become "10.201.0.0/16"`,
	},
	{
		reason: "The range of services is for good.", name: "Services", provider: "azure", settings: []string{"172.21.0.0/16", "172.22.0.0/16"},
		refused: notMovedAzure + `serviceCIDR: "172.21.0.0/16" cannot become "172.22.0.0/16"`,
	},
	{
		reason: "The way out of the nodes stays.", name: "Outbound", provider: "azure", settings: []string{"userDefinedRouting", "userAssignedNATGateway"},
		refused: notMovedAzure + `outboundType: "userDefinedRouting" cannot become "userAssignedNATGateway"`,
	},
	{
		reason: "A range that is gone changes nothing.", name: "PodsGone", provider: "azure", settings: []string{"            podCIDR: 10.200.0.0/16\n", ""},
	},
	{
		reason: "The disks have their key for good.", name: "Disks", provider: "azure", settings: []string{"diskEncryptionSets/aks", "diskEncryptionSets/other"},
		refused: notMovedAzure + `diskEncryptionSetID: "`,
	},
	{
		reason: "What another key encrypted is read by that alone.", name: "Key", provider: "azure", settings: []string{"keys/clusters/1", "keys/others/1"},
		refused: notMovedAzure + `kmsKeyID: "https://prod.vault.azure.net/keys/clusters/1" cannot become`,
	},
	{
		reason: "A key that is gone stays in force.", name: "KeyGone", provider: "azure",
		settings: []string{"            kmsKeyID: https://prod.vault.azure.net/keys/clusters/1\n", ""},
	},

	{
		reason: "The identity of the control plane changes in place.", name: "Identity", provider: "azure",
		settings: []string{"userAssignedIdentities/aks", "userAssignedIdentities/other"},
		want:     map[string]any{"identity.identityIds": []any{netAzure + "Microsoft.ManagedIdentity/userAssignedIdentities/other"}},
	},
	{
		reason: "An identity that is gone stays in force.", name: "IdentityGone", provider: "azure",
		settings: []string{"            identityID: " + netAzure + "Microsoft.ManagedIdentity/userAssignedIdentities/aks\n", ""},
	},
	{
		reason: "Who administers a cluster follows the settings.", name: "Groups", provider: "azure",
		settings: []string{strings.Repeat("1", 8) + "-", "33333333-"},
		want: map[string]any{
			"azureActiveDirectoryRoleBasedAccessControl.adminGroupObjectIds": []any{"33333333-1111-1111-1111-111111111111"},
		},
	},
	{
		reason: "Whose groups they are stays.", name: "Tenant", provider: "azure", settings: []string{"22222222-", "44444444-"},
	},
	{
		reason: "A list of nobody takes no administrator away.", name: "GroupsNobody", provider: "azure",
		settings: []string{"[11111111-1111-1111-1111-111111111111]", "[]"},
	},
	{
		reason: "A list that is gone changes nothing.", name: "GroupsGone", provider: "azure",
		settings: []string{"            adminGroupIDs: [11111111-1111-1111-1111-111111111111]\n", ""},
	},
	{
		reason: "A name is no group.", name: "GroupsNamed", provider: "azure", settings: []string{"[11111111-1111-1111-1111-111111111111]", "[admins]"},
		refused: notMovedAzure + `adminGroupIDs[0]: "admins" is not allowed`,
	},
	{
		reason: "A private cluster stays private.", name: "Public", provider: "azure",
		settings: []string{"podCIDR: ", "authorizedNetworks: [203.0.113.0/24]\n            podCIDR: "},
	},

	{
		reason: "One with a public endpoint keeps that, and whom it lets in.", name: "Private", provider: "azure",
		made: openAzure, settings: []string{"none", "none"},
	},
	{
		reason: "A subnet and a zone that are gone from the settings stay the cluster's.", name: "NetworkGone", provider: "azure",
		settings: []string{
			"            subnetID: " + netAzure + "Microsoft.Network/virtualNetworks/prod/subnets/aks\n", "", openAzure[0], "",
			"            outboundType: userDefinedRouting\n", "", "            serviceCIDR: 172.21.0.0/16\n", "",
		},
	},
	{
		reason: "The control plane goes first, and the nodes wait for it.", name: "Version", provider: "azure", edit: []string{"1.35", "1.36"},
		want: map[string]any{"kubernetesVersion": "1.36"},
	},
	{
		reason: "Two minors ahead no cloud goes.", name: "VersionTwo", provider: "azure", edit: []string{"1.35", "1.37"},
		refused: `spec.cluster.version: "1.37" is more than one minor ahead of "1.35"`,
	},
	{
		reason: "A control plane never goes back.", name: "VersionOlder", provider: "azure", edit: []string{"1.35", "1.34"}, unrecorded: true,
		refused: `spec.cluster.version: "1.35" cannot become "1.34" on a live cluster`,
	},
	{reason: "To say no version asks for nothing else.", name: "VersionUnsaid", provider: "azure", edit: []string{`version: "1.35", `, ""}},
	{
		reason: "The bounds of the autoscaler change in place.", name: "Nodes", provider: "azure", edit: []string{"min: 3, max: 9", "min: 6, max: 12"},
		want: map[string]any{poolAzure + "minCount": 6.0, poolAzure + "maxCount": 12.0},
	},
	{
		reason: "Without high availability the nodes stay in their zones, since others make the pool anew.", name: "Alone", provider: "azure",
		edit: []string{"highAvailability: true", "highAvailability: false"}, want: map[string]any{poolAzure + "upgradeSettings.maxSurge": "10%"},
	},
	{
		reason: "With it they stay in none, for the same reason.", name: "Available", provider: "azure",
		from: []string{"highAvailability: true", "highAvailability: false"}, edit: []string{"highAvailability: false", "highAvailability: true"},
		want: map[string]any{poolAzure + "upgradeSettings.maxSurge": "33%"},
	},
	{reason: "The step that sizes writes the machines.", name: "Profile", provider: "azure", edit: []string{"medium", "large"}},
}
