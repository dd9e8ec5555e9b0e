package main

import (
	"cmp"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

//nolint:gochecknoglobals // Kinds, as the CRDs of provider-aws name them.
var (
	kindInstance       = managed.Kind{Group: "rds.aws", Version: "v1beta3", Kind: "Instance"}
	kindSubnetGroup    = managed.Kind{Group: "rds.aws", Version: "v1beta1", Kind: "SubnetGroup"}
	kindSecurityGroup  = managed.Kind{Group: "ec2.aws", Version: "v1beta1", Kind: "SecurityGroup"}
	kindParameterGroup = managed.Kind{Group: "rds.aws", Version: "v1beta1", Kind: "ParameterGroup"}
	kindIngressRule    = managed.Kind{Group: "ec2.aws", Version: "v1beta1", Kind: "SecurityGroupIngressRule"}
)

// maxSnapshotName is the length of a snapshot's identifier
// (FinalDBSnapshotIdentifier in the Amazon RDS API).
const maxSnapshotName = 255

//nolint:gochecknoglobals // A table.
var consumerAWS = consumer{key: keyInstance, ref: "passwordSecretRef", published: []string{"password", "attribute.password"}, generates: cloud.Engines}

func composeAWS(d *database) (map[string]*structpb.Struct, error) {
	if err := d.inWordsOfRDS(); err != nil {
		return nil, err
	}
	composed := map[string]*structpb.Struct{}
	body := d.instanceAWS()
	n := d.network

	body["dbSubnetGroupName"] = optional(n.SubnetGroup)
	if len(n.SubnetIDs) > 0 {
		composed[keySubnetGroup] = d.managed(keySubnetGroup, kindSubnetGroup, d.name, object.Map{
			"region":      d.region,
			"description": "Subnets of " + d.name,
			"subnetIds":   n.SubnetIDs,
		})
	}
	switch {
	case d.adopted(): // it has its own
	case len(n.SecurityGroupIDs) > 0:
		body["vpcSecurityGroupIds"] = n.SecurityGroupIDs
	case n.VPCID != "":
		if err := d.securityGroupAWS(composed); err != nil {
			return nil, err
		}
		body["vpcSecurityGroupIdSelector"] = object.Map{"matchControllerRef": true}
	}
	if !d.adopted() {
		d.givePassword(body)
		d.parametersAWS(composed, body)
		// The provider fills in what RDS chose, and asks for that of the older major version
		// once RDS has upgraded the instance, and chosen another one.
		body["optionGroupName"] = optional(d.at("optionGroupName"))
	}
	if d.adopted() {
		body["identifier"] = cmp.Or(d.at("identifier"), d.name)
	}
	// RDS gives an id of its own, and the provider finds an instance by either: one that
	// outlived its claim, or whose creation the provider lost sight of, is found again.
	id := object.String(d.observedObject(keyInstance), "metadata", "annotations", managed.ExternalNameAnnotation)
	composed[keyInstance] = d.managed(keyInstance, kindInstance, cmp.Or(id, d.name), body)
	if d.adopted() {
		d.takeOver(composed[keyInstance])
	} else {
		object.Set(composed[keyInstance], d.placedBy(), "metadata", "annotations", requested+placement)
	}
	return composed, nil
}

func (d *database) instanceAWS() object.Map {
	body := object.Map{
		"region":     d.region,
		"identifier": d.name,
		"engine":     d.claim.Database.Engine,
		// A major is enough: RDS picks the minor and keeps it current.
		"engineVersion":            d.engineVersion(),
		"autoMinorVersionUpgrade":  true,
		"allowMajorVersionUpgrade": true, // the claim's version only goes up
		// Extended support is billed by the vCPU hour and comes unasked.
		"engineLifecycleSupport": "open-source-rds-extended-support-disabled",
		"dbName":                 d.claim.Database.Name,
		"username":               login,
		"storageType":            "gp3", // gp2 where it is unset
		"storageEncrypted":       true,  // false where it is unset
		"kmsKeyId":               optional(d.network.KMSKeyID),
		"publiclyAccessible":     false,
		"multiAz":                d.policy.highAvailability,
		"backupRetentionPeriod":  d.policy.retentionDays, // 0, no backups, where it is unset
		"copyTagsToSnapshot":     true,                   // snapshots are billed too
		"deleteAutomatedBackups": !d.policy.keepBackups,
		"deletionProtection":     d.policy.protected,
		"skipFinalSnapshot":      !d.policy.keepBackups,
		// Outside prod a change need not wait for the maintenance window.
		"applyImmediately": !d.policy.keepBackups,
	}
	if d.policy.keepBackups {
		body["finalSnapshotIdentifier"] = claim.Shorten(d.name+"-final", d.incarnation(), maxSnapshotName)
	}
	return body
}

// incarnation tells this XR from one before it of the same name: RDS refuses to
// delete an instance whose last snapshot would have the name of an older one's.
func (d *database) incarnation() string {
	xr := d.xr.GetResource()
	return cmp.Or(object.String(xr, "metadata", "uid"), object.String(xr, "metadata", "name"))
}

// observeAWS looks at an instance by its identifier, or by its resource id.
func observeAWS(d *database) (*structpb.Struct, error) {
	return d.look(kindInstance, object.Map{"region": d.region}), nil
}

func factsAWS(d *database) facts {
	standby, _ := object.Bool(d.observedObject(keyInstance), "status", "atProvider", "multiAz")
	return facts{
		engine:           d.at("engine"),
		version:          versionAWS(d),
		region:           d.at("region"),
		storageGiB:       d.atNumber("allocatedStorage"),
		highAvailability: standby,
		retentionDays:    d.atNumber("backupRetentionPeriod"),
	}
}

func remarkAWS(d *database) (reason, message string) {
	switch n := d.network; {
	case n.SubnetGroup == "":
		return d.noNetwork(d.regional("subnetGroup"), "the database has no public address, and is in the account's default VPC")
	case len(n.SecurityGroupIDs) == 0 && n.VPCID == "":
		return d.noNetwork(d.regional("securityGroupIDs"), "the database has no public address, and only members of the VPC's default security group reach it")
	}
	return "", ""
}

func protectedAWS(d *database) bool {
	protected, _ := object.Bool(d.live(), "deletionProtection")
	return protected
}

func versionAWS(d *database) string {
	return claimed(d.claim.Database.Engine, d.at("engineVersionActual"))
}

func connectionAWS(d *database) connection {
	return d.newConnection(d.at("address"), nil) // endpoint is host and port in one
}
