package multiclouddb

// openAWS are edits of the settings by which a cluster has a public endpoint.
var openAWS = []string{"serviceCIDR: ", "authorizedNetworks: [203.0.113.0/24]\n            serviceCIDR: "}

const notMovedAWS = "settings providers.aws.regions.eu-west-1.cluster."

// clusterEditsAWS are the edits of a cluster on AWS.
var clusterEditsAWS = []clusterEdit{
	{
		reason: "Nothing is ever moved.", name: "Region", provider: "aws", edit: []string{"eu-west", "eu-central"},
		refused: `spec.region: "eu-west-1" cannot become "eu-central-1" on a live cluster`,
	},
	{
		reason: "Another cloud has another cluster.", name: "Provider", provider: "aws", edit: []string{"aws", "gcp"},
		refused: `spec.provider: "aws" cannot become "gcp" on a live cluster`,
	},
	{
		reason: "A cluster is no cache.", name: "Type", provider: "aws",
		edit:    []string{"type: cluster", "type: cache", `cluster: {version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}`, "cache: {}"},
		refused: `spec.type: "cluster" cannot become "cache" on a live cluster`,
	},
	{
		reason: "Whose a cluster is stands in its name.", name: "Project", provider: "aws", edit: []string{"project: shop", "project: other"},
		refused: `spec.project: "shop" cannot become "other" on a live cluster`,
	},
	{
		reason: "The env decides on how a cluster is protected.", name: "Env", provider: "aws", edit: []string{"env: staging", "env: dev"},
		refused: `spec.env: "staging" cannot become "dev" on a live cluster`,
	},
	{
		reason: "Another cluster is no edit.", name: "ExternalName", provider: "aws",
		edit: []string{"  region", "  externalName: other\n  region"}, refused: "spec.externalName: ",
	},

	{
		reason: "A network is for good.", name: "Subnets", provider: "aws", settings: []string{"[subnet-a, subnet-b, subnet-c]", "[subnet-x, subnet-y, subnet-z]"},
		refused: notMovedAWS + `subnetIDs: "subnet-a,subnet-b,subnet-c" cannot become "subnet-x,subnet-y,subnet-z" on a live cluster`,
	},
	{
		reason: "The control plane gets a subnet that comes to its own, and the nodes stay in theirs.", name: "SubnetMore", provider: "aws",
		settings: []string{"[subnet-a, subnet-b, subnet-c]", "[subnet-a, subnet-b, subnet-c, subnet-d]"},
		want:     map[string]any{"vpcConfig.subnetIds": []any{"subnet-a", "subnet-b", "subnet-c", "subnet-d"}},
	},
	{
		reason: "A subnet that is gone from the list changes nothing.", name: "SubnetLess", provider: "aws",
		settings: []string{"[subnet-a, subnet-b, subnet-c]", "[subnet-a, subnet-b]"},
	},
	{
		reason: "A list that is gone changes nothing.", name: "SubnetsGone", provider: "aws",
		settings: []string{"            subnetIDs: [subnet-a, subnet-b, subnet-c]\n", ""},
	},
	{
		reason: "The range of services is for good.", name: "Services", provider: "aws", settings: []string{"172.20.0.0/16", "172.21.0.0/16"},
		refused: notMovedAWS + `serviceCIDR: "172.20.0.0/16" cannot become "172.21.0.0/16"`,
	},
	{
		reason: "The control plane would be made anew.", name: "Role", provider: "aws", settings: []string{"role/eks-cluster", "role/other"},
		refused: notMovedAWS + `clusterRoleARN: "arn:aws:iam::123456789012:role/eks-cluster" cannot become`,
	},
	{
		reason: "The nodes would be made anew.", name: "NodeRole", provider: "aws", settings: []string{"role/eks-node", "role/other"},
		refused: notMovedAWS + `nodeRoleARN: "arn:aws:iam::123456789012:role/eks-node" cannot become`,
	},
	{
		reason: "A role that is gone stays in force.", name: "NodeRoleGone", provider: "aws",
		settings: []string{"            nodeRoleARN: arn:aws:iam::123456789012:role/eks-node\n", ""},
	},
	{
		reason: "What another key encrypted is read by that alone.", name: "Key", provider: "aws", settings: []string{":key/k", ":key/other"},
		refused: notMovedAWS + `kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/k" cannot become`,
	},
	{
		reason: "A key that is gone stays in force.", name: "KeyGone", provider: "aws",
		settings: []string{"            kmsKeyID: arn:aws:kms:eu-west-1:123456789012:key/k\n", ""},
	},

	{
		reason: "The groups of the control plane change in place.", name: "Groups", provider: "aws", settings: []string{"[sg-1]", "[sg-2]"},
		want: map[string]any{"vpcConfig.securityGroupIds": []any{"sg-2"}},
	},
	{
		reason: "Groups that are gone stay in force.", name: "GroupsGone", provider: "aws", settings: []string{"            securityGroupIDs: [sg-1]\n", ""},
	},
	{
		reason: "The public endpoint is opened to networks that the settings name, and to none else.", name: "Authorized", provider: "aws",
		settings: []string{"serviceCIDR: ", "authorizedNetworks: [203.0.113.0/24]\n            serviceCIDR: "},
		want:     map[string]any{"vpcConfig.endpointPublicAccess": true, "vpcConfig.publicAccessCidrs": []any{"203.0.113.0/24"}},
	},
	{
		reason: "A list of nobody closes it.", name: "AuthorizedNobody", provider: "aws", made: openAWS,
		settings: []string{"serviceCIDR: ", "authorizedNetworks: []\n            serviceCIDR: "},
		want:     map[string]any{"vpcConfig.endpointPublicAccess": false, "vpcConfig.publicAccessCidrs": nil},
	},
	{
		reason: "A list that is gone changes nothing.", name: "AuthorizedGone", provider: "aws", made: openAWS, settings: []string{"none", "none"},
	},
	{
		reason: "A range that is gone stays the cluster's.", name: "ServicesGone", provider: "aws",
		settings: []string{"            serviceCIDR: 172.20.0.0/16\n", ""},
	},
	{
		reason: "And so does the role of the control plane.", name: "RoleGone", provider: "aws",
		settings: []string{"            clusterRoleARN: arn:aws:iam::123456789012:role/eks-cluster\n", ""},
	},
	{
		reason: "The world reaches nothing.", name: "AuthorizedWorld", provider: "aws",
		settings: []string{"serviceCIDR: ", "authorizedNetworks: [0.0.0.0/0]\n            serviceCIDR: "},
		refused:  notMovedAWS + `authorizedNetworks[0]: "0.0.0.0/0" is not allowed`,
	},
	{
		reason: "No private network reaches a public endpoint.", name: "AuthorizedPrivate", provider: "aws",
		settings: []string{"serviceCIDR: ", "authorizedNetworks: [10.0.0.0/8]\n            serviceCIDR: "},
		refused:  notMovedAWS + `authorizedNetworks[0]: "10.0.0.0/8" is not allowed on aws, whose public endpoint private networks do not reach`,
	},

	{
		reason: "The control plane goes first, and the nodes wait for it.", name: "Version", provider: "aws", edit: []string{"1.35", "1.36"},
		want: map[string]any{"version": "1.36"},
	},
	{
		reason: "Two minors ahead no cloud goes.", name: "VersionTwo", provider: "aws", edit: []string{"1.35", "1.37"},
		refused: `spec.cluster.version: "1.37" is more than one minor ahead of "1.35"`,
	},
	{
		reason: "A control plane never goes back.", name: "VersionOlder", provider: "aws", edit: []string{"1.35", "1.34"}, unrecorded: true,
		refused: `spec.cluster.version: "1.35" cannot become "1.34" on a live cluster`,
	},
	{reason: "To say no version asks for nothing else.", name: "VersionUnsaid", provider: "aws", edit: []string{`version: "1.35", `, ""}},
	{
		reason: "Other bounds are said with as many nodes as there are.", name: "Nodes", provider: "aws", edit: []string{"min: 3, max: 9", "min: 6, max: 12"},
		nodes: map[string]any{"scalingConfig.minSize": 6.0, "scalingConfig.maxSize": 12.0, "scalingConfig.desiredSize": 6.0},
	},
	{
		reason: "Without high availability one node is away at a time.", name: "Alone", provider: "aws",
		edit:  []string{"highAvailability: true", "highAvailability: false"},
		nodes: map[string]any{"updateConfig.maxUnavailable": 1.0, "updateConfig.maxUnavailablePercentage": nil},
	},
	{
		reason: "With it a third of them.", name: "Available", provider: "aws",
		from: []string{"highAvailability: true", "highAvailability: false"}, edit: []string{"highAvailability: false", "highAvailability: true"},
		nodes: map[string]any{"updateConfig.maxUnavailable": nil, "updateConfig.maxUnavailablePercentage": 33.0},
	},
	{reason: "The step that sizes writes the machines.", name: "Profile", provider: "aws", edit: []string{"medium", "large"}},
}
