package cluster

import (
	"cmp"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// leastSubnets are in two zones, which EKS asks for.
const leastSubnets = 2

// settleAWS keeps what a live cluster has in lists.
func settleAWS(in Held) Held {
	if in.Adopted() {
		return in
	}
	in = settleCount(settleRole(settleSubnets(in)))
	if there := inVPC(in.Live, "securityGroupIds"); in.Exists() && !slices.Equal(there, in.Want.GroupIDs) && (in.Want.GroupIDs == nil || !in.MayNarrow()) {
		in.Want.GroupIDs = there
		in.Notes = append(in.Notes, in.Setting(in.Regional("cluster.securityGroupIDs")))
	}
	in.Remarks = append(in.Remarks, "EKS adds no nodes by itself: between the bounds of spec.cluster.nodes an autoscaler does, which the platform brings")
	if t := templateOf(in); t.newer != "" {
		in.Remarks = append(in.Remarks, "the machines of the nodes get the cost tags of today once they are made anew")
	} else if t.id != "" && !t.isOurs && in.WasFound(partNodes) && object.String(in.Object(partTemplate), "status", "atProvider", "id") != "" {
		in.Remarks = append(in.Remarks, "the nodes are made by the launch template "+t.id+", which is not this claim's: another profile does not reach them")
	}
	return settleAuthorized(in, letInAWS(in.Live))
}

// inVPC is a list of the cluster's vpcConfig, by the rule of Tells.
func inVPC(l lifecycle.Live, field string) []string {
	tells := l.Tells(lifecycle.Instance)
	if there := lifecycle.Strings(tells[0], "vpcConfig", field); len(there) > 0 {
		return there
	}
	return lifecycle.Strings(tells[1], "vpcConfig", field)
}

// letInAWS are the networks that the public endpoint lets in.
func letInAWS(l lifecycle.Live) []string {
	for _, body := range l.Tells(lifecycle.Instance) {
		vpc := object.Struct(body, "vpcConfig")
		if vpc == nil {
			continue
		}
		if open, _ := object.Bool(vpc, "endpointPublicAccess"); !open {
			return nil
		}
		return lifecycle.Strings(vpc, "publicAccessCidrs")
	}
	return nil
}

// A moved is a setting that says another value than nodes or control plane have, which no update
// gives them. A field of the claim has its own path.
type moved struct{ setting, was, said, path string }

// ofGroup is a list or a text of the live group of nodes, by the rule of Tells. What AWS could not
// make may be put right.
func ofGroup(in Held, field string) []string {
	if !managed.Exists(in.Object(partNodes)) {
		return nil
	}
	for _, body := range in.Tells(partNodes) {
		if list := lifecycle.Strings(body, field); len(list) > 0 {
			return list
		}
		if text := object.String(body, field); text != "" {
			return []string{text}
		}
	}
	return nil
}

// settleRole leaves live nodes with their role.
func settleRole(in Held) Held {
	said, there, setting := in.Want.NodeRoleARN, ofGroup(in, "nodeRoleArn"), in.Regional("cluster.nodeRoleARN")
	if len(there) == 0 || said == there[0] {
		return in
	}
	in.Want.NodeRoleARN = there[0]
	switch {
	case said == "":
		in.Notes = append(in.Notes, in.Setting(setting))
	case in.WasFound(partNodes) || in.IsSought(partNodes):
		in.Late(said, setting)
	default:
		in.Want.moved = append(in.Want.moved, moved{setting: setting, was: there[0], said: said})
	}
	return in
}

// settleSubnets leaves live nodes in their subnets, which no update changes, and gives a live
// control plane those of the settings beside its own. One that AWS has not taken goes with the
// settings: it takes none of a zone that the cluster was not made in, and would refuse it for ever
// (docs.aws.amazon.com/eks/latest/userguide/network-reqs.html).
func settleSubnets(in Held) Held {
	said, plane, nodes := in.Want.SubnetIDs, inVPC(in.Live, "subnetIds"), ofGroup(in, "subnetIds")
	if has := lifecycle.Strings(in.Main(), "status", "atProvider", "vpcConfig", "subnetIds"); len(has) > 0 {
		plane = slices.DeleteFunc(slices.Clone(plane), func(id string) bool { return !slices.Contains(has, id) && !slices.Contains(said, id) })
	}
	setting := in.Regional("cluster.subnetIDs")
	if !in.Exists() || len(plane) == 0 {
		plane = said
	}
	more := slices.DeleteFunc(slices.Clone(said), func(id string) bool { return slices.Contains(plane, id) })
	if len(said) > 0 && len(more) == len(said) { // they are another network's
		more = nil
		if !in.WasFound(lifecycle.Instance) {
			in.Want.moved = append(in.Want.moved, moved{setting: setting, was: strings.Join(plane, ","), said: strings.Join(said, ",")})
		}
	}
	in.Want.SubnetIDs = slices.Concat(plane, more)
	if in.Want.NodeSubnetIDs = nodes; len(nodes) == 0 {
		in.Want.NodeSubnetIDs = in.Want.SubnetIDs
	}
	same := len(said) == len(nodes) && !slices.ContainsFunc(said, func(id string) bool { return !slices.Contains(nodes, id) })
	switch {
	case len(nodes) == 0 || same:
	case len(said) == 0:
		in.Notes = append(in.Notes, in.Setting(setting))
	default:
		in.Late(said[0], setting)
	}
	return in
}

// refuseMoved refuses a live cluster another network, and its nodes another role.
func refuseMoved(in In) error {
	for _, m := range in.Want.moved {
		return fmt.Errorf("%s: %q cannot become %q on a live %s; set it back to %q, or make a second claim and migrate",
			cmp.Or(m.path, in.Setting(m.setting)), m.was, m.said, in.Noun, m.was)
	}
	return nil
}

// refuseFew refuses a new cluster fewer subnets than it takes.
func refuseFew(in In) error {
	said, least, by := in.OfRegion.Cluster.SubnetIDs, leastSubnets, "a cluster takes two, in two zones"
	if in.Policy.HighAvailability {
		least, by = zonesAvailable, "high availability takes three, in three zones; name as many, or set spec.cluster.highAvailability to false"
	}
	if in.Exists() || in.Life == lifecycle.Forgotten || len(slices.Compact(slices.Sorted(slices.Values(said)))) >= least {
		return nil
	}
	return fmt.Errorf("%s: names too few subnets: %s", in.Setting(in.Regional("cluster.subnetIDs")), by)
}

// The prefix lengths of the range of services (serviceIpv4Cidr of KubernetesNetworkConfigRequest in the Amazon EKS API
// reference).
const widestRange, narrowestRange = 12, 24

// refuseServices refuses a new cluster a range of services that EKS does not take.
func refuseServices(in In) error {
	said := in.Want.ServiceCIDR
	if said == "" || in.Exists() || in.Life == lifecycle.Forgotten {
		return nil
	}
	p, err := netip.ParsePrefix(said)
	if err == nil && p.Addr().Is4() && p.Addr().IsPrivate() && p.Masked() == p && p.Bits() >= widestRange && p.Bits() <= narrowestRange {
		return nil
	}
	return fmt.Errorf("%s: %q is not allowed; allowed is a private IPv4 network of /%d to /%d, such as 172.20.0.0/16",
		in.Setting(in.Regional("cluster.serviceCIDR")), said, widestRange, narrowestRange)
}

// principalARN is how IAM names a role or a user, and nobody else.
var principalARN = regexp.MustCompile(`^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+$`)

// refuseARNs refuses of a new cluster what is no role, and of any what administers it and is
// neither a role nor a user, or is who nodes join as: nobody has two entries
// (docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html).
func refuseARNs(in In) error {
	s := in.OfRegion.Cluster
	isNew := !in.Exists() && in.Life != lifecycle.Forgotten
	noDriver := in.Object(partAddon+settings.EBSCSIDriver) == nil
	refuse := func(name, arn, allowed string) error {
		return fmt.Errorf("%s: %q is not allowed; allowed is the ARN of %s, such as arn:aws:iam::123456789012:role/name",
			in.Setting(in.Regional("cluster."+name)), arn, allowed)
	}
	for _, role := range []struct {
		name, arn string
		isNew     bool
	}{{"clusterRoleARN", in.Want.RoleARN, isNew}, {"nodeRoleARN", in.Want.NodeRoleARN, isNew}, {"ebsCSIRoleARN", s.EBSCSIRoleARN, noDriver}} {
		if role.isNew && role.arn != "" && (!principalARN.MatchString(role.arn) || !strings.Contains(role.arn, ":role/")) {
			return refuse(role.name, role.arn, "a role")
		}
	}
	for i, arn := range s.AdminPrincipalARNs {
		name := fmt.Sprintf("adminPrincipalARNs[%d]", i)
		if !principalARN.MatchString(arn) {
			return refuse(name, arn, "a role or a user")
		}
		if arn == in.Want.NodeRoleARN {
			return fmt.Errorf("%s: %q is not allowed: it is the nodes' role, of which EKS makes an entry itself, and there is one of each; "+
				"allowed is the ARN of another role, or of a user", in.Setting(in.Regional("cluster."+name)), arn)
		}
	}
	return nil
}
