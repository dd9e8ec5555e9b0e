package cluster

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// versionForm is a minor version of Kubernetes, as the XRD has it.
var versionForm = regexp.MustCompile(`^1\.[0-9]{2}$`)

// A section is what the claim says of its cluster; all of it has defaults.
type section struct {
	version          string
	highAvailability *bool
	least, most      int // of nodes; 0 where the claim does not say
}

// sectionOf reads spec.cluster.
func sectionOf(call lifecycle.Call) (section, error) {
	r := call.Claim.Section()
	nodes := r.Object("nodes")
	s := section{
		version:          r.Match("version", versionForm, "a minor version of Kubernetes, such as "+cloud.DefaultVersion(cloud.Kubernetes)),
		highAvailability: r.Bool("highAvailability"),
		least:            nodes.Int("min", 1, maxNodes), most: nodes.Int("max", 1, maxNodes),
	}
	nodes.Done()
	if s.least > 0 && s.most > 0 && s.least > s.most {
		nodes.Failf("min", "%d is more than spec.cluster.nodes.max, %d", s.least, s.most)
	}
	r.Done()
	return s, r.Err()
}

// read decides what the claim asks for.
func read(call lifecycle.Call, l lifecycle.Live, p lifecycle.Place) (Cluster, lifecycle.Policy, error) {
	said, err := sectionOf(call)
	if err != nil {
		return Cluster{}, lifecycle.Policy{}, err
	}
	version, err := versionOf(l, said.version)
	if err != nil {
		return Cluster{}, lifecycle.Policy{}, err
	}
	policy, err := lifecycle.PolicyOf(call, lifecycle.Asks{Noun: claim.TypeCluster, HighAvailability: said.highAvailability, For: "clusters"})
	if err != nil {
		return Cluster{}, lifecycle.Policy{}, err
	}
	s := p.OfRegion.Cluster
	c := Cluster{
		said: said, Version: version,
		Network: s.Network, Subnetwork: s.Subnetwork, PodsRange: s.PodsRange, ServicesRange: s.ServicesRange,
		NodeAccount: s.NodeServiceAccount, KMSKeyID: keyAsked(l, s.KMSKeyID), Zones: s.Zones, Authorized: s.AuthorizedNetworks,
		ResourceGroup: call.Provider().ResourceGroup, SubnetID: s.SubnetID, PrivateDNSZoneID: s.PrivateDNSZoneID, IdentityID: s.IdentityID,
		DiskSetID: s.DiskEncryptionSet, TenantID: s.TenantID, PodCIDR: s.PodCIDR, OutboundType: s.OutboundType, AdminGroups: s.AdminGroupIDs,
		Private: strconv.FormatBool(len(s.AuthorizedNetworks) == 0),
		RoleARN: s.ClusterRoleARN, NodeRoleARN: s.NodeRoleARN, ServiceCIDR: s.ServiceCIDR, SubnetIDs: s.SubnetIDs, GroupIDs: s.SecurityGroupIDs,
	}
	if s.DNSEndpoint != nil {
		c.DNSEndpoint = strconv.FormatBool(*s.DNSEndpoint)
	}
	readIBM(call, s, &c)
	if id := call.Provider().ProjectID; id != "" {
		c.WorkloadPool = id + poolSuffix
	}
	return c, policy, nil
}

// versionOf is the version asked for. A live cluster may have a version that new ones no longer
// get, or be on one that nobody asked for: its cloud upgrades it by itself. Only a newer version
// than it has is compared with what the cloud offers, and that is one minor ahead at most.
func versionOf(l lifecycle.Live, said string) (string, error) {
	was, there := l.Last("version"), l.Is("version")
	if l.Exists() || l.Life == lifecycle.Forgotten {
		there = cmp.Or(there, minorOf(l.Shown("version"))) // as it was told last
	}
	switch {
	case said == "" && there != "" && (l.Adopted() || l.Life == lifecycle.Found):
		return there, nil
	case was != "" && (said == "" || said == was):
		return was, nil
	case was == "" && said != "" && l.Adopted():
		return said, nil
	case said == "" && l.Life == lifecycle.Forgotten && there != "":
		return there, nil
	case said != "" && there != "" && l.Life != lifecycle.New && !lifecycle.IsOlder(there, said):
		return said, nil // an older one is refused by its rule
	}
	if from := newest(there, was); l.Exists() && from != "" && minors(said)-minors(from) > 1 {
		return "", fmt.Errorf("spec.cluster.version: %q is more than one minor ahead of %q, and a cluster is upgraded by one at a time; set \"1.%d\" "+
			"first, and wait until status.resource.version shows it", said, from, minors(from)+1)
	}
	version, err := cloud.Version(l.Claim.Provider, cloud.Kubernetes, said, l.Today)
	if err != nil {
		return "", fmt.Errorf("spec.cluster.version: %w", err)
	}
	return version, nil
}

// newest is what runs, or what was asked for last where nobody knows what runs.
func newest(there, was string) string {
	if there != "" {
		return there
	}
	return was
}

// minors is the number of a minor version: 35 of 1.35.
func minors(version string) int {
	_, minor, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(minor) //nolint:errcheck // Of no version it is 0.
	return n
}

// told is a version as clouds report it: 1.35, 1.35.0-gke.3047000, v1.35.4 or 1.35+.
var told = regexp.MustCompile(`^v?([0-9]+\.[0-9]+)([.+_-].*)?$`)

// minorOf cuts a version to its minor: 1.35 of 1.35.0-gke.3047000. A word that is no version tells
// nothing: nobody knows whether it is older or newer than another.
func minorOf(version string) string {
	if m := told.FindStringSubmatch(version); m != nil {
		return m[1]
	}
	return ""
}

// following is the version of nodes that are told one: one minor ahead of what they have for as long as
// the control plane reports a newer one, and never newer than that. What was asked for last stays while
// either is not told. New nodes get what the control plane has.
func following(is, asked, plane string) string {
	is, asked = minorOf(is), minorOf(asked)
	if asked != "" && plane != "" && lifecycle.IsOlder(plane, asked) {
		asked = plane
	}
	switch {
	case is == "":
		return cmp.Or(asked, plane)
	case plane == "" && asked != "" && lifecycle.IsOlder(is, asked):
		return asked // on its way
	case plane == "" || !lifecycle.IsOlder(is, plane):
		return is
	}
	return fmt.Sprintf("1.%d", minors(is)+1)
}

// status are the fields of status.resource that a cluster has.
func status(in In) object.Map {
	return object.Map{"version": lifecycle.Optional(versionThere(in))}
}

// versionThere is the version that runs, as it was told last; before anything runs, the one that
// is asked for.
func versionThere(in In) string {
	if in.Exists() {
		return cmp.Or(in.Is("version"), minorOf(in.Shown("version")), in.Want.Version)
	}
	return cmp.Or(in.Is("version"), in.Want.Version)
}
