package main

import (
	"cmp"
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

//nolint:gochecknoglobals // Kinds, as the CRDs of provider-azure name them.
var (
	kindResourceGroup    = managed.Kind{Group: "azure", Version: "v1beta1", Kind: "ResourceGroup"}
	kindManagementLock   = managed.Kind{Group: "authorization.azure", Version: "v1beta1", Kind: "ManagementLock"}
	kindPostgresServer   = managed.Kind{Group: "dbforpostgresql.azure", Version: "v1beta2", Kind: "FlexibleServer"}
	kindPostgresDatabase = managed.Kind{Group: "dbforpostgresql.azure", Version: "v1beta1", Kind: "FlexibleServerDatabase"}
	kindMySQLServer      = managed.Kind{Group: "dbformysql.azure", Version: "v1beta2", Kind: "FlexibleServer"}
	kindMySQLDatabase    = managed.Kind{Group: "dbformysql.azure", Version: "v1beta1", Kind: "FlexibleDatabase"}
)

// consumerAzure is the server, whose password the provider can make for one engine
// only.
//
//nolint:gochecknoglobals // A table.
var consumerAzure = consumer{key: keyInstance, ref: "administratorPasswordSecretRef", published: []string{"attribute.administrator_password", "password"}, generates: []string{cloud.Postgres}}

func composeAzure(d *database) (map[string]*structpb.Struct, error) {
	composed := map[string]*structpb.Struct{}
	group := cmp.Or(d.settings.ResourceGroup, d.name)
	if group == d.name && !d.adopted() {
		composed[keyResourceGroup] = d.managed(keyResourceGroup, kindResourceGroup, d.name, object.Map{"location": d.region})
	}
	server, database := kindPostgresServer, kindPostgresDatabase
	body, logical := d.postgresAzure(), object.Map{
		"serverIdSelector": object.Map{"matchControllerRef": true},
		"charset":          "UTF8",
		"collation":        "en_US.utf8",
	}
	if d.claim.Database.Engine == cloud.MySQL {
		server, database = kindMySQLServer, kindMySQLDatabase
		body, logical = d.mysqlAzure(), object.Map{
			"resourceGroupName": group,
			"serverName":        d.name,
			"charset":           "utf8mb4",
			"collation":         "utf8mb4_0900_ai_ci",
		}
	}
	if err := d.networkAzure(body); err != nil {
		return nil, err
	}
	if err := d.keyAzure(body); err != nil {
		return nil, err
	}
	if !d.adopted() {
		d.givePassword(body)
	}
	composed[keyInstance] = d.managed(keyInstance, server, d.name, body)
	if d.adopted() {
		if err := d.refuseAzure(); err != nil {
			return nil, err
		}
		d.takeOver(composed[keyInstance])
	}
	d.writeZones(composed[keyInstance])
	if lock := d.lockAzure(); lock != nil {
		composed[keyLock] = lock
	}
	if d.adopted() {
		return composed, nil // with the databases it has
	}
	composed[keyDatabase] = d.managed(keyDatabase, database, d.claim.Database.Name, logical)
	return composed, nil
}

// serverAzure is what the servers of both engines share.
func (d *database) serverAzure() object.Map {
	body := object.Map{
		"location":            d.region,
		"resourceGroupName":   cmp.Or(d.settings.ResourceGroup, d.name),
		"version":             d.asThere(d.engineVersion(), d.at("version")),
		"administratorLogin":  login,
		"backupRetentionDays": d.policy.retentionDays,
	}
	if d.policy.highAvailability {
		body["highAvailability"] = object.Map{"mode": d.modeAzure()}
	}
	if copied, _ := object.Bool(d.observedObject(keyInstance), "status", "atProvider", "geoRedundantBackupEnabled"); copied {
		body["geoRedundantBackupEnabled"] = true // false where it is unset, which takes another server
	}
	return body
}

// sameZone is the mode of a standby in the server's own zone.
const sameZone = "SameZone"

// modeAzure is where the standby is: in another zone, as far as Azure has one. A
// standby that is there stays where it is, since Azure would have to give it up for
// another, and a server of MySQL gets one in another zone only when it is made
// (high availability concepts of Azure Database for MySQL).
func (d *database) modeAzure() string {
	was := standbyAzure(object.String(d.live(), "highAvailability", "mode"))
	if factsAzure(d).complete() {
		was = standbyAzure(d.at("highAvailability", "mode")) // one that was there may have another
	}
	switch {
	case was != "":
		return was
	case !cloud.Zones(cloud.Azure, d.region), d.live() != nil && d.claim.Database.Engine == cloud.MySQL:
		return sameZone
	default:
		return "ZoneRedundant"
	}
}

// standbyAzure is the mode of high availability, "" for none.
func standbyAzure(mode string) string {
	if mode == "Disabled" {
		return ""
	}
	return mode
}

func (d *database) postgresAzure() object.Map {
	body := d.serverAzure()
	body["publicNetworkAccessEnabled"] = false // true where it is unset
	body["autoGrowEnabled"] = true             // false where it is unset, and a full disk stops the server
	if d.adopted() {
		body["createMode"] = "Update" // any other wants the password at every change
	}
	return body
}

func (d *database) mysqlAzure() object.Map {
	body := d.serverAzure()
	body["publicNetworkAccess"] = "Disabled"
	body["storage"] = object.Map{"autoGrowEnabled": true} // high availability needs it
	return body
}

// networkAzure puts a server into the subnet that is delegated to its engine.
// Without one it has no public address either: only private endpoints reach it.
func (d *database) networkAzure(body object.Map) error {
	subnet := d.network.Subnets[d.claim.Database.Engine]
	if d.live() == nil && (subnet.DelegatedSubnetID == "") != (subnet.PrivateDNSZoneID == "") {
		return fmt.Errorf("%s: delegatedSubnetID and privateDNSZoneID go together, and one of them is missing", d.setting(d.regional(d.claim.Database.Engine)))
	}
	body["delegatedSubnetId"] = optional(subnet.DelegatedSubnetID)
	body["privateDnsZoneId"] = optional(subnet.PrivateDNSZoneID)
	return nil
}

// keyAzure encrypts with the platform's key, which takes an identity that may use
// it; Azure's own keys do otherwise.
func (d *database) keyAzure(body object.Map) error {
	key, identity := d.network.KMSKeyID, d.network.KMSIdentityID
	if d.live() == nil && (key == "") != (identity == "") {
		return fmt.Errorf("%s: kmsKeyID and kmsIdentityID go together, and one of them is missing", strings.TrimSuffix(d.setting(d.regional("")), "."))
	}
	if key != "" {
		body["customerManagedKey"] = object.Map{"keyVaultKeyId": key, "primaryUserAssignedIdentityId": identity}
		body["identity"] = object.Map{"type": "UserAssigned", "identityIds": []string{identity}}
	}
	return nil
}

// keepAzure keeps resource group, key and subnet.
func keepAzure(d *database) (err error) {
	if err := d.keepGroup(); err != nil {
		return err
	}
	n, engine := &d.network, d.claim.Database.Engine
	if n.KMSKeyID, err = d.keep(n.KMSKeyID, d.regional("kmsKeyID"), "customerManagedKey", "keyVaultKeyId"); err != nil {
		return err
	}
	if n.KMSIdentityID, err = d.keep(n.KMSIdentityID, d.regional("kmsIdentityID"), "customerManagedKey", "primaryUserAssignedIdentityId"); err != nil {
		return err
	}
	subnet := n.Subnets[engine]
	if subnet.DelegatedSubnetID, err = d.keep(subnet.DelegatedSubnetID, d.regional(engine+".delegatedSubnetID"), "delegatedSubnetId"); err != nil {
		return err
	}
	if subnet.PrivateDNSZoneID, err = d.keep(subnet.PrivateDNSZoneID, d.regional(engine+".privateDNSZoneID"), "privateDnsZoneId"); err != nil {
		return err
	}
	n.Subnets = map[string]settings.Subnet{engine: subnet}
	return nil
}

// keepGroup keeps the resource group. One of the database's own is nobody's setting,
// so that another one in the settings comes too late rather than to be refused.
func (d *database) keepGroup() error {
	asked := d.settings.ResourceGroup
	if !d.adopted() && asked != d.name && object.String(d.live(), "resourceGroupName") == d.name {
		d.settings.ResourceGroup = d.forNewOnly(asked, "resourceGroup")
		return nil
	}
	group, err := d.keep(asked, "resourceGroup", "resourceGroupName")
	d.settings.ResourceGroup = cmp.Or(group, asked) // every server is in one
	return err
}

func remarkAzure(d *database) (reason, message string) {
	switch {
	case d.network.Subnets[d.claim.Database.Engine].DelegatedSubnetID == "":
		return d.noNetwork(d.regional(d.claim.Database.Engine+".delegatedSubnetID"), "the database has no public address, and only private endpoints reach it")
	case d.policy.highAvailability && d.modeAzure() == sameZone && cloud.Zones(cloud.Azure, d.region):
		return sameZone, "the standby is in the server's own zone, and one in another zone takes a new server"
	}
	return "", ""
}

func versionAzure(d *database) string { return claimed(d.claim.Database.Engine, d.at("version")) }

func connectionAzure(d *database) connection {
	// Both engines' servers show a certificate of a public authority.
	return d.newConnection(d.at("fqdn"), nil)
}
