package cluster

import "github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"

// statesAWS are the statuses of a cluster of EKS, and nodeStatesAWS those of its group of nodes, all
// of which Upjet calls Ready: it does so once there is something at all. Sources: Cluster and
// Nodegroup in the Amazon EKS API reference.
var (
	statesAWS = lifecycle.States{
		Reports: "EKS reports",
		At:      []string{"status"},
		Words: map[lifecycle.State][]string{
			lifecycle.Serving:  {"ACTIVE"},
			lifecycle.Changing: {"UPDATING"},
			lifecycle.Coming:   {"CREATING", "PENDING"},
			lifecycle.Going:    {"DELETING"},
			lifecycle.Failed:   {"FAILED"},
		},
	}
	nodeStatesAWS = lifecycle.States{
		Reports: "EKS reports",
		At:      []string{"status"},
		Words: map[lifecycle.State][]string{
			lifecycle.Serving: {"ACTIVE"},
			lifecycle.Failed:  {"CREATE_FAILED", "DELETE_FAILED", "DEGRADED"},
		},
		Means: map[string]string{
			"CREATE_FAILED": "the node group's health issues say why; once that is mended, the node group has to be deleted to be made anew",
			"DEGRADED":      "the node group's health issues say why",
		},
	}
)
