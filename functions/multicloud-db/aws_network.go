package main

import (
	"cmp"
	"fmt"
	"net/netip"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// widestCIDR that may reach a database: the largest private network is 10.0.0.0/8.
const widestCIDR = 8

// maxGroupName is the length of a security group's name.
const maxGroupName = 255

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
