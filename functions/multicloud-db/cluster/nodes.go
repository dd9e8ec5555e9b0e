package cluster

import (
	"fmt"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	// maxNodes is less than any of the clouds has as the limit of a pool.
	maxNodes = 1000
	// zonesAvailable is over how many zones nodes are spread with high availability.
	zonesAvailable = 3
	// mostAlone is how many nodes there are at most without high availability, where the
	// claim does not say.
	mostAlone = 3
)

// A count is how many nodes there are, in all zones together.
type count struct{ least, most int }

// countOf is what the claim says, else what its availability means. With high availability each
// zone has as many nodes as the others. Nodes that were found are as many as they are, unless the
// claim says otherwise.
func countOf(in In, there count) (count, error) {
	n, available := count{in.Want.said.least, in.Want.said.most}, in.Policy.HighAvailability
	for _, side := range []struct {
		name string
		said int
	}{{"min", n.least}, {"max", n.most}} {
		if available && side.said%zonesAvailable != 0 {
			return count{}, fmt.Errorf("spec.%s.nodes.%s: %d is not allowed with high availability, where each of %d zones has as many nodes as the others; "+
				"allowed are multiples of %d", claim.TypeCluster, side.name, side.said, zonesAvailable, zonesAvailable)
		}
	}
	if isAsFound(in.Held) && there.least > 0 && there.most > 0 {
		switch {
		case n.least == 0 && n.most == 0:
			return there, nil
		case n.least == 0:
			return count{min(there.least, n.most), n.most}, nil
		case n.most == 0:
			return count{n.least, max(there.most, n.least)}, nil
		}
	}
	switch {
	case n.least == 0 && available:
		n.least = zonesAvailable
	case n.least == 0:
		n.least = 1
	}
	if n.most > 0 {
		n.least = min(n.least, n.most)
		return n, nil
	}
	if n.most = max(n.least, mostAlone); available {
		n.most = 2 * n.least //nolint:mnd // Room for as many again.
	}
	return n, nil
}

// isTurnedOn reports whether a live cluster is highly available by settings and not by its claim,
// whose words may be older than they are.
func isTurnedOn(in Held) bool {
	return in.Exists() && in.Policy.HighAvailability && in.Want.said.highAvailability == nil
}

// settleCount lifts the bounds of such a cluster to multiples of three: nothing that the settings
// say refuses a live claim what it says.
func settleCount(in Held) Held {
	said := &in.Want.said
	even := func(n int) int { return (n + zonesAvailable - 1) / zonesAvailable * zonesAvailable }
	if !isTurnedOn(in) || even(said.least) == said.least && even(said.most) == said.most {
		return in
	}
	said.least, said.most = even(said.least), even(said.most)
	in.Remarks = append(in.Remarks, fmt.Sprintf("spec.%s.nodes is lifted to multiples of %d, since the cluster is highly available by its env or the settings",
		claim.TypeCluster, zonesAvailable))
	return in
}

// settleAvailability leaves such a cluster in its zones, where it and the settings name too few.
func settleAvailability(in Held, at string) Held {
	named := slices.Concat(zonesThere(in, at), in.Want.Zones)
	slices.Sort(named)
	if named = slices.Compact(named); !isTurnedOn(in) || isAsFound(in) || len(named) == 0 || len(named) >= zonesAvailable {
		return in
	}
	in.Policy.HighAvailability = false
	in.Remarks = append(in.Remarks, fmt.Sprintf("the cluster is not highly available, although the settings say so: %s names too few zones, and it takes %d",
		in.Setting(in.Regional("cluster.zones")), zonesAvailable))
	return in
}

// poolIn is the part that the nodes stand in: on Azure the cluster itself.
func poolIn(in Held) string {
	if in.Claim.Provider == cloud.Azure {
		return lifecycle.Instance
	}
	return partNodes
}

// isAsFound reports whether the nodes were there before this claim, and are as available as the
// claim wants them.
func isAsFound(in Held) bool {
	return in.WasFound(poolIn(in)) && in.Policy.HighAvailability == (in.AsItIs("standby") == "true")
}

// ofNodes is a number of the live nodes, by the rule of Tells.
func ofNodes(in In, path ...string) int {
	for _, body := range in.Tells(partNodes) {
		if n, _ := object.Number(body, path...); n > 0 {
			return int(n)
		}
	}
	return 0
}

// zonesThere are the zones that the live nodes were asked for in, and of nodes that were found
// also those that their cloud reports.
func zonesThere(in Held, at string) []string {
	tells := in.Tells(partNodes)
	if there := lifecycle.Strings(tells[0], at); len(there) > 0 || !in.WasFound(partNodes) {
		return there
	}
	return lifecycle.Strings(tells[1], at)
}

// settleZones decides on the zones of the nodes. Nodes that are there stay in their zones,
// since the disks of their pods are there as well; what the settings say otherwise is for new
// clusters. Without high availability nodes that were in three zones keep to the first one.
func settleZones(in Held, at string) Held {
	said, there, wanted := in.Want.Zones, zonesThere(in, at), 1
	switch {
	case isAsFound(in) && len(there) > 0:
		wanted = len(there)
	case in.Policy.HighAvailability:
		wanted = zonesAvailable
	}
	setting := in.Regional("cluster.zones")
	switch {
	case len(there) >= wanted && len(there) > 0:
		in.Want.Zones = there[:wanted]
		isSaid := !slices.ContainsFunc(in.Want.Zones, func(zone string) bool { return !slices.Contains(said, zone) })
		switch {
		case len(said) == 0:
			in.Notes = append(in.Notes, in.Setting(setting))
		case !isSaid:
			in.Late(said[0], setting)
		}
	case len(said) > 0:
		others := slices.DeleteFunc(slices.Clone(said), func(zone string) bool { return slices.Contains(there, zone) })
		in.Want.Zones = slices.Concat(there, others)
		in.Want.Zones = in.Want.Zones[:min(wanted, len(in.Want.Zones))]
	default:
		in.Want.Zones = there
	}
	return in
}

// refuseZones refuses zones of the settings that are no zones of the region, or stand there twice,
// and high availability in fewer zones than it takes. Of nodes that are there nothing is refused.
func refuseZones(in In) error {
	setting, said, zones := in.Setting(in.Regional("cluster.zones")), in.OfRegion.Cluster.Zones, in.Want.Zones
	for i, zone := range said {
		first := slices.Index(zones, zone)
		twice := first >= 0 && slices.Contains(zones[first+1:], zone) && slices.Index(said, zone) != i
		if twice || first >= 0 && !strings.HasPrefix(zone, in.Region+"-") {
			return fmt.Errorf("%s[%d]: %q is not allowed; allowed are zones of %s, each once, such as %q", setting, i, zone, in.Region, in.Region+"-b")
		}
	}
	if !in.Policy.HighAvailability || len(zones) == 0 || len(zones) >= zonesAvailable || isAsFound(in.Held) {
		return nil
	}
	return fmt.Errorf("%s: names too few zones for high availability, which takes %d; name as many, or set spec.cluster.highAvailability to false",
		setting, zonesAvailable)
}
