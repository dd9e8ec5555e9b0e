package main

import (
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// keepAWS keeps subnet group, key and security groups. What the settings no longer
// say of a group that was composed is read back from it.
func keepAWS(d *database) (err error) {
	n := &d.network
	if d.foundIn() != "" {
		d.stayWhereFound()
		return nil
	}
	if d.filledIn("kmsKeyID") {
		n.KMSKeyID = d.forNewOnly(n.KMSKeyID, d.regional("kmsKeyID"))
	} else if n.KMSKeyID, err = d.keepPlaced(n.KMSKeyID, "kmsKeyID", "kmsKeyId"); err != nil {
		return err
	}
	if d.live() != nil {
		d.readBackAWS()
	}
	if d.filledIn("subnetGroup") {
		d.stayInDefaultVPC()
		return nil
	}
	group := n.SubnetGroup
	if group == "" && len(n.SubnetIDs) > 0 {
		group = d.name
	}
	if group, err = d.keepPlaced(group, "subnetGroup", "dbSubnetGroupName"); err != nil {
		return err
	}
	if n.SubnetGroup = group; group != d.name {
		n.SubnetIDs = nil
	}
	return nil
}

// stayInDefaultVPC leaves an instance where RDS put it when no setting said where.
func (d *database) stayInDefaultVPC() {
	n := &d.network
	n.SubnetGroup = d.forNewOnly(n.SubnetGroup, d.regional("subnetGroup"))
	d.forNewOnly(strings.Join(n.SubnetIDs, ""), d.regional("subnetIDs"))
	n.SubnetIDs = nil
	if d.filledIn("securityGroupIDs") { // those of the settings are in another VPC
		d.forNewOnly(strings.Join(n.SecurityGroupIDs, ""), d.regional("securityGroupIDs"))
		n.VPCID = d.forNewOnly(n.VPCID, d.regional("vpcID"))
		n.SecurityGroupIDs, n.AllowedCIDRs = nil, nil
	}
}

// placement is the record of which settings say where an instance is. The provider
// fills in RDS's own key, subnet group and security group where none does, in the
// same fields, and nobody asked for those.
const placement = "placement"

// placedBy names those settings, as an annotation of the instance.
func (d *database) placedBy() string {
	n, out := d.network, []string{"region"}
	for setting, says := range map[string]bool{
		"kmsKeyID":         n.KMSKeyID != "",
		"subnetGroup":      n.SubnetGroup != "",
		"securityGroupIDs": len(n.SecurityGroupIDs) > 0 || n.VPCID != "",
	} {
		if says {
			out = append(out, setting)
		}
	}
	slices.Sort(out)
	return strings.Join(out, ",")
}

// filledIn says whether what a live instance has was its provider's choice.
func (d *database) filledIn(setting string) bool {
	placed := d.annotated(placement)
	return d.live() != nil && !d.adopted() && placed != "" && !slices.Contains(strings.Split(placed, ","), setting)
}

// keepPlaced keeps a field of the settings that say where an instance is. Without the
// record nobody knows whether they or RDS had said it: then it just stays.
func (d *database) keepPlaced(asked, setting, field string) (string, error) {
	was := object.String(d.live(), field)
	if asked != "" && asked == d.at(field) {
		return asked, nil // in RDS's own words, for an alias or upper case that was asked for
	}
	if was != "" && d.annotated(placement) == "" && asked != "" && asked != was {
		d.forNewOnly(asked, d.regional(setting))
		return was, nil
	}
	return d.keep(asked, d.regional(setting), field)
}

// readBackAWS takes from live groups what the settings no longer say.
func (d *database) readBackAWS() {
	n := &d.network
	if group := d.observedObject(keySubnetGroup); n.SubnetGroup == "" && len(n.SubnetIDs) == 0 && group != nil {
		n.SubnetIDs = list(group, "spec", "forProvider", "subnetIds")
		d.kept = append(d.kept, d.setting(d.regional("subnetIDs")))
	}
	if len(n.SecurityGroupIDs) > 0 || n.VPCID != "" {
		return
	}
	group := d.observedObject(keySecurityGroup)
	if group == nil {
		if !d.filledIn("securityGroupIDs") {
			n.SecurityGroupIDs = list(d.live(), "vpcSecurityGroupIds")
		}
		return
	}
	n.VPCID = object.String(group, "spec", "forProvider", "vpcId")
	for _, key := range slices.Sorted(maps.Keys(d.observed)) {
		if strings.HasPrefix(key, keyIngress) {
			n.AllowedCIDRs = append(n.AllowedCIDRs, object.String(d.observedObject(key), "spec", "forProvider", "cidrIpv4"))
		}
	}
	d.kept = append(d.kept, d.setting(d.regional("vpcID")))
}

// list returns the strings of a list.
func list(o *structpb.Struct, path ...string) []string {
	var out []string
	for _, v := range object.Get(o, path...).GetListValue().GetValues() {
		out = append(out, v.GetStringValue())
	}
	return out
}
