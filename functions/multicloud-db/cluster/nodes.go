package cluster

import (
	"fmt"
	"slices"

	"github.com/victor-onl/crossplane-resources/internal/claim"
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
// zone has as many nodes as the others.
func countOf(in In) (count, error) {
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

// settleZones decides on the zones of the nodes. Nodes that are there stay in their zones,
// since the disks of their pods are there as well; what the settings say otherwise is for new
// clusters. Without high availability nodes that were in three zones keep to the first one.
func settleZones(in Held, there []string) Held {
	said, wanted := in.Want.Zones, 1
	if in.Policy.HighAvailability {
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

// refuseZones refuses high availability in fewer zones than it takes, where zones are named.
func refuseZones(in In) error {
	zones := len(in.Want.Zones)
	if !in.Policy.HighAvailability || zones == 0 || zones >= zonesAvailable {
		return nil
	}
	return fmt.Errorf("%s: names too few zones for high availability, which takes %d; name as many, or set spec.cluster.highAvailability to false",
		in.Setting(in.Regional("cluster.zones")), zonesAvailable)
}
