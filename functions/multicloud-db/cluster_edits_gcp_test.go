package multiclouddb

const notMoved = "settings providers.gcp.regions.europe-west1.cluster."

// clusterEditsGCP are the edits of a cluster on Google Cloud.
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
		reason: "And opened where they come to say so.", name: "DNSOn", provider: "gcp", made: []string{"dnsEndpoint: true", "dnsEndpoint: false"},
		settings: []string{"none", "none"}, want: map[string]any{"controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic": true},
	},
	{
		reason: "A word that is gone changes nothing.", name: "DNSGone", provider: "gcp", settings: []string{"            dnsEndpoint: true\n", ""},
	},
	{
		reason: "Nor does it where the name was closed.", name: "DNSGoneClosed", provider: "gcp", made: []string{"dnsEndpoint: true", "dnsEndpoint: false"},
		settings: []string{"            dnsEndpoint: true\n", ""},
	},
	{
		reason: "A network that is gone from the settings stays the cluster's.", name: "NetworkGone", provider: "gcp",
		settings: []string{
			"            network: projects/acme/global/networks/prod\n", "",
			"            subnetwork: projects/acme/regions/europe-west1/subnetworks/gke\n", "",
		},
	},
	{
		reason: "So do its ranges.", name: "RangesGone", provider: "gcp",
		settings: []string{"            podsRange: pods\n", "", "            servicesRange: services\n", ""},
	},
	{
		reason: "And the account of its nodes.", name: "AccountGone", provider: "gcp",
		settings: []string{"            nodeServiceAccount: nodes@acme-prod.iam.gserviceaccount.com\n", ""},
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
