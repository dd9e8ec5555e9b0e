package bucket

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// networkAzure are the rules of who reaches an account. Where nobody is named in a closed
// one, private endpoints and the account's bypass alone do.
func networkAzure(b Bucket) object.Map {
	rules := object.Map{"defaultAction": "Allow", "bypass": []string{"AzureServices"}}
	if b.Closed {
		rules["defaultAction"] = "Deny"
		rules["virtualNetworkSubnetIds"] = append([]string{}, b.SubnetIDs...)
		rules["ipRules"] = append([]string{}, b.IPRules...)
		if bypass := lifecycle.Strings(b.Rules, "bypass"); len(bypass) > 0 {
			rules["bypass"] = bypass
		}
	}
	if links := object.Get(b.Rules, "privateLinkAccess"); lifecycle.IsSaid(links) {
		rules["privateLinkAccess"] = links
	}
	return rules
}

// settleNetwork keeps a live account as closed as it was asked for last, and as Azure
// reports it: no setting says that an account is opened. The settings' networks are let
// in beside what the account lets in by another way.
func settleNetwork(in Held) Held {
	b := &in.Want
	denies := false
	for _, body := range bodiesAzure(in.Live) {
		if public, ok := object.Bool(body, "publicNetworkAccessEnabled"); ok && !public {
			b.Unreached = true
		}
		rules := object.Struct(body, "networkRules")
		if deny := object.String(rules, "defaultAction") == "Deny"; b.Rules == nil || deny && !denies {
			b.Rules, denies = rules, deny
		}
	}
	if denies && !b.Closed {
		b.Closed = true
		b.SubnetIDs = lifecycle.Strings(b.Rules, "virtualNetworkSubnetIds")
		b.IPRules = narrow(lifecycle.Strings(b.Rules, "ipRules"))
		in.Notes = append(in.Notes, in.Setting(in.Regional("bucket.subnetIDs")))
	}
	keepLetIn(&in)
	return in
}

// keepLetIn lets in beside the settings' networks whom they let in before, while a layer that may
// say so is missing.
func keepLetIn(in *Held) {
	if !in.Exists() || in.Adopted() {
		return
	}
	lacks := func(field string, said []string) []string {
		return slices.DeleteFunc(lifecycle.Strings(in.Body(), "networkRules", field), func(was string) bool {
			return slices.ContainsFunc(said, func(s string) bool { return strings.EqualFold(s, was) })
		})
	}
	b := &in.Want
	subnets, rules := lacks("virtualNetworkSubnetIds", b.SubnetIDs), narrow(lacks("ipRules", b.IPRules))
	if len(subnets)+len(rules) == 0 || !b.Closed || in.MayNarrow() {
		return
	}
	b.SubnetIDs, b.IPRules = slices.Concat(b.SubnetIDs, subnets), slices.Concat(b.IPRules, rules)
	in.Notes = append(in.Notes, in.Setting(in.Regional("bucket.subnetIDs")))
}

// bodiesAzure are a live account as it is held, and as it was asked for and is reported.
func bodiesAzure(l lifecycle.Live) []*structpb.Struct {
	return []*structpb.Struct{asItIs(l), l.Body(), object.Struct(l.Main(), "status", "atProvider")}
}
