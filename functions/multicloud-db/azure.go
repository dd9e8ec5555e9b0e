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

// locksAzure stands between the scope of a lock and its name in its id, by which the
// provider finds it.
const locksAzure = "/providers/Microsoft.Authorization/locks/"

// lockAzure is the deletion protection: flexible servers have no field for it. It
// stands in Azure's scope of the server, whose id is known once that exists. A
// lock that is to go is first told not to outlive its managed resource, or it
// would stay behind in Azure and nothing could be deleted.
func (d *database) lockAzure() *structpb.Struct {
	old := d.observedObject(keyLock)
	id := object.String(old, "metadata", "annotations", managed.ExternalNameAnnotation)
	scope, _, _ := strings.Cut(id, locksAzure)
	scope = cmp.Or(object.String(old, "spec", "forProvider", "scope"), scope, d.at("id"))
	if scope == "" || !d.policy.protected && (old == nil || !orphaned(old)) {
		return nil
	}
	policy := d.policy
	d.policy.orphan = d.policy.orphan && d.policy.protected
	lock := d.managed(keyLock, kindManagementLock, cmp.Or(id, scope+locksAzure+d.name), object.Map{
		"name":      d.name,
		"lockLevel": "CanNotDelete",
		"scope":     scope,
		"notes":     "Keeps the database of claim " + d.claim.Namespace + "/" + d.claim.Name,
	})
	d.policy = policy
	return lock
}

func observeAzure(d *database) (*structpb.Struct, error) {
	if d.settings.ResourceGroup == "" && d.asked {
		return nil, fmt.Errorf("%s: is missing, and the database that spec.externalName names is looked for in it", d.setting("resourceGroup"))
	}
	kind := kindPostgresServer
	if d.claim.Database.Engine == cloud.MySQL {
		kind = kindMySQLServer
	}
	return d.look(kind, object.Map{"location": d.region, "resourceGroupName": optional(d.settings.ResourceGroup)}), nil
}

// factsAzure of a server; the engine is in its kind, and another one's is not found.
func factsAzure(d *database) facts {
	mb := d.atNumber("storageMb")
	if d.claim.Database.Engine == cloud.MySQL {
		mb = d.atNumber("storage", "sizeGb") * mbPerGiB
	}
	region := strings.ToLower(strings.ReplaceAll(d.at("location"), " ", ""))
	return facts{
		engine:           d.claim.Database.Engine,
		version:          versionAzure(d),
		region:           region,
		storageGiB:       mb / mbPerGiB,
		highAvailability: standbyAzure(d.at("highAvailability", "mode")) != "",
		retentionDays:    d.atNumber("backupRetentionDays"),
	}
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

func protectedAzure(d *database) bool { return d.observedObject(keyLock) != nil }

func versionAzure(d *database) string { return d.major(d.at("version")) }

func connectionAzure(d *database) connection {
	// Both engines' servers show a certificate of a public authority.
	return d.newConnection(d.at("fqdn"), nil)
}
