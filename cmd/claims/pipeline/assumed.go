package pipeline

import (
	"fmt"
	"maps"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// assumedRegion is where claims are that name no region, where nobody gives the settings.
const assumedRegion = "eu-west"

// mostParts are more than the name of an identity has between its slashes.
const mostParts = 12

// Assumed are settings for who has none to give. They say what every platform has to say, and
// let in whoever may be of the platform's own accounts, which nobody knows here. What a
// platform may allow beside that is not allowed. What is composed by them is to be judged only.
func Assumed() []map[string]any {
	providers := map[string]any{}
	for _, provider := range cloud.Providers {
		said := map[string]any{"region": assumedRegion, "bucketNameSalt": "assumed"}
		if assumedCluster[provider] != nil {
			said["regions"] = assumedClusters(provider)
		}
		if provider == cloud.GCP {
			said["projectID"] = "assumed-project"
		}
		providers[provider] = said
	}
	var principals []any
	for parts := range mostParts {
		principals = append(principals, "*"+strings.Repeat("/*", parts))
	}
	policy := map[string]any{"requireNetwork": false, "allowed": map[string]any{"principals": principals}}
	var out []map[string]any
	for _, env := range claim.Envs {
		out = append(out, map[string]any{
			"apiVersion": "apiextensions.crossplane.io/v1beta1",
			"kind":       "EnvironmentConfig",
			"metadata":   map[string]any{"name": "platform-" + env},
			"data":       map[string]any{"providers": providers, "policy": policy},
		})
	}
	return out
}

// assumedRole is a role of AWS, or who takes it on.
const assumedRole = "arn:aws:iam::000000000000:role/assumed"

// assumedGroup begins the id of what is in a resource group of Azure.
const assumedGroup = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/assumed/providers/"

// assumedCluster is what a region has for clusters, which are made nowhere without.
var assumedCluster = map[string]map[string]any{
	cloud.GCP: {
		"network": "assumed", "subnetwork": "assumed", "podsRange": "pods", "servicesRange": "services",
		"nodeServiceAccount": "assumed@assumed-project.iam.gserviceaccount.com",
	},
	cloud.AWS: {
		"subnetIDs": []any{"subnet-a", "subnet-b", "subnet-c"}, "clusterRoleARN": assumedRole, "nodeRoleARN": assumedRole,
		"adminPrincipalARNs": []any{assumedRole + "-of-people"},
	},
	cloud.Azure: {
		"subnetID":      assumedGroup + "Microsoft.Network/virtualNetworks/assumed/subnets/assumed",
		"identityID":    assumedGroup + "Microsoft.ManagedIdentity/userAssignedIdentities/assumed",
		"adminGroupIDs": []any{"00000000-0000-0000-0000-000000000000"},
	},
	cloud.IBM: {"vpcID": "assumed"},
}

// assumedZones are the zones of a region of IBM Cloud, which are named after it, with a subnet each.
func assumedZones(region string) []any {
	var out []any
	for i := range 3 {
		out = append(out, map[string]any{"name": fmt.Sprintf("%s-%d", region, i+1), "subnetID": fmt.Sprintf("subnet-%d", i+1)})
	}
	return out
}

// assumedClusters are what each region of a cloud has for clusters.
func assumedClusters(provider string) map[string]any {
	regions := map[string]any{}
	for _, region := range cloud.OwnRegions(provider) {
		of := maps.Clone(assumedCluster[provider])
		if provider == cloud.IBM {
			of["zones"] = assumedZones(region)
		}
		regions[region] = map[string]any{"cluster": of}
	}
	return regions
}
