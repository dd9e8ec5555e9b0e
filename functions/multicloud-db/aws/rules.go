package aws

import (
	"slices"
	"strings"

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

// Revoke reports whether a part is the rule of a network that the settings no longer let in:
// they are whole, and have a list for the VPC of the group, which lacks the network. A list
// that is gone revokes nothing, and an empty one revokes all.
func (s Rules) Revoke(r lifecycle.Resource, part string) bool {
	if !IsIngress(part) || r.Adopted() || s.VPCID == "" || s.CIDRs == nil || !r.MayRevoke(part) {
		return false
	}
	was := object.String(r.Object(PartGroup), "spec", "forProvider", "vpcId")
	return (was == "" || was == s.VPCID) && !s.lets(part)
}

// NoteKept notes the list where networks stay let in that it does not have.
func (s Rules) NoteKept(r *lifecycle.Resource) {
	for part := range r.Parts {
		if r.Exists() && IsIngress(part) && !s.lets(part) && !s.Revoke(*r, part) {
			r.Notes = append(r.Notes, r.Setting(r.Regional("allowedCIDRs")))
			return
		}
	}
}
