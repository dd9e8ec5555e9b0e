package main

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ownSubnetGroup is how the names of the subnet groups begin that RDS makes itself.
const ownSubnetGroup = "default"

// foundIn is the subnet group of a database that was there before its managed
// resource, or "". The spec of that says what the settings said before anybody had
// looked, so that only status.atProvider tells where the database is.
func (d *database) foundIn() string {
	if !d.found() {
		return ""
	}
	return d.at("dbSubnetGroupName")
}

// stayWhereFound leaves a database where it was found. RDS changes its key only by
// making it anew, and a subnet group by moving it, with security groups that are of
// the one network or the other. A key that is left out stays, and the provider fills
// it in.
func (d *database) stayWhereFound() {
	n, said, there := &d.network, d.network, d.foundIn()
	d.readBackAWS()
	if n.KMSKeyID != d.at("kmsKeyId") {
		n.KMSKeyID = d.forNewOnly(n.KMSKeyID, d.regional("kmsKeyID"))
	}
	asked, own := n.SubnetGroup, strings.HasPrefix(there, ownSubnetGroup)
	if asked == "" && len(n.SubnetIDs) > 0 {
		asked = d.name
	}
	switch {
	case asked == there, asked == "" && own:
		n.SubnetGroup = asked
		return
	case asked == "":
		d.kept = append(d.kept, d.setting(d.regional("subnetGroup")))
	}
	d.forNewOnly(said.SubnetGroup, d.regional("subnetGroup"))
	d.forNewOnly(strings.Join(said.SubnetIDs, ""), d.regional("subnetIDs"))
	d.forNewOnly(strings.Join(said.SecurityGroupIDs, ""), d.regional("securityGroupIDs"))
	d.forNewOnly(said.VPCID, d.regional("vpcID"))
	if n.SubnetGroup = there; own {
		n.SubnetGroup = "" // as nobody asked for it
	}
	n.SubnetIDs, n.VPCID, n.AllowedCIDRs = nil, "", nil
	n.SecurityGroupIDs = d.groupsThere()
}

// groupsThere are the security groups that the instance has.
func (d *database) groupsThere() []string {
	return list(d.observedObject(keyInstance), "status", "atProvider", "vpcSecurityGroupIds")
}

// spareAWS says whether a group was composed for a database before it was found to
// have another one.
func (d *database) spareAWS(key string) bool {
	switch there := d.foundIn(); {
	case there == "":
		return false
	case key == keySubnetGroup:
		return there != d.name
	case key == keySecurityGroup:
		id := object.String(d.observedObject(key), "metadata", "annotations", managed.ExternalNameAnnotation)
		return !slices.Contains(d.groupsThere(), id)
	default:
		return false
	}
}
