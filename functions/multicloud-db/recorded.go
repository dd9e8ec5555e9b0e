package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// annotated returns what the instance's annotations record of a field, or "".
func (d *database) annotated(name string) string {
	return object.String(d.observedObject(keyInstance), "metadata", "annotations", requested+name)
}

// recorded returns what was last asked for in a field of a live instance, or "":
// by its annotations; where somebody took them away, or an older version of this
// function wrote none, by the XR's status; else by what the instance's spec says.
// Of a database that was there before its claim the other two show what it is and
// not what was asked for, but for its name.
func (d *database) recorded(name string) string {
	if d.unseen() {
		return d.shown(name)
	}
	if d.live() == nil {
		return ""
	}
	if v := d.annotated(name); v != "" {
		return v
	}
	if name == "adopt" {
		return d.adoptedAs()
	}
	v := d.shown(name)
	switch {
	case !d.adopted():
		return cmp.Or(v, d.specified(name))
	case name == "external-name":
		return cmp.Or(v, d.specified(name))
	}
	return ""
}

// unseen says whether a database that could be reached has no managed resource any
// more. It is made again as what it was, so that the provider finds it.
func (d *database) unseen() bool {
	return d.observedObject(keyInstance) == nil && object.String(d.xr.GetResource(), "status", "resource", "endpoint") != ""
}

// ran is the version that an unseen database ran, as a claim would say it.
func (d *database) ran() string {
	if !d.unseen() {
		return ""
	}
	return claimed(d.claim.Database.Engine, object.String(d.xr.GetResource(), "status", "resource", "version"))
}

// inStatus are the recorded fields that status.resource shows. What it shows as the
// version is what runs.
//
//nolint:gochecknoglobals // A table.
var inStatus = map[string]string{"external-name": "name", "provider": "provider", "region": "region", "engine": "engine"}

func (d *database) shown(name string) string {
	if inStatus[name] == "" {
		return ""
	}
	return object.String(d.xr.GetResource(), "status", "resource", inStatus[name])
}

// specified reads a field off the composed resources' specs and labels.
func (d *database) specified(name string) string {
	o := d.observedObject(keyInstance)
	a := askedOf(o)
	switch name {
	case "external-name":
		if a.provider == cloud.AWS || a.provider == cloud.IBM && a.name != "" {
			return a.name // its external name is an id of RDS's own, or names a state
		}
		secret := object.String(d.observedObject(keyPassword), "metadata", "name")
		return cmp.Or(object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation), a.name, strings.TrimSuffix(secret, passwordSuffix))
	case "provider":
		return a.provider
	case "type":
		if a.provider != "" {
			return claim.TypeDatabase
		}
	case "engine":
		return a.engine
	case "region":
		return a.region
	case "version":
		return claimed(a.engine, a.version)
	case "storage-gib":
		if a.storageGiB > 0 {
			return strconv.Itoa(a.storageGiB)
		}
	case "database":
		return cmp.Or(a.database, object.String(d.observedObject(keyDatabase), "metadata", "annotations", managed.ExternalNameAnnotation))
	case "project", "env":
		return object.String(o, "metadata", "labels", name)
	}
	return ""
}

// claimed cuts a version to as much of it as a claim can say: 17, or 8.4.
func claimed(engine, version string) string {
	parts, most := strings.Split(version, "."), 1
	if engine == cloud.MySQL {
		most = 2
	}
	return strings.Join(parts[:min(len(parts), most)], ".")
}

// adoptedAs reads off an instance without a record whether it is looked at, or was
// taken over by the claim that names it.
func (d *database) adoptedAs() string {
	o := d.observedObject(keyInstance)
	policies := list(o, "spec", "managementPolicies")
	variables := object.Struct(o, "spec", "forProvider", "varmap")
	switch {
	case slices.Equal(policies, []string{"Observe"}), variables != nil && object.String(variables, "plan") == "":
		return "Observe"
	case object.String(variables, "crn") != "":
		return manage
	case object.Struct(o, "spec", "forProvider") == nil:
		return ""
	}
	name := d.recorded("external-name")
	// Beside one of ours stands its password; one that was taken over has another name, too.
	foreign := name != "" && name != d.claim.External() && d.cloud.consumer.key != "" && d.observedObject(keyPassword) == nil
	if d.adopted() && name == d.claim.ExternalName || !d.adopted() && foreign {
		return manage
	}
	return ""
}

// asked is what the spec of an instance says that the database is to be.
type asked struct {
	provider, engine, name, database, region, version string
	storageGiB, retentionDays                         int
	highAvailability                                  bool
}

// A form is where the spec of one kind of instance says it.
type form struct {
	provider                string
	engine                  string // of a kind that is for one engine only
	name, region, version   []string
	database                string
	disk                    []string
	diskUnit                int // of a GiB
	retention, availability []string
}

// forms of instances by their API group, in either scope. The kind that is observed
// need not be of the claim's provider.
//
//nolint:gochecknoglobals // A table.
var forms = map[string]form{
	"sql.gcp": {
		provider: cloud.GCP, region: []string{"region"}, version: []string{"databaseVersion"},
		disk: []string{"settings", "diskSize"}, diskUnit: 1,
		retention: []string{"settings", "backupConfiguration", "backupRetentionSettings", "retainedBackups"}, availability: []string{"settings", "availabilityType"},
	},
	"rds.aws": {
		provider: cloud.AWS, name: []string{"identifier"}, database: "dbName", region: []string{"region"}, version: []string{"engineVersion"},
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

// askedOf reads an instance of any cloud, as far as it is one of ours.
func askedOf(o *structpb.Struct) asked {
	g, _, _ := strings.Cut(group(o), ".upbound.io")
	f, ok := forms[strings.TrimSuffix(g, ".m")]
	if !ok {
		return asked{}
	}
	body := object.Struct(o, "spec", "forProvider")
	a := asked{provider: f.provider, region: object.String(body, f.region...), version: object.String(body, f.version...)}
	if f.name != nil {
		a.name = object.String(body, f.name...)
	}
	if f.database != "" {
		a.database = object.String(body, f.database)
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
	switch a.engine = f.engine; f.provider {
	case cloud.AWS:
		a.engine = object.String(body, "engine")
	case cloud.GCP:
		a.engine, a.version = engineGCP(a.version)
	case cloud.IBM:
		a.engine = engineIBM(object.String(body, "varmap", "service"))
	}
	return a
}
