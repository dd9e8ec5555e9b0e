package cluster

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// profileMade is the record of the profile that a cluster was made with. IBM Cloud changes the size of no
// node: that takes another pool, and somebody who empties the old one.
const profileMade = "profile-made"

// settleIBM keeps what a live cluster cannot change.
func settleIBM(in Held) Held {
	in = settleCount(settlePlaced(settleProfile(in)))
	// The module forgets a key that it is no longer given, and would take another one for the first.
	if has := in.At("outputs", "kms_key_crn"); in.Exists() && in.Want.KMSKeyID == "" && has != "" {
		in.Want.KMSKeyID = has
		in.Notes = append(in.Notes, in.Setting(in.Regional("cluster.kmsKeyID")))
	}
	if in.Want.Outbound == "true" && staysClosed(&in, "outbound") {
		in.Want.Outbound = ""
		in.Notes = append(in.Notes, in.Setting(in.Regional("cluster.outbound")))
	}
	if in.Want.Outbound != "true" {
		in.Remarks = append(in.Remarks, "nodes reach nothing on the internet, so that images of public registries do not come, since "+
			in.Setting(in.Regional("cluster.outbound"))+" is not true")
	}
	scales := "IBM Cloud adds no nodes by itself: there are as many as spec.cluster.nodes.min says, until an autoscaler is turned on in the cluster's pool"
	if isAutoscaled(in.Live) {
		scales = "an autoscaler is on in the cluster's pool, whose own bounds count in place of spec.cluster.nodes"
	}
	in.Remarks = append(in.Remarks, scales)
	return in
}

// isAutoscaled reports whether an autoscaler was turned on in the pool, in the cluster: the provider leaves it the number of
// nodes (SuppressResizeForAutoscaledWorkerpool in resource_ibm_container_vpc_worker_pool.go).
func isAutoscaled(l lifecycle.Live) bool { return l.Bool("outputs", "autoscaled") }

// settleProfile refuses a live cluster another profile than it was made with.
func settleProfile(in Held) Held {
	was, said := in.Annotated(profileMade), in.Claim.Profile
	if !in.Exists() || in.Adopted() || was == "" {
		was = said
	}
	if was != said {
		in.Want.moved = append(in.Want.moved, moved{path: "spec.profile", was: was, said: said})
	}
	in.Record(profileMade, was)
	return in
}

// placedThere are the zones of the live nodes with their subnets, by the rule of Tells.
func placedThere(in Held) []settings.ZoneSubnet {
	for _, body := range in.Tells(lifecycle.Instance) {
		for _, inside := range []string{"varmap", "outputs"} {
			var out []settings.ZoneSubnet
			for _, v := range object.Get(body, inside, "zones").GetListValue().GetValues() {
				z := v.GetStructValue()
				out = append(out, settings.ZoneSubnet{Name: object.String(z, "name"), SubnetID: object.String(z, "subnet_id")})
			}
			if len(out) > 0 {
				return out
			}
		}
	}
	return nil
}

// settlePlaced decides on the zones of the nodes. Those of a live cluster stay, whatever claim and settings
// say of zones and of high availability by now: no edit brings another zone.
func settlePlaced(in Held) Held {
	said, there, setting := in.Want.Placed, placedThere(in), in.Regional("cluster.zones")
	if !in.Exists() || len(there) == 0 {
		if in.Policy.HighAvailability {
			in.Want.Placed = said[:min(zonesAvailable, len(said))]
		} else {
			in.Want.Placed = said[:min(1, len(said))]
		}
		return in
	}
	in.Want.Placed = there
	has := func(zone settings.ZoneSubnet) bool { return slices.Contains(said, zone) }
	switch {
	case len(said) == 0:
		in.Notes = append(in.Notes, in.Setting(setting))
	case slices.ContainsFunc(there, func(zone settings.ZoneSubnet) bool { return !has(zone) }):
		in.Late(said[0].Name, setting)
	}
	if isSpread := len(there) >= zonesAvailable; isSpread != in.Policy.HighAvailability {
		in.Remarks = append(in.Remarks, fmt.Sprintf("the nodes stay in %s that the cluster was made in, whatever claim and settings say of high availability",
			zonesOf(len(there))))
		in.Policy.HighAvailability = in.Policy.HighAvailability && isSpread
	}
	return in
}

func zonesOf(n int) string {
	if n == 1 {
		return "the one zone"
	}
	return fmt.Sprintf("the %d zones", n)
}

// countIBM is how many nodes there are in each zone: the least of the claim's, in all zones together. Of a cluster
// that was found, and whose claim says no number, it stays.
func countIBM(in In) (int, error) {
	n, err := countOf(in, count{})
	if err != nil {
		return 0, err
	}
	if in.Life == lifecycle.Found && in.Want.said.least == 0 {
		for _, body := range in.Tells(lifecycle.Instance) {
			for _, inside := range []string{"varmap", "outputs"} {
				if there, _ := object.Number(body, inside, "workers_per_zone"); there > 0 {
					return int(there), nil
				}
			}
		}
	}
	zones := max(1, len(in.Want.Placed))
	return (n.least + zones - 1) / zones, nil
}

// zoneForm is a zone of a region of IBM Cloud, and subnetForm the ID of a subnet of a VPC.
var (
	zoneForm   = regexp.MustCompile(`^[a-z]+(-[a-z]+)?-[0-9]$`)
	subnetForm = regexp.MustCompile(`^[A-Za-z0-9-]+$`)
)

// refuseZonesIBM refuses a new cluster zones that are none of the region, or stand there twice, and high
// availability in fewer than it takes. Of nodes that are there nothing is refused.
func refuseZonesIBM(in In) error {
	if in.Exists() || in.Life == lifecycle.Forgotten {
		return nil
	}
	setting := in.Setting(in.Regional("cluster.zones"))
	var seen []string
	for i, zone := range in.Want.Placed {
		if !zoneForm.MatchString(zone.Name) || !strings.HasPrefix(zone.Name, in.Region+"-") || slices.Contains(seen, zone.Name) {
			return fmt.Errorf("%s[%d].name: %q is not allowed; allowed are zones of %s, each once, such as %q", setting, i, zone.Name, in.Region, in.Region+"-1")
		}
		if !subnetForm.MatchString(zone.SubnetID) {
			return fmt.Errorf("%s[%d].subnetID: %q is not allowed; allowed is the ID of a subnet of the VPC, such as 02b7-1b2c", setting, i, zone.SubnetID)
		}
		seen = append(seen, zone.Name)
	}
	if in.Policy.HighAvailability && len(in.Want.Placed) < zonesAvailable {
		return fmt.Errorf("%s: names too few zones for high availability, which takes %d; name as many, or set spec.%s.highAvailability to false",
			setting, zonesAvailable, claim.TypeCluster)
	}
	return nil
}

// keyForm is the CRN of a root key, of which the cluster is told the instance and the key.
var keyForm = regexp.MustCompile(`^crn:v1:[^:\s]*:[^:\s]*:(kms|hs-crypto):[^:\s]+:a/[^:\s]+:[^:\s]+:key:[^:\s]+$`)

// refuseKeyIBM refuses what names no key.
func refuseKeyIBM(in In) error {
	if key := in.Want.KMSKeyID; key != "" && !keyForm.MatchString(key) {
		return fmt.Errorf("%s: %q is not allowed; allowed is the CRN of a root key, crn:v1:…:kms:…:key:…", in.Setting(in.Regional("cluster.kmsKeyID")), key)
	}
	return nil
}
