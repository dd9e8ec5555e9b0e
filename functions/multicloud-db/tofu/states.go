package tofu

import "github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"

// States are those of an instance in IBM Cloud's resource controller: of a database, and of
// the service instance that a bucket is in. Source: the constants of
// IBM-Cloud/terraform-provider-ibm (ibm/service/database/resource_ibm_database.go). A
// Workspace whose module is older than the output says none.
var States = lifecycle.States{
	Reports: "IBM Cloud reports",
	At:      []string{"outputs", "status"},
	Words: map[lifecycle.State][]string{
		lifecycle.Serving: {"active"},
		lifecycle.Coming:  {"in progress", "provisioning"},
		lifecycle.Going:   {"pending_reclamation", "removed"},
		lifecycle.Stopped: {"inactive"},
		lifecycle.Failed:  {"failed"},
	},
}
