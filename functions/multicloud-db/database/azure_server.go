package database

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// serverAzure is the body of a server of either engine. A new server has no public address:
// without a subnet that is delegated to the engine, only private endpoints reach it.
func serverAzure(in In) object.Map {
	body := object.Map{
		"location":            in.Region,
		"resourceGroupName":   azure.Group(in.Resource, in.Want.ResourceGroup),
		"version":             asThere(in, versionOfServer(in), in.There("version")),
		"administratorLogin":  in.Want.Login,
		"backupRetentionDays": in.Policy.RetentionDays,
		"delegatedSubnetId":   lifecycle.Optional(in.Want.DelegatedSubnetID),
		"privateDnsZoneId":    lifecycle.Optional(in.Want.PrivateDNSZoneID),
	}
	if in.Want.restore.stage == making { // which the copy has from its source
		delete(body, "version")
		delete(body, "administratorLogin")
	}
	if in.Policy.HighAvailability && in.Want.restore.stage != making { // what is restored gets its standby once it is there
		body["highAvailability"] = object.Map{"mode": standbyMode(in)}
	}
	if window := maintenanceAzure(in); window != nil {
		body["maintenanceWindow"] = window
	}
	if in.There("geoRedundantBackupEnabled") == "true" {
		body["geoRedundantBackupEnabled"] = true // false where it is unset, which takes another server
	}
	azure.Encrypt(body, in.Want.KMSKeyID, in.Want.KMSIdentityID, "primaryUserAssignedIdentityId")
	if in.Want.Engine == cloud.MySQL {
		body["publicNetworkAccess"] = "Disabled"
		body["storage"] = object.Map{"autoGrowEnabled": growsAzure(in)}
		return body
	}
	body["publicNetworkAccessEnabled"] = false // true where it is unset
	body["autoGrowEnabled"] = true             // false where it is unset, and a full disk stops the server
	if in.Adopted() {
		body["createMode"] = "Update" // any other wants the password at every change
	}
	return body
}

// growsAzure is whether the disk of a server of MySQL grows by itself, which high
// availability needs. One that was there does as it did.
func growsAzure(in In) any {
	if !in.Adopted() || in.Policy.HighAvailability {
		return true
	}
	if grows := in.There("storage", "autoGrowEnabled"); grows != "" {
		return grows == "true"
	}
	return nil
}

// sameZone is the mode of a standby in the server's own zone.
const sameZone = "SameZone"

// standbyMode is where the standby is: in another zone, as far as the region has zones. A
// standby that is there stays where it is, since Azure would have to remove it to make
// another. A live server of MySQL gets a standby in its own zone, since one in another
// zone takes a new server (high availability concepts of Azure Database for MySQL).
func standbyMode(in In) string {
	mode := in.There("highAvailability", "mode")
	if in.Life == lifecycle.Found && in.Complete() { // which may have been asked for one before its provider had looked
		mode = in.At("highAvailability", "mode")
	}
	switch {
	case hasStandby(mode) != "":
		return mode
	case !cloud.Zones(cloud.Azure, in.Region), in.Exists() && in.Want.Engine == cloud.MySQL:
		return sameZone
	default:
		return "ZoneRedundant"
	}
}

// Azure chooses the zones of a server and of its standby, and swaps the two at a failover.
// What the provider does about that is in the source of Terraform's azurerm and of Upjet:
// - a zone in forProvider, where late initialization puts it, is one that the server has
//   to go back to;
// - a standby of PostgreSQL whose zone is left out is to be removed, and every update fails;
// - a standby of MySQL whose zone is written makes high availability anew.
// So the zones stand in initProvider, as Azure reports them: there the provider neither
// fills them in nor compares them. Providers up to 2.7.0, whose Upjet takes a nested field
// of initProvider for one that is asked for, fail after a failover until the standby's zone
// has been written again.

// zones are those of the server and of its standby, as the provider reports them, else as
// they were written last.
func zones(l lifecycle.Live) (server, standby string) {
	init := object.Struct(l.Main(), "spec", "initProvider")
	at := func(path ...string) string { return cmp.Or(l.At(path...), object.String(init, path...)) }
	return at("zone"), at("highAvailability", "standbyAvailabilityZone")
}

// isPlaced reports whether the server's zone is known, or that the server has none. Until
// then the provider may not change the server: the zones are not in initProvider yet.
func isPlaced(l lifecycle.Live) bool {
	zone, _ := zones(l)
	return zone != "" || l.At("id") != ""
}

// zonesOf is spec.initProvider of a server: the zones that are known.
func zonesOf(in In, available bool) object.Map {
	out := object.Map{}
	zone, standby := zones(in.Live)
	if zone != "" {
		out["zone"] = zone
	}
	if standby != "" && available && in.Want.Engine == cloud.Postgres {
		out["highAvailability"] = object.Map{"standbyAvailabilityZone": standby}
	}
	return out
}

// confidential is how the names of confidential machines begin. Terraform's provider
// computes no change to or from such a machine: it fails on the server from then on.
var confidential = regexp.MustCompile(`_Standard_[DE]C`)

// disksAzure are the sizes in GiB that Terraform's provider knows for PostgreSQL. At
// another size, such as a Premium SSD v2 may have, the provider crashes.
var disksAzure = []int{32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384, 32767}

// unfitAzure refuses a server on which the provider would fail from then on.
func unfitAzure(l lifecycle.Live) string {
	if l.Claim.Database.Engine != cloud.Postgres {
		return ""
	}
	switch mb, machine := l.Number("storageMb"), l.At("skuName"); {
	case mb > 0 && (mb%mbPerGiB != 0 || !slices.Contains(disksAzure, mb/mbPerGiB)):
		return fmt.Sprintf("has a disk of %d MiB, which is a Premium SSD v2: the provider cannot handle one", mb)
	case confidential.MatchString(machine):
		return fmt.Sprintf("has the machine %s, a confidential one, which no profile has", machine)
	}
	return ""
}
