package multiclouddb

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Names that a composed resource keeps for good: Crossplane deletes one whose name
// changes. They are written out here, so that no change of the code changes them.
const (
	keyInstance       = "instance"
	keyDatabase       = "database"
	keyUser           = "user"
	keyPassword       = "password"
	keyConnection     = "connection"
	keySubnetGroup    = "subnet-group"
	keySecurityGroup  = "security-group"
	keyResourceGroup  = "resource-group"
	keyLock           = "lock"
	keyIngress        = "ingress-"
	keyParameterGroup = "parameter-group"

	requested            = "platform.victor.onl/requested-"
	conditionComposed    = "Composed"
	conditionProvisioned = "Provisioned"
	manage               = "Manage"
	mbPerGiB             = 1024
	passwordKey          = "password"
	passwordMark         = credential.Mark
	passwordMade         = credential.Made
	passwordWanted       = credential.Wanted
	placement            = "placement"
	sameZone             = "SameZone"
	login                = "dbadmin"
)

var (
	list     = lifecycle.Strings
	orphaned = lifecycle.IsOrphan
	group    = lifecycle.Group
	said     = lifecycle.IsSaid
	named    = lifecycle.NameOf
)

// unfilled are the clouds whose provider fills nothing in that an instance leaves out,
// and passwords those where a composed Secret has the password.
var (
	unfilled  = map[string]bool{cloud.GCP: true, cloud.Azure: true}
	passwords = map[string]bool{cloud.GCP: true, cloud.AWS: true, cloud.Azure: true}
)

func notOlder(from, to string) bool { return !lifecycle.IsOlder(to, from) }

// asked is what the spec of an instance says that the database is to be.
type asked struct {
	provider, engine, name, region, version string
	storageGiB, retentionDays               int
	highAvailability                        bool
}

// A form is where the spec of one kind of instance says it. It is read here by a table of
// the tests' own, and not by the function's.
type form struct {
	provider, engine        string
	name, region, version   []string
	disk                    []string
	diskUnit                int // of a GiB
	retention, availability []string
}

var forms = map[string]form{
	"sql.gcp": {
		provider: cloud.GCP, region: []string{"region"}, version: []string{"databaseVersion"},
		disk: []string{"settings", "diskSize"}, diskUnit: 1,
		retention: []string{"settings", "backupConfiguration", "backupRetentionSettings", "retainedBackups"}, availability: []string{"settings", "availabilityType"},
	},
	"rds.aws": {
		provider: cloud.AWS, name: []string{"identifier"}, region: []string{"region"}, version: []string{"engineVersion"},
		disk: []string{"allocatedStorage"}, diskUnit: 1,
		retention: []string{"backupRetentionPeriod"}, availability: []string{"multiAz"},
	},
	"dbforpostgresql.azure": {
		provider: cloud.Azure, engine: cloud.Postgres, region: []string{"location"}, version: []string{"version"},
		disk: []string{"storageMb"}, diskUnit: mbPerGiB,
		retention: []string{"backupRetentionDays"}, availability: []string{"highAvailability", "mode"},
	},
	"dbformysql.azure": {
		provider: cloud.Azure, engine: cloud.MySQL, region: []string{"location"}, version: []string{"version"},
		disk: []string{"storage", "sizeGb"}, diskUnit: 1,
		retention: []string{"backupRetentionDays"}, availability: []string{"highAvailability", "mode"},
	},
	"opentofu": {
		provider: cloud.IBM, name: []string{"varmap", "name"}, region: []string{"varmap", "location"}, version: []string{"varmap", "engine_version"},
		disk: []string{"varmap", "disk_mb"}, diskUnit: mbPerGiB,
	},
}

// askedOf reads an instance of any cloud.
func askedOf(o *structpb.Struct) asked {
	g, _, _ := strings.Cut(group(o), ".upbound.io")
	f, ok := forms[strings.TrimSuffix(g, ".m")]
	if !ok {
		return asked{}
	}
	body := object.Struct(o, "spec", "forProvider")
	a := asked{provider: f.provider, engine: f.engine, region: object.String(body, f.region...), version: object.String(body, f.version...)}
	if f.name != nil {
		a.name = object.String(body, f.name...)
	}
	disk, ok := object.Number(body, f.disk...)
	if !ok {
		disk, _ = object.Number(object.Struct(o, "spec", "initProvider"), f.disk...)
	}
	a.storageGiB = int(disk) / f.diskUnit
	if f.retention != nil {
		days, _ := object.Number(body, f.retention...)
		standby, _ := object.Bool(body, f.availability...)
		mode := object.String(body, f.availability...)
		a.retentionDays, a.highAvailability = int(days), standby || mode != "" && mode != "ZONAL"
	}
	switch f.provider {
	case cloud.AWS:
		a.engine = object.String(body, "engine")
	case cloud.GCP:
		engine, version, _ := strings.Cut(strings.ToLower(a.version), "_")
		a.engine, a.version = engine, strings.ReplaceAll(version, "_", ".")
	case cloud.IBM:
		a.engine = strings.TrimPrefix(object.String(body, "varmap", "service"), "databases-for-")
		if a.engine == "postgresql" {
			a.engine = cloud.Postgres
		}
	}
	return a
}
