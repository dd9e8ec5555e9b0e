package main

import (
	"cmp"
	"fmt"
	"net/netip"
	"regexp"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// widestCIDR that may reach a database: the largest private network is 10.0.0.0/8.
const widestCIDR = 8

// maxGroupName is the length of a security group's name.
const maxGroupName = 255

// keyARN is how RDS names a key.
var keyARN = regexp.MustCompile(`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.`)

// inWordsOfRDS refuses what a new database could be made with, and not be changed after:
// RDS answers with a key's ARN and a subnet group in lower case, and what was asked for
// is then another key, and another group. A database that is there stays as it is.
func (d *database) inWordsOfRDS() error {
	n, setting := d.network, func(name string) string { return d.setting(d.regional(name)) }
	switch {
	case d.live() != nil, d.unseen():
		return nil
	case n.KMSKeyID != "" && !keyARN.MatchString(n.KMSKeyID):
		return fmt.Errorf("%s: %q is not allowed; allowed is the ARN of a key, such as arn:aws:kms:%s:123456789012:key/0123, and neither an alias nor an id", setting("kmsKeyID"), n.KMSKeyID, d.region)
	case n.SubnetGroup != strings.ToLower(n.SubnetGroup):
		return fmt.Errorf("%s: %q is not allowed; allowed is the name as RDS has it, which is in lower case: %q", setting("subnetGroup"), n.SubnetGroup, strings.ToLower(n.SubnetGroup))
	}
	return nil
}

// securityGroupAWS makes a group that lets the settings' networks in, and nobody
// else: without one of them it is closed.
func (d *database) securityGroupAWS(composed map[string]*structpb.Struct) error {
	// A group cannot be found by its name, nor made beside an older one of the same.
	name := object.String(d.observedObject(keySecurityGroup), "spec", "forProvider", "name")
	composed[keySecurityGroup] = d.managed(keySecurityGroup, kindSecurityGroup, "", object.Map{
		"region":      d.region,
		"name":        cmp.Or(name, claim.Shorten(d.name, d.incarnation(), maxGroupName)),
		"description": "Clients of " + d.name,
		"vpcId":       d.network.VPCID,
	})
	for i, cidr := range d.network.AllowedCIDRs {
		network, err := netip.ParsePrefix(cidr)
		if err != nil || !network.Addr().Is4() || network.Bits() < widestCIDR {
			return fmt.Errorf("settings providers.aws.regions.%s.allowedCIDRs[%d]: %q is not allowed; allowed is an IPv4 network of /%d or narrower, such as 10.0.0.0/16, for a database is never open to the world", d.region, i, cidr, widestCIDR)
		}
		cidr = network.Masked().String()
		port := ports[d.claim.Database.Engine]
		key := keyIngress + strings.NewReplacer(".", "-", "/", "-").Replace(cidr)
		composed[key] = d.managed(key, kindIngressRule, "", object.Map{
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
