package database

import (
	"maps"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// isDefaultGroup reports whether a subnet group is one that RDS makes itself.
func isDefaultGroup(_ lifecycle.Resource, name string) bool {
	return strings.HasPrefix(name, "default")
}

// settleAWS fits the rest of the network to the subnet group that hold decided on, since
// security groups belong to the VPC of that group. It also records which settings say
// where the database is.
func settleAWS(in Held) Held {
	d := &in.Want
	found := in.Life == lifecycle.Found && in.There("dbSubnetGroupName") != ""
	moved := found && isElsewhere(in)
	switch {
	case moved, !found && in.WasFilledIn("subnetGroup"):
		if !d.ofSubnets {
			in.Late(strings.Join(d.SubnetIDs, ""), in.Regional("subnetIDs"))
		}
		d.SubnetIDs = nil
		if moved || in.WasFilledIn("securityGroupIDs") { // those of the settings are in another VPC
			in.Late(strings.Join(d.GroupIDs, ""), in.Regional("securityGroupIDs"))
			in.Late(d.VPCID, in.Regional("vpcID"))
			d.GroupIDs, d.VPCID, d.AllowedCIDRs = nil, "", nil
		}
		if moved {
			d.GroupIDs = groupsThere(in.Live)
		}
	case d.SubnetGroup != in.Name:
		d.SubnetIDs = nil
	}
	if in.Exists() && len(d.GroupIDs) == 0 && d.VPCID == "" && in.Object(partSecurityGroup) == nil && !in.WasFilledIn("securityGroupIDs") {
		d.GroupIDs = lifecycle.Strings(in.Body(), "vpcSecurityGroupIds")
	}
	if group := in.Object(partSecurityGroup); in.Exists() && len(d.GroupIDs) == 0 && d.VPCID == "" && group != nil && !isSpare(in, partSecurityGroup) {
		d.VPCID = object.String(group, "spec", "forProvider", "vpcId")
		in.Notes = append(in.Notes, in.Setting(in.Regional("vpcID")))
	}
	if (d.VPCID != "" || hasOwnGroup(in)) && !in.Adopted() {
		rulesAWS(in).NoteKept(&in.Resource)
	}
	d.restore.settles(&in)
	if !in.Adopted() {
		placed := []string{"region"}
		for name, says := range map[string]bool{
			"kmsKeyID": d.KMSKeyID != "", "subnetGroup": d.SubnetGroup != "", "securityGroupIDs": len(d.GroupIDs) > 0 || d.VPCID != "",
		} {
			if says {
				placed = append(placed, name)
			}
		}
		in.MarkPlaced(placed...)
	}
	return settlePassword(settleParameters(settleInsights(settleWindows(in))))
}

// isElsewhere reports whether a database that was found is in another subnet group than
// the settings say.
func isElsewhere(in Held) bool {
	region, there := in.OfRegion, in.There("dbSubnetGroupName")
	said := region.SubnetGroup
	if said == "" && len(region.SubnetIDs) > 0 {
		said = in.Name
	}
	return said != there && (said != "" || !isDefaultGroup(in.Resource, there))
}

// groupsThere are the security groups that the instance has, as RDS reports them, else as
// they were asked for last.
func groupsThere(l lifecycle.Live) []string {
	if groups := lifecycle.Strings(l.Main(), "status", "atProvider", "vpcSecurityGroupIds"); len(groups) > 0 {
		return groups
	}
	return lifecycle.Strings(l.Main(), "spec", "forProvider", "vpcSecurityGroupIds")
}

// hasOwnGroup reports whether a live database has a security group of its own, also where the
// settings have come to name others: the provider wrote the group into the list of the managed resource,
// where it stays beside theirs (x-kubernetes-list-type set of vpcSecurityGroupIds).
func hasOwnGroup(in Held) bool {
	return in.Exists() && in.Object(partSecurityGroup) != nil && !isSpare(in, partSecurityGroup)
}

// isSpare reports whether a part was composed for a database that was then found to have
// another group.
func isSpare(in Held, part string) bool {
	there := aws.There{SubnetGroup: in.At("dbSubnetGroupName"), GroupIDs: groupsThere(in.Live)}
	return there.IsSpare(in.Resource, part, partSubnetGroup)
}

// rulesAWS are what the settings say of the rules of the database's security group.
func rulesAWS(in Held) aws.Rules {
	rules := aws.Rules{CIDRs: in.Want.AllowedCIDRs}
	if in.Want.VPCID == in.OfRegion.VPCID {
		rules.VPCID = in.Want.VPCID
	}
	return rules
}

// isRevokedAWS reports whether a rule lets in a network that the settings no longer do.
func isRevokedAWS(in In, part string) bool { return rulesAWS(in.Held).Revoke(in.Resource, part) }

// goesAWS reports whether a part that is no longer composed may be deleted: a parameter group
// of an earlier major version, and what is spare.
func goesAWS(in In, part string) bool {
	return strings.HasPrefix(part, partParameterGroup) || isSpare(in.Held, part)
}

// addNetworkAWS composes a subnet group of the settings' subnetIDs, and a security group in
// the settings' vpcID.
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
	case in.Adopted(): // it has its own
	case len(d.GroupIDs) > 0:
		body["vpcSecurityGroupIds"] = d.GroupIDs
	case d.VPCID != "":
		body["vpcSecurityGroupIdSelector"] = object.Map{"matchControllerRef": true}
		group, err := aws.SecurityGroup(in.Resource, d.VPCID, d.AllowedCIDRs, ports[d.Engine])
		maps.Copy(parts, group)
		return err
	}
	return nil
}
