package main

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

//nolint:gochecknoglobals // Kinds, as the CRDs of provider-aws name them.
var (
	kindInstance      = managed.Kind{Group: "rds.aws", Version: "v1beta3", Kind: "Instance"}
	kindSubnetGroup   = managed.Kind{Group: "rds.aws", Version: "v1beta1", Kind: "SubnetGroup"}
	kindSecurityGroup = managed.Kind{Group: "ec2.aws", Version: "v1beta1", Kind: "SecurityGroup"}
	kindIngressRule   = managed.Kind{Group: "ec2.aws", Version: "v1beta1", Kind: "SecurityGroupIngressRule"}
)

func composeAWS(d *database) (map[string]*structpb.Struct, error) {
	composed := map[string]*structpb.Struct{}
	body := d.instanceAWS()

	switch n := d.network; {
	case n.SubnetGroup != "":
		body["dbSubnetGroupName"] = n.SubnetGroup
	case len(n.SubnetIDs) > 0:
		body["dbSubnetGroupName"] = d.name
		composed[keySubnetGroup] = d.managed(kindSubnetGroup, d.name, object.Map{
			"region":      d.region,
			"description": "Subnets of " + d.name,
			"subnetIds":   n.SubnetIDs,
		})
	}
	switch n := d.network; {
	case len(n.SecurityGroupIDs) > 0:
		body["vpcSecurityGroupIds"] = n.SecurityGroupIDs
	case n.VPCID != "":
		if err := d.securityGroupAWS(composed); err != nil {
			return nil, err
		}
		body["vpcSecurityGroupIdSelector"] = object.Map{"matchControllerRef": true}
	}
	if body["vpcSecurityGroupIdSelector"] == nil {
		d.stick(body, "vpcSecurityGroupIds")
	}
	d.stick(body, "dbSubnetGroupName", "kmsKeyId")
	composed[keyInstance] = d.managed(kindInstance, "", body)
	return composed, nil
}

func (d *database) instanceAWS() object.Map {
	body := object.Map{
		"region":     d.region,
		"identifier": d.name,
		"engine":     d.claim.Database.Engine,
		// A major is enough: RDS picks the minor and keeps it current.
		"engineVersion":            d.version,
		"autoMinorVersionUpgrade":  true,
		"allowMajorVersionUpgrade": true, // the claim's version only goes up
		// Extended support is billed by the vCPU hour and comes unasked.
		"engineLifecycleSupport": "open-source-rds-extended-support-disabled",
		"dbName":                 d.claim.Database.Name,
		"username":               login,
		"passwordSecretRef":      managed.SecretRef(d.claim.Namespaced, d.claim.Namespace, d.passwordName(), passwordKey),
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
		body["finalSnapshotIdentifier"] = d.name + "-final"
	}
	return body
}

// securityGroupAWS makes a group that lets the settings' networks in, and nobody
// else: without one of them it is closed.
func (d *database) securityGroupAWS(composed map[string]*structpb.Struct) error {
	composed[keySecurityGroup] = d.managed(kindSecurityGroup, "", object.Map{
		"region":      d.region,
		"name":        d.name,
		"description": "Clients of " + d.name,
		"vpcId":       d.network.VPCID,
	})
	for i, cidr := range d.network.AllowedCIDRs {
		if slices.Contains([]string{"0.0.0.0/0", "::/0"}, cidr) {
			return fmt.Errorf("settings providers.aws.regions.%s.allowedCIDRs[%d]: %q is the whole world, which never reaches a database; name the networks of its clients", d.region, i, cidr)
		}
		port := ports[d.claim.Database.Engine]
		composed["ingress-"+strings.NewReplacer(".", "-", "/", "-").Replace(cidr)] = d.managed(kindIngressRule, "", object.Map{
			"region":                  d.region,
			"securityGroupIdSelector": object.Map{"matchControllerRef": true},
			"cidrIpv4":                cidr,
			"ipProtocol":              "tcp",
			"fromPort":                port,
			"toPort":                  port,
		})
	}
	return nil
}

func missingAWS(d *database) string {
	if d.network.SubnetGroup != "" || len(d.network.SubnetIDs) > 0 {
		return ""
	}
	return fmt.Sprintf("settings providers.aws.regions.%s.subnetGroup", d.region)
}

func connectionAWS(d *database) connection {
	return d.newConnection(d.at(keyInstance, "address"), nil) // endpoint is host and port in one
}
