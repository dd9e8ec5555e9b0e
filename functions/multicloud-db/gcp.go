package main

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

//nolint:gochecknoglobals // Kinds, as the CRDs of provider-gcp name them.
var (
	kindDatabaseInstance = managed.Kind{Group: "sql.gcp", Version: "v1beta2", Kind: "DatabaseInstance"}
	kindDatabase         = managed.Kind{Group: "sql.gcp", Version: "v1beta1", Kind: "Database"}
	kindUser             = managed.Kind{Group: "sql.gcp", Version: "v1beta2", Kind: "User"}
)

// maxLogDays is how long edition ENTERPRISE keeps logs for point-in-time recovery.
const maxLogDays = 7

// finalBackupDays is how long the last backup of a deleted instance is kept.
const finalBackupDays = 30

// serverCA is the key of the server's CA in the instance's connection secret.
const serverCA = "serverCACertificateCert"

func composeGCP(d *database) (map[string]*structpb.Struct, error) {
	engine := d.claim.Database.Engine
	user := object.Map{
		"instance": d.name,
		// A user that owns objects cannot be dropped: it goes with its instance.
		"deletionPolicy":    "ABANDON",
		"passwordSecretRef": managed.SecretRef(d.claim.Namespaced, d.claim.Namespace, d.passwordName(), passwordKey),
	}
	if engine == cloud.MySQL {
		user["host"] = "%" // PostgreSQL users have no host
	}
	instance := d.managed(kindDatabaseInstance, d.name, d.instanceGCP())
	object.Set(instance, d.serverSecretRef(), "spec", "writeConnectionSecretToRef")
	return map[string]*structpb.Struct{
		keyInstance: instance,
		keyDatabase: d.managed(kindDatabase, d.claim.Database.Name, object.Map{
			"instance":       d.name,
			"deletionPolicy": "ABANDON",
		}),
		keyUser: d.managed(kindUser, login, user),
	}, nil
}

func (d *database) instanceGCP() object.Map {
	mysql := d.claim.Database.Engine == cloud.MySQL
	version := "POSTGRES_" + d.version
	if mysql {
		version = "MYSQL_" + strings.ReplaceAll(d.version, ".", "_")
	}
	availability := "ZONAL"
	if d.policy.highAvailability {
		availability = "REGIONAL"
	}

	backup := object.Map{
		"enabled":   true,
		"startTime": "02:00",
		"backupRetentionSettings": object.Map{
			"retentionUnit":   "COUNT", // one backup a day, so a count of days
			"retainedBackups": d.policy.retentionDays,
		},
		"transactionLogRetentionDays": min(d.policy.retentionDays, maxLogDays),
	}
	// High availability needs the engine's own kind of log, and refuses the other.
	if mysql {
		backup["binaryLogEnabled"] = true
	} else {
		backup["pointInTimeRecoveryEnabled"] = true
	}

	settings := object.Map{
		// Unset, PostgreSQL 16 and later get ENTERPRISE_PLUS, which refuses the tiers of ours.
		"edition":                   "ENTERPRISE",
		"availabilityType":          availability,
		"deletionProtectionEnabled": d.policy.protected,
		"backupConfiguration":       backup,
		"retainBackupsOnDelete":     d.policy.keepBackups,
		"ipConfiguration":           d.ipGCP(),
	}
	if d.policy.keepBackups {
		settings["finalBackupConfig"] = object.Map{"enabled": true, "retentionDays": finalBackupDays}
	}
	if d.networkGCP() == "" {
		settings["connectorEnforcement"] = "REQUIRED"
	}
	body := object.Map{
		"region":             d.region,
		"databaseVersion":    version,
		"deletionProtection": d.policy.protected, // true where it is unset
		"encryptionKeyName":  optional(d.network.KMSKeyID),
		"settings":           settings,
	}
	d.stick(body, "encryptionKeyName")
	return body
}

// ipGCP is a private address on the platform's network. Without a network the
// public address is there, since an instance needs one, but no network may reach
// it and only Cloud SQL's own connectors, which authenticate by IAM, get in.
func (d *database) ipGCP() object.Map {
	network := d.networkGCP()
	return object.Map{
		"ipv4Enabled":    network == "",
		"privateNetwork": optional(network),
		"sslMode":        "ENCRYPTED_ONLY",
	}
}

func (d *database) networkGCP() string {
	if d.network.Network != "" {
		return d.network.Network
	}
	if d.settings.Network != "" {
		return d.settings.Network
	}
	// A live instance stays where it is, whatever the settings no longer say.
	return object.String(d.observedObject(keyInstance), "spec", "forProvider", "settings", "ipConfiguration", "privateNetwork")
}

func missingGCP(d *database) string {
	if d.networkGCP() != "" {
		return ""
	}
	return "settings providers.gcp.network"
}

// serverSecretRef has the provider publish the server's CA.
func (d *database) serverSecretRef() object.Map {
	ref := object.Map{"name": d.name + "-server"}
	if !d.claim.Namespaced {
		ref["namespace"] = d.claim.Namespace
	}
	return ref
}

func connectionGCP(d *database) connection {
	host := d.at(keyInstance, "privateIpAddress")
	if host == "" && d.networkGCP() == "" {
		host = d.at(keyInstance, "publicIpAddress")
	}
	return d.newConnection(host, d.observed[keyInstance].GetConnectionDetails()[serverCA])
}
