// Package aws is what types share on AWS: the security group in the platform's VPC, the
// forms in which AWS answers, and how this XR is told from an earlier one.
package aws

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/network"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Parts of these names are composed here; a rule's ends in the network that it lets in.
const (
	PartGroup   = "security-group"
	PartIngress = "ingress-"
)

// Kinds, as the CRDs of provider-aws name them. AWS assigns their ids, so that their provider
// has to fill in what is left out.
var (
	KindGroup   = managed.Kind{Group: "ec2.aws", Version: "v1beta1", Kind: "SecurityGroup"}
	KindIngress = managed.Kind{Group: "ec2.aws", Version: "v1beta1", Kind: "SecurityGroupIngressRule"}
)

// maxGroupName is the greatest length of a security group's name.
const maxGroupName = 255

// SecurityGroup composes a security group that lets in the settings' allowedCIDRs, and
// nobody else: without any the group is closed.
func SecurityGroup(r lifecycle.Resource, vpcID string, cidrs []string, port int) (lifecycle.Parts, error) {
	// The provider does not find a group by its name, and AWS makes none beside an older one
	// of the same name: so the name is new with each XR, and then stays.
	name := object.String(r.Object(PartGroup), "spec", "forProvider", "name")
	parts := lifecycle.Parts{PartGroup: {Kind: KindGroup, Body: object.Map{
		"region":      r.Region,
		"name":        cmp.Or(name, claim.Shorten(r.Name, Incarnation(r.Live), maxGroupName)),
		"description": "Clients of " + r.Name,
		"vpcId":       vpcID,
	}}}
	networks, err := network.Allowed(r, cidrs)
	if err != nil {
		return nil, err
	}
	for _, cidr := range networks {
		parts[ruleOf(cidr)] = lifecycle.Part{Kind: KindIngress, Fate: fateOf(r.Object(ruleOf(cidr))), Body: object.Map{
			"region":                  r.Region,
			"securityGroupIdSelector": object.Map{"matchControllerRef": true},
			"cidrIpv4":                cidr,
			"ipProtocol":              "tcp",
			"fromPort":                port,
			"toPort":                  port,
		}}
	}
	return parts, nil
}

// fateOf is what becomes of a rule at AWS. One that is being deleted there is deleted to the
// end, and then made anew: AWS makes no second rule of a network, so that one which stayed
// behind would be in the way of every later one, and nobody's to revoke.
func fateOf(rule *structpb.Struct) lifecycle.Fate {
	if object.String(rule, "metadata", "deletionTimestamp") != "" && !lifecycle.IsOrphan(rule) {
		return lifecycle.Goes
	}
	return lifecycle.AsClaimed
}

// GroupID is the id of the security group that was composed, or "".
func GroupID(l lifecycle.Live) string {
	return object.String(l.Object(PartGroup), "metadata", "annotations", managed.ExternalNameAnnotation)
}

// keyARN is how AWS names a key.
var keyARN = regexp.MustCompile(`^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.`)

// RefuseAliases refuses, for a new resource, a key and a subnet group in words that AWS
// does not answer with. AWS reports a key by its ARN and a subnet group in lower case: an
// alias, or upper case, would then look like another key, or another group, which nothing
// live can change to. What is there stays as it is.
func RefuseAliases(r lifecycle.Resource, service string, keyAt, key, groupAt, group string) error {
	setting := func(name string) string { return r.Setting(r.Regional(name)) }
	switch {
	case r.Exists(), r.Life == lifecycle.Forgotten:
		return nil
	case key != "" && !keyARN.MatchString(key):
		return fmt.Errorf(
			"%s: %q is not allowed; allowed is the ARN of a key, such as arn:aws:kms:%s:123456789012:key/0123, and neither an alias nor an id",
			setting(keyAt), key, r.Region,
		)
	case group != strings.ToLower(group):
		return fmt.Errorf(
			"%s: %q is not allowed; allowed is the name as %s has it, which is in lower case: %q", setting(groupAt), group, service, strings.ToLower(group),
		)
	}
	return nil
}

// Incarnation tells this XR from an earlier one of the same name: AWS refuses to delete what
// leaves a last snapshot where one of its name is there already.
func Incarnation(l lifecycle.Live) string {
	return cmp.Or(object.String(l.XR.Object, "metadata", "uid"), object.String(l.XR.Object, "metadata", "name"))
}
