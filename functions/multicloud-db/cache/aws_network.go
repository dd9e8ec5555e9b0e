package cache

import (
	"cmp"
	"maps"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// settleAWS fits the rest of the network to the subnet group that hold decided on: security
// groups belong to the VPC of that group. What the settings no longer say stays as it is.
func settleAWS(in Held) Held {
	d := &in.Want
	if d.SubnetGroup != in.Name {
		d.SubnetIDs = nil
	}
	if !in.Exists() || in.Adopted() {
		return in
	}
	if isElsewhere(in) {
		in.Late(strings.Join(d.GroupIDs, ""), in.Regional("cache.securityGroupIDs"))
		in.Late(d.VPCID, in.Regional("cache.vpcID"))
		d.GroupIDs, d.VPCID, d.AllowedCIDRs, d.ofDatabases = thereAWS(in.Live).GroupIDs, "", nil, false
		return in
	}
	if d.SubnetGroup == "" && d.ofSubnets+in.OfRegion.Cache.SubnetGroup != "" {
		// It is in the default VPC, and the settings' groups are in another one.
		d.GroupIDs, d.VPCID, d.AllowedCIDRs, d.ofDatabases = nil, "", nil, false
	}
	group := in.Object(partSecurityGroup)
	if len(d.GroupIDs) == 0 && d.VPCID == "" && group != nil {
		d.VPCID = object.String(group, "spec", "forProvider", "vpcId")
		in.Notes = append(in.Notes, in.Setting(in.Regional("cache.vpcID")))
	}
	if len(d.GroupIDs) > 0 || d.VPCID != "" {
		rulesAWS(in).NoteKept(&in.Resource)
		return in
	}
	d.GroupIDs = lifecycle.Strings(in.Body(), "securityGroupIds")
	return in
}

// rulesAWS are what the settings say of the rules of the cache's security group.
func rulesAWS(in Held) aws.Rules {
	rules := aws.Rules{CIDRs: in.Want.AllowedCIDRs}
	if in.Want.VPCID == in.OfRegion.VPCID || in.Want.VPCID == in.OfRegion.Cache.VPCID {
		rules.VPCID = in.Want.VPCID
	}
	return rules
}

// isRevokedAWS reports whether a rule lets in a network that the settings no longer do.
func isRevokedAWS(in In, part string) bool { return rulesAWS(in.Held).Revoke(in.Resource, part) }

// isElsewhere reports whether a cache was found in another subnet group than the settings say,
// which are the settings of another VPC.
func isElsewhere(in Held) bool {
	said := in.OfRegion.Cache.SubnetGroup
	if said == "" && in.Want.ofSubnets != "" {
		said = in.Name
	}
	there := thereAWS(in.Live).SubnetGroup
	return in.Life == lifecycle.Found && there != "" && said != there && (said != "" || !isDefaultGroup(in.Resource, there))
}

// thereAWS is the network that a cache is in.
func thereAWS(l lifecycle.Live) aws.There {
	tells := l.Tells(lifecycle.Instance)
	ids := lifecycle.Strings(tells[0], "securityGroupIds")
	if len(ids) == 0 {
		ids = lifecycle.Strings(tells[1], "securityGroupIds")
	}
	group := func(i int) string { return object.String(tells[i], "subnetGroupName") }
	return aws.There{SubnetGroup: cmp.Or(group(0), group(1)), GroupIDs: ids}
}

// addNetworkAWS composes a subnet group of the settings' subnets, and a security group in
// their VPC.
func addNetworkAWS(in In, parts lifecycle.Parts, body object.Map) error {
	d := in.Want
	if len(d.SubnetIDs) > 0 {
		parts[partSubnetGroup] = lifecycle.Part{Kind: kindSubnetGroup, Name: in.Name, Body: object.Map{
			"region":      in.Region,
			"description": "Subnets of " + in.Name,
			"subnetIds":   d.SubnetIDs,
		}}
	}
	switch {
	case len(d.GroupIDs) > 0:
		body["securityGroupIds"] = d.GroupIDs
	case d.VPCID != "":
		body["securityGroupIdSelector"] = object.Map{"matchControllerRef": true}
		group, err := aws.SecurityGroup(in.Resource, d.VPCID, d.AllowedCIDRs, portAWS)
		maps.Copy(parts, group)
		return err
	}
	return nil
}
