// Package database is the type database: PostgreSQL and MySQL on four clouds.
package database

import (
	"slices"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// The parts beside the instance.
const (
	partDatabase      = "database"
	partUser          = "user"
	partSubnetGroup   = "subnet-group"
	partSecurityGroup = "security-group"
	partResourceGroup = "resource-group"
	partLock          = "lock"

	partIngress        = "ingress-"        // and the network that it lets in
	partParameter      = "configuration-"  // and the parameter of the engine
	partParameterGroup = "parameter-group" // and the engine's major version
)

// mbPerGiB is how Azure and IBM count disks.
const mbPerGiB = 1024

// login is the administrator's name, which every cloud takes but IBM, where it is
// always admin.
const login = "dbadmin"

// A Database is everything that is decided of one database.
type Database struct {
	Engine, Version string
	Logical         string // the database inside the server
	StorageGiB      string // "" for the profile's

	// What the settings say, as far as their cloud has it.
	KMSKeyID, KMSIdentityID             string
	Network                             string
	SubnetGroup, VPCID                  string
	SubnetIDs, GroupIDs, AllowedCIDRs   []string
	ResourceGroup, ResourceGroupID      string
	DelegatedSubnetID, PrivateDNSZoneID string
	Plan                                string
	Login                               string // the administrator's
	From                                claim.Restore
	RulesEnforced                       bool // on plan Gen2, as somebody has seen

	ofRegion  string // the key of the region whose settings name the network; "" for those of all
	ofSubnets bool   // the subnet group is made of the settings' subnets
	restore   restore
	tuned     []parameter // what somebody names of the engine's
	urgent    bool        // all that waits is to be applied now
}

// In is what a cloud composes a database of.
type In = lifecycle.In[Database]

// Held is what is decided of a database before its credential.
type Held = lifecycle.Held[Database]

// Type of databases.
var Type = lifecycle.Type[Database]{
	Name: "database",
	Fields: []lifecycle.Field[Database]{
		{
			Row:  lifecycle.Row{Name: "engine", Path: "spec.database.engine", Rule: lifecycle.Immutable},
			Of:   func(d *Database) *string { return &d.Engine },
			Said: func(c lifecycle.Call) string { return c.Claim.Database.Engine },
		},
		claimed("database", "name", lifecycle.Immutable, func(d *Database) *string { return &d.Logical }),
		worded(claimed("version", "version", lifecycle.Upgrades, func(d *Database) *string { return &d.Version })),
		claimed("storage-gib", "storageGiB", lifecycle.Grows, func(d *Database) *string { return &d.StorageGiB }),
		claimed("restore-name", "restoreFrom.name", lifecycle.Immutable, func(d *Database) *string { return &d.From.Name }),
		claimed("restore-external-name", "restoreFrom.externalName", lifecycle.Immutable, func(d *Database) *string { return &d.From.ExternalName }),
		claimed("restore-env", "restoreFrom.env", lifecycle.Immutable, func(d *Database) *string { return &d.From.Env }),
		claimed("restore-time", "restoreFrom.pointInTime", lifecycle.Immutable, func(d *Database) *string { return &d.From.PointInTime }),
		claimed("restore-backup", "restoreFrom.backup", lifecycle.Immutable, func(d *Database) *string { return &d.From.Backup }),

		setting("resourceGroup", lifecycle.Sticky, false, func(d *Database) *string { return &d.ResourceGroup }),
		setting("resourceGroupID", lifecycle.Sticky, false, func(d *Database) *string { return &d.ResourceGroupID }),
		setting("kmsKeyID", lifecycle.Sticky, true, func(d *Database) *string { return &d.KMSKeyID }),
		setting("kmsIdentityID", lifecycle.Sticky, true, func(d *Database) *string { return &d.KMSIdentityID }),
		networkOf(),
		subnetGroup(),
		ofEngine("delegatedSubnetID", func(d *Database) *string { return &d.DelegatedSubnetID }),
		ofEngine("privateDNSZoneID", func(d *Database) *string { return &d.PrivateDNSZoneID }),
		setting("plan", lifecycle.Once, false, func(d *Database) *string { return &d.Plan }),
	},
	Tells: []string{"engine", "region", "version", "storage-gib"},
	Parts: []string{
		partDatabase, partUser, credential.Part, partSubnetGroup, partSecurityGroup, partResourceGroup, partLock,
		partIngress, partParameterGroup + "-", partParameter,
	},
	Inside: []string{partDatabase, partUser},
	Before: map[string][]string{
		lifecycle.Instance: {credential.Part, partSubnetGroup, partSecurityGroup, partResourceGroup, partParameterGroup + "-"},
		partIngress:        {partSecurityGroup},
		partParameter:      {lifecycle.Instance},
	},
	Connection: []lifecycle.Key{
		{Name: "host", Required: true},
		{Name: "port", Required: true},
		{Name: "username", Required: true},
		{Name: "password", Required: true},
		{Name: "database", Required: true},
		{Name: "uri", Required: true},
		{Name: "sslmode", Required: true},
		{Name: "ca.crt"},
	},
	Clouds:     map[string]lifecycle.Cloud[Database]{cloud.GCP: onGCP, cloud.AWS: onAWS, cloud.Azure: onAzure, cloud.IBM: onIBM},
	Read:       read,
	Asks:       asks,
	KeyOf:      func(r settings.Region) string { return r.KMSKeyID },
	Credential: password,
	Status:     status,
	Backup:     backups,
	Ends:       ends,
	LastName: func(l lifecycle.Live) string {
		return strings.TrimSuffix(object.String(l.Object(credential.Part), "metadata", "name"), credential.Suffix)
	},
}

func claimed(name, field string, rule lifecycle.Rule, of func(*Database) *string) lifecycle.Field[Database] {
	return lifecycle.Field[Database]{Row: lifecycle.Row{Name: name, Path: "spec.database." + field, Rule: rule}, Of: of}
}

// worded is a field that takes a second word to change where data is kept.
func worded(f lifecycle.Field[Database]) lifecycle.Field[Database] {
	f.Worded = true
	return f
}

func setting(name string, rule lifecycle.Rule, regional bool, of func(*Database) *string) lifecycle.Field[Database] {
	return lifecycle.Field[Database]{Row: lifecycle.Row{Name: name, Path: name, Rule: rule}, Of: of, Regional: regional}
}

// networkOf is the region's network, or the one of all regions.
func networkOf() lifecycle.Field[Database] {
	f := setting("network", lifecycle.Joins, false, func(d *Database) *string { return &d.Network })
	f.PathOf = func(d Database) string {
		if d.ofRegion != "" {
			return "regions." + d.ofRegion + ".network"
		}
		return "network"
	}
	return f
}

// ofEngine is a setting of a subnet, which Azure delegates to one engine.
func ofEngine(name string, of func(*Database) *string) lifecycle.Field[Database] {
	f := setting(name, lifecycle.Sticky, true, of)
	f.Path = "{engine}." + name
	f.PathOf = func(d Database) string { return d.Engine + "." + name }
	return f
}

// subnetGroup is a subnet group that the settings name, or one of the database's name that
// is made of the settings' subnetIDs.
func subnetGroup() lifecycle.Field[Database] {
	f := setting("subnetGroup", lifecycle.Sticky, true, func(d *Database) *string { return &d.SubnetGroup })
	f.PathOf = func(d Database) string {
		if d.ofSubnets {
			return "subnetIDs"
		}
		return "subnetGroup"
	}
	return f
}

// read decides what the claim asks for.
func read(call lifecycle.Call, l lifecycle.Live, p lifecycle.Place) (Database, lifecycle.Policy, error) {
	c, s := call.Claim.Database, call.Provider()
	version, err := versionOf(l)
	if err != nil {
		return Database{}, lifecycle.Policy{}, err
	}
	from, err := restoring(l, p)
	if err != nil {
		return Database{}, lifecycle.Policy{}, err
	}
	tuned, err := tuning(l)
	if err != nil {
		return Database{}, lifecycle.Policy{}, err
	}
	policy, err := lifecycle.PolicyOf(call, lifecycle.Asks{
		Noun: "database", HighAvailability: c.HighAvailability, Days: c.BackupRetentionDays,
		DaysPath: "spec.database.backupRetentionDays", Offered: cloud.Retention(call.Claim.Provider, c.Engine), What: "backups of " + c.Engine, For: c.Engine,
	})
	if err != nil {
		return Database{}, lifecycle.Policy{}, err
	}
	region := p.OfRegion
	subnet := region.Subnets[c.Engine]
	d := Database{
		Engine: c.Engine, Version: version, Logical: c.Name,
		KMSKeyID: region.KMSKeyID, KMSIdentityID: region.KMSIdentityID,
		Network:     region.Network,
		SubnetGroup: region.SubnetGroup, VPCID: region.VPCID,
		SubnetIDs: region.SubnetIDs, GroupIDs: region.SecurityGroupIDs, AllowedCIDRs: region.AllowedCIDRs,
		ResourceGroup: s.ResourceGroup, ResourceGroupID: s.ResourceGroupID,
		DelegatedSubnetID: subnet.DelegatedSubnetID, PrivateDNSZoneID: subnet.PrivateDNSZoneID,
		Plan: planOf(s.Plan, call.Claim.Profile), RulesEnforced: region.Gen2RulesEnforced,
		Login: login, From: c.RestoreFrom, restore: from, tuned: tuned,
	}
	if d.ofRegion = region.Key; d.Network == "" {
		d.Network, d.ofRegion = s.Network, ""
	}
	if d.SubnetGroup == "" && len(d.SubnetIDs) > 0 {
		d.SubnetGroup, d.ofSubnets = p.Name, true
	}
	if c.StorageGiB > 0 {
		d.StorageGiB = strconv.Itoa(c.StorageGiB)
	}
	d.ofSource(l)
	return d, policy, nil
}

// status are the fields of status.resource that a database has.
func status(in In) object.Map {
	return object.Map{"engine": in.Want.Engine, "version": versionOfServer(in)}
}

// consumers are the parts that are given the password, by cloud. On IBM Cloud the module
// makes the password.
var consumers = map[string]struct {
	credential.Consumer
	generates []string // the engines whose password the provider makes
}{
	// The user: an instance has no password of its own.
	cloud.GCP: {credential.Consumer{Part: partUser, Ref: "passwordSecretRef", Published: []string{"password", "attribute.password"}}, nil},
	cloud.AWS: {credential.Consumer{Part: lifecycle.Instance, Ref: "passwordSecretRef", Published: []string{"password", "attribute.password"}}, cloud.Engines},
	cloud.Azure: {
		credential.Consumer{Part: lifecycle.Instance, Ref: "administratorPasswordSecretRef", Published: []string{"attribute.administrator_password", "password"}},
		[]string{cloud.Postgres},
	},
}

// password decides on the administrator's password. An adopted database keeps the
// passwords that it has: what is published of one is what its owner says of it.
func password(in Held) (lifecycle.Credential, *lifecycle.Refusal) {
	c, ok := consumers[in.Claim.Provider]
	switch {
	case !ok: // kept out of messages
		return unrotated(in, lifecycle.Credential{Value: in.Parts[lifecycle.Instance].Details["password"], Opens: true}), nil
	case in.Adopted():
		return unrotated(in, credential.Theirs(in.Resource, theirs(in))), nil
	}
	c.What = in.Want.Engine + " database"
	c.Generates = slices.Contains(c.generates, in.Want.Engine)
	decide := ownPassword
	if isMadeOf(in) {
		decide = restoredPassword
	}
	out, refusal := decide(in, c.Consumer)
	if refusal != nil {
		return out, refusal
	}
	return rotate(in, out)
}

// ownPassword decides on the password of a database that is no copy.
func ownPassword(in Held, c credential.Consumer) (lifecycle.Credential, *lifecycle.Refusal) {
	out, refusal := credential.Decide(in.Resource, c)
	out.Opens = out.Opens && in.Want.restore.stage == kept // until it is known what was found
	return out, refusal
}

// theirs are the keys of the login of an adopted database. Which logical database it has nobody here
// can tell where the claim leaves that out.
func theirs(in Held) credential.Keys {
	keys := credential.Keys{Has: []string{credential.KeyUsername, credential.Key}, May: []string{credential.KeyDatabase}}
	if object.String(in.XR.Object, "spec", "database", "name") == "" {
		keys.Has, keys.May = append(keys.Has, keys.May...), nil
	}
	return keys
}

// planOf is the plan of IBM Cloud Databases: the settings', but Classic for the smallest
// profile, since the smallest host of plan Gen2 has 4 vCPU and 20 GiB.
func planOf(plan, profile string) string {
	if plan == "" || profile == smallestProfile {
		return settings.PlanClassic
	}
	return plan
}

const smallestProfile = "nano"
