package database

import "github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"

// statesAWS are the statuses of an instance of RDS, all of which Upjet calls Ready. Sources:
// Viewing Amazon RDS DB instance status, in the Amazon RDS user guide, and the constants of
// hashicorp/terraform-provider-aws, internal/service/rds/consts.go. RDS serves in those that
// are Changing, but for minutes of a restart.
var statesAWS = lifecycle.States{
	Reports: "RDS reports",
	At:      []string{"status"},
	Words: map[lifecycle.State][]string{
		lifecycle.Serving: {"available"},
		lifecycle.Changing: {
			"backing-up", "configuring-", "converting-to-vpc", "maintenance", "modifying", "moving-to-vpc", "rebooting", "renaming",
			"resetting-master-credentials", "storage-config-upgrade", "storage-initialization", "storage-optimization", "upgrading",
		},
		lifecycle.Coming:  {"creating", "starting"},
		lifecycle.Going:   {"delete-precheck", "deleting"},
		lifecycle.Stopped: {"stopped", "stopping"},
		lifecycle.Failed: {
			"failed", "inaccessible-encryption-credentials", "inaccessible-encryption-credentials-recoverable", "incompatible-",
			"insufficient-capacity", "restore-error", "storage-full",
		},
	},
	Means: map[string]string{
		"storage-full": "its disk is full; a larger spec.database.storageGiB gives it room",
		"inaccessible-encryption-credentials-recoverable": "it cannot use its KMS key; enable the key, and start it within seven days",
		"stopped": "until it is started, RDS refuses every change of it",
	},
}

// statesGCP are the activation policies of an instance of Cloud SQL: the provider tells
// nothing of the instance's own state, such as SUSPENDED or MAINTENANCE. Source: the CRD
// of DatabaseInstance.
var statesGCP = lifecycle.States{
	Reports: "Cloud SQL reports the activationPolicy",
	At:      []string{"settings", "activationPolicy"},
	Words:   map[lifecycle.State][]string{lifecycle.Serving: {"ALWAYS", "ON_DEMAND"}, lifecycle.Stopped: {"NEVER"}},
}
