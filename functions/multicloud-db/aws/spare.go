package aws

import (
	"slices"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
)

// There is the network in which a resource was found: its subnet group and security groups.
type There struct {
	SubnetGroup string
	GroupIDs    []string
}

// IsSpare reports whether a part was composed for a resource that was then found in another
// network: the part that makes a subnet group of the resource's name, or one of a security
// group. Of a network that nobody tells no part is spare.
func (t There) IsSpare(r lifecycle.Resource, part, makesGroup string) bool {
	switch {
	case r.Life != lifecycle.Found || t.SubnetGroup == "":
		return false
	case part == makesGroup:
		return t.SubnetGroup != r.Name
	case part == PartGroup, IsIngress(part):
		return len(t.GroupIDs) > 0 && !slices.Contains(t.GroupIDs, GroupID(r.Live))
	}
	return false
}
