package database

import (
	"cmp"
	"fmt"
	"maps"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds, as the CRDs of provider-azure name them.
var (
	kindPostgresServer   = managed.Kind{Group: "dbforpostgresql.azure", Version: "v1beta2", Kind: "FlexibleServer", Unfilled: true}
	kindPostgresDatabase = managed.Kind{Group: "dbforpostgresql.azure", Version: "v1beta1", Kind: "FlexibleServerDatabase"}
	kindMySQLServer      = managed.Kind{Group: "dbformysql.azure", Version: "v1beta2", Kind: "FlexibleServer", Unfilled: true}
	kindMySQLDatabase    = managed.Kind{Group: "dbformysql.azure", Version: "v1beta1", Kind: "FlexibleDatabase"}
)

var onAzure = lifecycle.Cloud[Database]{
	Mains:     []lifecycle.Main{mainPostgres, mainMySQL},
	Kinds:     []managed.Kind{kindPostgresDatabase, kindMySQLDatabase, kindPostgresParameter, kindMySQLParameter, azure.KindGroup, azure.KindLock},
	Beside:    credential.Part,
	Compose:   composeAzure,
	Connect:   connectAzure,
	Look:      lookAzure,
	Lacks:     lacksAzure,
	Remark:    remarkAzure,
	Protected: azure.IsLocked,
	Unfit:     unfitAzure,
	Settles:   settleServer,
	Placed:    func(l lifecycle.Live) bool { return isPlaced(l) && isReported(l) },
	Goes: func(in In, part string) bool {
		return part == partLock && !in.Policy.Protected || strings.HasPrefix(part, partParameter) && !isNamed(in, part)
	},
}

var (
	mainPostgres = mainAzure(kindPostgresServer, cloud.Postgres, lifecycle.At{Is: []string{"storageMb"}, Unit: mbPerGiB})
	mainMySQL    = mainAzure(kindMySQLServer, cloud.MySQL, lifecycle.At{Is: []string{"storage", "sizeGb"}, Unit: 1})
)

// mainAzure is a server of one engine: Azure has a kind of server for each.
func mainAzure(kind managed.Kind, engine string, disk lifecycle.At) lifecycle.Main {
	return lifecycle.Main{
		Kind: kind,
		Tags: [][]string{{"tags"}},
		For:  func(c lifecycle.Call) bool { return c.Claim.Database.Engine == engine },
		Fields: map[string]lifecycle.At{
			"engine":            {Const: engine},
			"version":           {Is: []string{"version"}, Word: versionWord},
			"region":            {Is: []string{"location"}, Word: azure.Region},
			"database":          {Part: partDatabase},
			"storage-gib":       disk,
			"retention":         {Is: []string{"backupRetentionDays"}},
			"standby":           {Is: []string{"highAvailability", "mode"}, Word: hasStandby},
			"resourceGroup":     azure.GroupAt,
			"kmsKeyID":          {Is: []string{"customerManagedKey", "keyVaultKeyId"}},
			"kmsIdentityID":     {Is: []string{"customerManagedKey", "primaryUserAssignedIdentityId"}},
			"delegatedSubnetID": {Is: []string{"delegatedSubnetId"}},
			"privateDNSZoneID":  {Is: []string{"privateDnsZoneId"}},
		},
		AsFound:    asFound[kind.Group],
		TagsAt:     "tags",
		Left:       left[kind.Group],
		Sizes:      sizes[kind.Group],
		Ours:       ours[kind.Group],
		Replicates: replicatesAzure(engine),
	}
}

// kindsAzure of an engine's server and of the database in it.
func kindsAzure(engine string) (server, database managed.Kind) {
	if engine == cloud.MySQL {
		return kindMySQLServer, kindMySQLDatabase
	}
	return kindPostgresServer, kindPostgresDatabase
}

func composeAzure(in In) (lifecycle.Parts, error) {
	if err := refusePairs(in); err != nil {
		return nil, err
	}
	parts, stage := lifecycle.Parts{}, in.Want.restore.stage
	if azure.Group(in.Resource, in.Want.ResourceGroup) == in.Name && !in.Adopted() {
		parts[partResourceGroup] = azure.OwnGroup(in.Resource)
	}
	kind, inside := kindsAzure(in.Want.Engine)
	if stage == looking {
		body := object.Map{"location": in.Region, "resourceGroupName": azure.Group(in.Resource, in.Want.ResourceGroup)}
		parts[lifecycle.Instance] = lifecycle.Part{Kind: kind, Name: in.Name, Looks: true, Body: body}
		return parts, nil
	}
	body, logical := serverAzure(in), object.Map{
		"serverIdSelector": object.Map{"matchControllerRef": true},
		"charset":          "UTF8",
		"collation":        "en_US.utf8",
	}
	if in.Want.Engine == cloud.MySQL {
		logical = object.Map{
			"resourceGroupName": azure.Group(in.Resource, in.Want.ResourceGroup),
			"serverName":        in.Name,
			"charset":           "utf8mb4",
			"collation":         "utf8mb4_0900_ai_ci",
		}
	}
	if !in.Adopted() && stage != making {
		in.Credential.Give(body)
	}
	init := zonesOf(in, body["highAvailability"] != nil)
	maps.Copy(init, restoreInit(in, restoreAzure))
	parts[lifecycle.Instance] = lifecycle.Part{Kind: kind, Name: in.Name, Body: body, Init: init}
	if lock, ok := azure.Lock(in.Resource); ok {
		parts[partLock] = lock
	}
	if !in.Adopted() && stage != making { // which has its own databases
		parts[partDatabase] = lifecycle.Part{Kind: inside, Name: in.Want.Logical, Body: logical}
		addParametersAzure(in, parts)
	}
	return parts, nil
}

// refusePairs refuses one setting of a pair without the other: a new server takes subnet
// and DNS zone, and key and identity, together.
func refusePairs(in In) error {
	d := in.Want
	if in.Exists() {
		return nil
	}
	return cmp.Or(
		azure.RefuseHalfNetwork(in.Resource, in.Regional(d.Engine), "delegatedSubnetID", d.DelegatedSubnetID, d.PrivateDNSZoneID),
		azure.RefuseHalfKey(in.Resource, "regions."+in.Region, d.KMSKeyID, d.KMSIdentityID),
	)
}

func lookAzure(in Held) (lifecycle.Part, error) {
	if in.Want.ResourceGroup == "" && in.Answered {
		return lifecycle.Part{}, fmt.Errorf("%s: is missing, and the database that spec.externalName names is looked for in it", in.Setting("resourceGroup"))
	}
	if strings.Contains(in.Name, "/") {
		return lifecycle.Part{}, in.RefuseID(in.Name[strings.LastIndex(in.Name, "/")+1:])
	}
	kind, _ := kindsAzure(in.Want.Engine)
	return lifecycle.Part{
		Kind: kind, Name: in.Name, Looks: true,
		Body: object.Map{"location": in.Region, "resourceGroupName": lifecycle.Optional(in.Want.ResourceGroup)},
	}, nil
}

func remarkAzure(in In) (reason, message string) {
	if reason, message = remarkRestore(in); reason != "" {
		return reason, message
	}
	if in.Policy.HighAvailability && standbyMode(in) == sameZone && cloud.Zones(cloud.Azure, in.Region) {
		return sameZone, "the standby is in the server's own zone, and one in another zone takes a new server"
	}
	return "", ""
}

func lacksAzure(in Held) (missing, means string) {
	if in.Want.DelegatedSubnetID != "" {
		return "", ""
	}
	return in.Unset(in.Regional(in.Want.Engine + ".delegatedSubnetID")), "the database has no public address, and only private endpoints reach it"
}

func connectAzure(in In) lifecycle.Connection {
	// Both engines' servers show a certificate of a public authority.
	return addressOf(in, in.At("fqdn"), nil)
}

// hasStandby reads Azure's mode of high availability.
func hasStandby(mode string) string {
	if cmp.Or(mode, "Disabled") == "Disabled" {
		return ""
	}
	return "true"
}
