package main

import (
	"cmp"
	"fmt"
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

// consumerGCP is the user: an instance has no password of its own.
//
//nolint:gochecknoglobals // A table.
var consumerGCP = consumer{key: keyUser, ref: "passwordSecretRef", published: []string{"password", "attribute.password"}}

// serverCA is the key of the server's CA in the instance's connection secret.
const serverCA = "serverCACertificateCert"

func composeGCP(d *database) (map[string]*structpb.Struct, error) {
	engine := d.claim.Database.Engine
	instance := d.managed(keyInstance, kindDatabaseInstance, d.name, d.instanceGCP())
	object.Set(instance, d.publishedAs(keyInstance), "spec", "writeConnectionSecretToRef") // the server's CA
	if d.adopted() {
		if err := d.refusePSC(); err != nil {
			return nil, err
		}
		d.takeOver(instance)
		return map[string]*structpb.Struct{keyInstance: instance}, nil // with the databases and users it has
	}
	user := object.Map{
		"instance": d.name,
		// A user that owns objects cannot be dropped: it goes with its instance.
		"deletionPolicy": "ABANDON",
	}
	d.givePassword(user)
	if engine == cloud.MySQL {
		user["host"] = "%" // PostgreSQL users have no host
	}
	return map[string]*structpb.Struct{
		keyInstance: instance,
		keyDatabase: d.within(keyDatabase, kindDatabase, d.claim.Database.Name, object.Map{
			"instance":       d.name,
			"deletionPolicy": "ABANDON",
		}),
		keyUser: d.within(keyUser, kindUser, login, user),
	}, nil
}

// within is a managed resource of what is inside the instance, and goes with it. The
// provider looks for it before it lets a managed resource go, and cannot once the
// instance is gone; one that is to outlive its managed resource it does not look for.
func (d *database) within(key string, kind managed.Kind, externalName string, body object.Map) *structpb.Struct {
	policy := d.policy
	defer func() { d.policy = policy }()
	d.policy.orphan = true
	return d.managed(key, kind, externalName, body)
}

func (d *database) instanceGCP() object.Map {
	mysql := d.claim.Database.Engine == cloud.MySQL
	version := "POSTGRES_" + d.engineVersion()
	if mysql {
		version = "MYSQL_" + strings.ReplaceAll(d.engineVersion(), ".", "_")
	}
	availability := "ZONAL"
	if d.policy.highAvailability {
		availability = "REGIONAL"
	}

	backup := object.Map{
		"enabled":   true,
		"startTime": "02:00",
		"location":  optional(d.region), // Cloud SQL would choose a continent, which may be another one
		"backupRetentionSettings": object.Map{
			"retentionUnit":   "COUNT", // one backup a day, so a count of days
			"retainedBackups": d.policy.retentionDays,
		},
		"transactionLogRetentionDays": d.logDaysGCP(),
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
		"ipConfiguration":           d.ipGCP(),
		"connectorEnforcement":      "NOT_REQUIRED", // left out, it stays as it was
	}
	if d.network.Network == "" {
		settings["connectorEnforcement"] = "REQUIRED"
	}
	d.lastBackups(settings)
	return object.Map{
		"region":             d.region,
		"databaseVersion":    d.asThere(version, d.at("databaseVersion")),
		"deletionProtection": d.policy.protected, // true where it is unset
		"encryptionKeyName":  optional(d.network.KMSKeyID),
		"settings":           settings,
	}
}

// lastBackups are those that outlive the instance. An adopted one keeps what it has.
func (d *database) lastBackups(settings object.Map) {
	retain, final, days := d.policy.keepBackups, d.policy.keepBackups, finalBackupDays
	if d.adopted() {
		there := object.Struct(d.observedObject(keyInstance), "status", "atProvider", "settings")
		retained, _ := object.Bool(there, "retainBackupsOnDelete")
		finally, _ := object.Bool(there, "finalBackupConfig", "enabled")
		retain, final = retain || retained, final || finally
		days = max(days, d.atNumber("settings", "finalBackupConfig", "retentionDays"))
	}
	settings["retainBackupsOnDelete"] = retain
	if final {
		settings["finalBackupConfig"] = object.Map{"enabled": true, "retentionDays": days}
	}
}

// logDaysGCP is how long logs are kept: as long as the backups, which Cloud SQL wants
// at least, as far as the edition does. What an adopted instance of another edition has
// is no less.
func (d *database) logDaysGCP() int {
	days := maxLogDays
	if d.adopted() {
		days = max(days, d.atNumber("settings", "backupConfiguration", "transactionLogRetentionDays"))
	}
	return min(d.policy.retentionDays, days)
}

// refusePSC refuses to manage an instance that is reached by Private Service
// Connect: what the provider reports of it cannot be written back, and what is not
// written is reset.
func (d *database) refusePSC() error {
	psc := object.Get(d.observedObject(keyInstance), "status", "atProvider", "settings", "ipConfiguration", "pscConfig")
	for _, v := range psc.GetListValue().GetValues() {
		if enabled, _ := object.Bool(v.GetStructValue(), "pscEnabled"); enabled {
			return fmt.Errorf("spec.adopt: %q is refused for %s, which is reached by Private Service Connect, and would lose it; set it to \"Observe\"", manage, d.name)
		}
	}
	return nil
}

// ipGCP is a private address on the platform's network. Without a network the
// public address is there, since an instance needs one, but no network may reach
// it and only Cloud SQL's own connectors, which authenticate by IAM, get in.
func (d *database) ipGCP() object.Map {
	return object.Map{
		"ipv4Enabled":    d.network.Network == "",
		"privateNetwork": optional(d.network.Network),
		"sslMode":        "ENCRYPTED_ONLY",
	}
}

// keepGCP keeps key and network. A network can be added to a live instance, which
// closes its public address, but not changed.
func keepGCP(d *database) (err error) {
	if d.network.KMSKeyID, err = d.keep(d.network.KMSKeyID, d.regional("kmsKeyID"), "encryptionKeyName"); err != nil {
		return err
	}
	d.network.Network = cmp.Or(d.network.Network, d.settings.Network)
	network := []string{"settings", "ipConfiguration", "privateNetwork"}
	if d.network.Network == "" || object.String(d.live(), network...) != "" {
		d.network.Network, err = d.keep(d.network.Network, "network", network...)
	}
	return err
}

func observeGCP(d *database) (*structpb.Struct, error) {
	return d.look(kindDatabaseInstance, object.Map{"region": d.region}), nil
}

func factsGCP(d *database) facts {
	engine, _ := engineGCP(d.at("databaseVersion"))
	return facts{
		engine:           engine,
		version:          versionGCP(d),
		region:           d.at("region"),
		storageGiB:       d.atNumber("settings", "diskSize"),
		highAvailability: d.at("settings", "availabilityType") == "REGIONAL",
		retentionDays:    d.atNumber("settings", "backupConfiguration", "backupRetentionSettings", "retainedBackups"),
	}
}

func remarkGCP(d *database) (reason, message string) {
	if d.network.Network != "" {
		return "", ""
	}
	return d.noNetwork("network", "the public address that the database has lets no network in, only Cloud SQL's own connectors, which authenticate by IAM")
}

// protectedGCP looks at both protections, of which Cloud SQL has the second alone.
func protectedGCP(d *database) bool {
	byProvider, _ := object.Bool(d.live(), "deletionProtection")
	atCloud, _ := object.Bool(d.live(), "settings", "deletionProtectionEnabled")
	return byProvider || atCloud
}

// engineGCP reads a word such as POSTGRES_17 or MYSQL_8_4.
func engineGCP(word string) (engine, version string) {
	engine, version, _ = strings.Cut(strings.ToLower(word), "_")
	return engine, strings.ReplaceAll(version, "_", ".")
}

func versionGCP(d *database) string {
	_, version := engineGCP(d.at("databaseVersion"))
	return claimed(d.claim.Database.Engine, version)
}

func connectionGCP(d *database) connection {
	host := d.at("privateIpAddress")
	if host == "" && d.network.Network == "" {
		host = d.at("publicIpAddress")
	}
	return d.newConnection(host, d.observed[keyInstance].GetConnectionDetails()[serverCA])
}
