package aws

import (
	"net/netip"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/network"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// IsIngress reports whether a part is a rule of the security group.
func IsIngress(part string) bool { return strings.HasPrefix(part, PartIngress) }

// ruleOf is the part that lets a network in.
func ruleOf(cidr string) string { return PartIngress + network.Label(cidr) }

// Rules are what the settings say of the rules of a security group: its VPC, "" where they no
// longer say that of the live group, and the networks that are let in, nil without a list.
type Rules struct {
	VPCID string
	CIDRs []string
}

// lets reports whether the list has the network of a rule.
func (s Rules) lets(part string) bool {
	return slices.ContainsFunc(s.CIDRs, func(cidr string) bool { return part == ruleOf(network.Masked(cidr)) })
}

// takes reports whether a part is the rule of a network that the settings no longer let in:
// they are whole, and have a list for the VPC of the group, which lacks the network. A list
// that is gone takes nobody's access, and an empty one everybody's.
func (s Rules) takes(r lifecycle.Resource, part string) bool {
	if !IsIngress(part) || r.Adopted() || s.VPCID == "" || s.CIDRs == nil || !r.MayRevoke() {
		return false
	}
	was := object.String(r.Object(PartGroup), "spec", "forProvider", "vpcId")
	return (was == "" || was == s.VPCID) && !s.lets(part)
}

// Revoke reports whether the rule of a network that the settings no longer let in goes: at
// once, unless another network of the list has a part of it, whose rule comes first. Else
// clients that are let in before and after would be cut off in between.
func (s Rules) Revoke(r lifecycle.Resource, part string) bool {
	return s.takes(r, part) && !slices.ContainsFunc(s.CIDRs, func(cidr string) bool {
		said, was := network.Masked(cidr), object.String(r.Object(part), "spec", "forProvider", "cidrIpv4")
		return r.Exists() && overlap(said, was) && !isDecided(r.Object(ruleOf(said)))
	})
}

// overlap reports whether two networks have addresses in common.
func overlap(a, b string) bool {
	x, errX := netip.ParsePrefix(a)
	y, errY := netip.ParsePrefix(b)
	return errX == nil && errY == nil && x.Overlaps(y)
}

// isDecided reports whether AWS has a rule, to stay, or has refused it: a group that is full
// takes no rule before another one goes.
func isDecided(rule *structpb.Struct) bool {
	return object.String(rule, "metadata", "deletionTimestamp") == "" && (lifecycle.IsThere(rule) || lifecycle.IsRefused(rule))
}

// NoteKept notes the list where networks stay let in that it does not have.
func (s Rules) NoteKept(r *lifecycle.Resource) {
	for part := range r.Parts {
		if r.Exists() && IsIngress(part) && !s.lets(part) && !s.takes(*r, part) {
			r.Notes = append(r.Notes, r.Setting(r.Regional("allowedCIDRs")))
			return
		}
	}
}
