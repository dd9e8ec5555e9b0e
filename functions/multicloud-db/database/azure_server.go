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

// serverAzure is a server of either engine. Without a subnet that is delegated to its
// engine it has no public address either: only private endpoints reach it.
func serverAzure(in In) object.Map {
	body := object.Map{
		"location":            in.Region,
		"resourceGroupName":   azure.Group(in.Resource, in.Want.ResourceGroup),
		"version":             asThere(in, versionOfServer(in), in.At("version")),
		"administratorLogin":  login,
		"backupRetentionDays": in.Policy.RetentionDays,
		"delegatedSubnetId":   lifecycle.Optional(in.Want.DelegatedSubnetID),
		"privateDnsZoneId":    lifecycle.Optional(in.Want.PrivateDNSZoneID),
	}
	if in.Policy.HighAvailability {
		body["highAvailability"] = object.Map{"mode": standbyMode(in)}
	}
	if in.Bool("geoRedundantBackupEnabled") {
		body["geoRedundantBackupEnabled"] = true // false where it is unset, which takes another server
	}
	// The platform's key takes an identity that may use it; Azure's own keys do otherwise.
	if key, identity := in.Want.KMSKeyID, in.Want.KMSIdentityID; key != "" {
		body["customerManagedKey"] = object.Map{"keyVaultKeyId": key, "primaryUserAssignedIdentityId": identity}
		body["identity"] = object.Map{"type": "UserAssigned", "identityIds": []string{identity}}
	}
	if in.Want.Engine == cloud.MySQL {
		body["publicNetworkAccess"] = "Disabled"
		body["storage"] = object.Map{"autoGrowEnabled": true} // high availability needs it
		return body
	}
	body["publicNetworkAccessEnabled"] = false // true where it is unset
	body["autoGrowEnabled"] = true             // false where it is unset, and a full disk stops the server
	if in.Adopted() {
		body["createMode"] = "Update" // any other wants the password at every change
	}
	return body
}

// sameZone is the mode of a standby in the server's own zone.
const sameZone = "SameZone"

// standbyMode is where the standby is: in another zone, as far as Azure has one. A standby
// that is there stays where it is, since Azure would have to give it up for another, and a
// server of MySQL gets one in another zone only when it is made (high availability
// concepts of Azure Database for MySQL).
func standbyMode(in In) string {
	mode := object.String(in.Body(), "highAvailability", "mode")
	if in.Complete() { // one that was there may have another
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

// Azure chooses the zones of a server and of its standby, and swaps them when it fails
// over. What the provider does about that is in the source of Terraform's azurerm and
// of Upjet: a zone in forProvider, where late initialization puts it, is where the
// server has to go back to; a standby of PostgreSQL that is left out is one to be
// removed, at which every update fails; one of MySQL that is written is high
// availability to be made anew. So the zones stand in initProvider, as they are:
// nobody fills them in or goes by them there. Providers up to 2.7.0, whose Upjet takes
// what is nested in initProvider for a wish, fail until the standby has been written again.

// zones are those of the server and of its standby, as the provider reported them, or
// where that is lost as they were written last.
func zones(l lifecycle.Live) (server, standby string) {
	init := object.Struct(l.Main(), "spec", "initProvider")
	at := func(path ...string) string { return cmp.Or(l.At(path...), object.String(init, path...)) }
	return at("zone"), at("highAvailability", "standbyAvailabilityZone")
}

// isPlaced reports whether it is known in which zone the server is, if in any. Until then
// the provider is not to fill the zone in.
func isPlaced(l lifecycle.Live) bool {
	zone, _ := zones(l)
	return zone != "" || l.At("id") != ""
}

// zonesOf a server, as its spec.initProvider has them.
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

// confidential machines are of their own: Terraform's provider computes no change from
// or to one, and so can no longer look at the server.
var confidential = regexp.MustCompile(`_Standard_[DE]C`)

// disksAzure are the sizes in GiB that Terraform's provider has for PostgreSQL. It
// crashes at others, which Premium SSD v2 has.
var disksAzure = []int{32, 64, 128, 256, 512, 1024, 2048, 4095, 4096, 8192, 16384, 32767}

// refuseServer refuses to manage a server that the provider could not look at any more.
func refuseServer(in In) error {
	if in.Want.Engine != cloud.Postgres {
		return nil
	}
	var what string
	mb, machine := in.Number("storageMb"), in.At("skuName")
	switch {
	case mb > 0 && (mb%mbPerGiB != 0 || !slices.Contains(disksAzure, mb/mbPerGiB)):
		what = fmt.Sprintf("disk of %d MiB is a Premium SSD v2, which the provider cannot handle", mb)
	case confidential.MatchString(machine):
		what = fmt.Sprintf("machine %s is a confidential one, which no profile has", machine)
	default:
		return nil
	}
	return fmt.Errorf("spec.adopt: %q is refused for %s, whose %s; set it to \"Observe\"", lifecycle.AdoptManage, in.Name, what)
}
