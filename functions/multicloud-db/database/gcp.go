package database

import (
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds, as the CRDs of provider-gcp name them.
var (
	kindDatabaseInstance = managed.Kind{Group: "sql.gcp", Version: "v1beta2", Kind: "DatabaseInstance", Unfilled: true}
	kindDatabase         = managed.Kind{Group: "sql.gcp", Version: "v1beta1", Kind: "Database"}
	kindUser             = managed.Kind{Group: "sql.gcp", Version: "v1beta2", Kind: "User"}
)

var onGCP = lifecycle.Cloud[Database]{
	Mains:     []lifecycle.Main{mainGCP},
	Kinds:     []managed.Kind{kindDatabase, kindUser},
	Beside:    credential.Part,
	Compose:   composeGCP,
	Connect:   connectGCP,
	Look:      lookGCP,
	Lacks:     lacksGCP,
	Protected: protectedGCP,
	Unfit:     unfitGCP,
	Placed:    isReported,
	Settles:   settleServer,
	Remark:    remarkRestore,
}

var mainGCP = lifecycle.Main{
	Kind: kindDatabaseInstance,
	Tags: [][]string{{"settings", "userLabels"}},
	Fields: map[string]lifecycle.At{
		"engine":      {Is: []string{"databaseVersion"}, Word: engineGCP},
		"version":     {Is: []string{"databaseVersion"}, Word: versionGCP},
		"region":      {Is: []string{"region"}},
		"database":    {Part: partDatabase},
		"storage-gib": {Is: []string{"settings", "diskSize"}, Unit: 1},
		"retention":   {Is: []string{"settings", "backupConfiguration", "backupRetentionSettings", "retainedBackups"}},
		"standby":     {Is: []string{"settings", "availabilityType"}, Word: isStandby},
		"kmsKeyID":    {Is: []string{"encryptionKeyName"}},
		"network":     {Is: []string{"settings", "ipConfiguration", "privateNetwork"}},
	},
	AsFound:    asFound["sql.gcp"],
	TagsAt:     "settings.userLabels",
	Left:       left["sql.gcp"],
	Resets:     resets["sql.gcp"],
	Sizes:      sizes["sql.gcp"],
	Ours:       ours["sql.gcp"],
	Replicates: func(l lifecycle.Live) bool { return object.String(l.Body(), "masterInstanceName") != "" },
	States:     statesGCP,
}

// serverCA is the key of the server's CA in the instance's connection secret.
const serverCA = "serverCACertificateCert"

func composeGCP(in In) (lifecycle.Parts, error) {
	instance := lifecycle.Part{Kind: kindDatabaseInstance, Name: in.Name, Body: instanceGCP(in), Writes: in.Publishes(lifecycle.Instance)} // the server's CA
	instance.Init = restoreInit(in, cloneGCP)
	switch {
	case in.Want.restore.stage == looking:
		return looks(in, lookGCP)
	case in.Adopted(), in.Want.restore.stage == making:
		return lifecycle.Parts{lifecycle.Instance: instance}, nil // with the databases and users it has
	}
	user := object.Map{
		"instance": in.Name,
		// A user that owns objects cannot be dropped: it goes with its instance.
		"deletionPolicy": "ABANDON",
	}
	if in.Want.Engine == cloud.MySQL {
		user["host"] = "%" // PostgreSQL users have no host
	}
	database := object.Map{"instance": in.Name, "deletionPolicy": "ABANDON"}
	// Until the password of what was found is known there is none in the Secret, which the provider takes for an
	// empty one: a user that somebody has dropped meanwhile would be made without a password (GetSecretValue in
	// pkg/controller/api.go of upjet).
	waits := in.Credential.Missing != "" && !lifecycle.WasCreated(in.Object(partUser))
	// Database and user are inside the instance, and are deleted with it. The provider looks
	// for a managed resource's object before it lets the managed resource go, and fails once
	// the instance is gone. With the fate Outlives it does not look.
	return lifecycle.Parts{
		lifecycle.Instance: instance,
		partDatabase:       {Kind: kindDatabase, Name: in.Want.Logical, Body: database, Fate: lifecycle.Outlives},
		partUser:           {Kind: kindUser, Name: in.Want.Login, Body: in.Credential.Give(user), Fate: lifecycle.Outlives, Looks: waits},
	}, nil
}

func instanceGCP(in In) object.Map {
	version := "POSTGRES_" + versionOfServer(in)
	if in.Want.Engine == cloud.MySQL {
		version = "MYSQL_" + strings.ReplaceAll(versionOfServer(in), ".", "_")
	}
	availability := "ZONAL"
	if in.Policy.HighAvailability {
		availability = "REGIONAL"
	}
	settings := object.Map{
		// Unset, PostgreSQL 16 and later get ENTERPRISE_PLUS, which refuses the tiers of ours.
		"edition":                   "ENTERPRISE",
		"availabilityType":          availability,
		"deletionProtectionEnabled": in.Policy.Protected,
		"backupConfiguration":       backupGCP(in),
		"ipConfiguration":           ipGCP(in),
		"connectorEnforcement":      "NOT_REQUIRED", // left out, it stays as it was
	}
	if in.Want.Network == "" {
		settings["connectorEnforcement"] = "REQUIRED"
	}
	if window := maintenanceGCP(in); window != nil {
		settings["maintenanceWindow"] = window
	}
	addByHandGCP(in, settings)
	addFlagsGCP(in, settings)
	addInsightsGCP(in, settings)
	addLastBackups(in, settings)
	return object.Map{
		"region":             in.Region,
		"databaseVersion":    asThere(in, version, in.There("databaseVersion")),
		"deletionProtection": in.Policy.Guarded, // true where it is unset
		"encryptionKeyName":  lifecycle.Optional(in.Want.KMSKeyID),
		"settings":           settings,
	}
}

// unfitGCP refuses an instance that is reached by Private Service Connect. The provider
// resets that configuration where it is left out, and what the provider reports of it
// cannot be written back.
func unfitGCP(l lifecycle.Live) string {
	psc := object.Get(l.Main(), "status", "atProvider", "settings", "ipConfiguration", "pscConfig")
	for _, v := range psc.GetListValue().GetValues() {
		if enabled, _ := object.Bool(v.GetStructValue(), "pscEnabled"); enabled {
			return "is reached by Private Service Connect, and would lose it"
		}
	}
	return ""
}

// ipGCP gives the instance a private address on the platform's network. Without a network
// the instance has a public address, since Cloud SQL wants an address, but no network may
// reach it: only Cloud SQL's own connectors, which authenticate by IAM, get in.
func ipGCP(in In) object.Map {
	return object.Map{
		"ipv4Enabled":    in.Want.Network == "",
		"privateNetwork": lifecycle.Optional(in.Want.Network),
		"sslMode":        "ENCRYPTED_ONLY",
	}
}

func lookGCP(in Held) (lifecycle.Part, error) {
	if cut := strings.LastIndexAny(in.Name, "/:"); cut >= 0 {
		return lifecycle.Part{}, in.RefuseID(in.Name[cut+1:])
	}
	return lifecycle.Part{Kind: kindDatabaseInstance, Name: in.Name, Looks: true, Body: object.Map{"region": in.Region}}, nil
}

func lacksGCP(in Held) (missing, means string) {
	if in.Want.Network != "" {
		return "", ""
	}
	return in.Unset("network"), "the database has a public address, which lets no network in, only Cloud SQL's own connectors, which authenticate by IAM"
}

// protectedGCP reports whether either protection is on: deletionProtection, which the
// provider keeps to itself, or settings.deletionProtectionEnabled, which Cloud SQL has. Of an
// instance that was there before its claim the second one counts: the provider calls
// every instance that it finds protected. So it does what a claim made again finds, of which the first
// one counts as it was asked for.
func protectedGCP(l lifecycle.Live) bool {
	asked, _ := object.Bool(object.Struct(l.Main(), "spec", "forProvider"), "deletionProtection")
	return !l.Adopted() && l.Exists() && asked || l.IsOn("settings", "deletionProtectionEnabled")
}

// engineGCP reads the engine off a word such as POSTGRES_17 or MYSQL_8_4.
func engineGCP(word string) string {
	engine, _, _ := strings.Cut(strings.ToLower(word), "_")
	return engine
}

// versionGCP reads the version off a word such as POSTGRES_17 or MYSQL_8_4.
func versionGCP(word string) string {
	_, version, _ := strings.Cut(word, "_")
	return versionWord(strings.ReplaceAll(version, "_", "."))
}

// isStandby turns Cloud SQL's availability type into "true" where there is a standby.
func isStandby(word string) string {
	if word == "ZONAL" {
		return ""
	}
	return "true"
}

func connectGCP(in In) lifecycle.Connection {
	host := in.At("privateIpAddress")
	if host == "" && in.Want.Network == "" {
		host = in.At("publicIpAddress")
	}
	return addressOf(in, host, in.Parts[lifecycle.Instance].Details[serverCA])
}
