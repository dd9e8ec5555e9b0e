package cluster

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/network"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// networkProfile is the block of the network inside the cluster.
const networkProfile = "networkProfile"

// What is composed where the settings say nothing. The ranges are inside the cluster, and no network
// of the platform's has to know them.
const (
	podRange     = "10.244.0.0/16"
	serviceRange = "172.20.0.0/16"
	outbound     = "loadBalancer"
	systemZone   = "System" // a zone in the cluster's own resource group
)

// outbounds are the ways out of a cluster in a subnet of the platform's: managedNATGateway takes a
// network that AKS makes (learn.microsoft.com/azure/aks/egress-outboundtype).
var outbounds = []string{outbound, "userAssignedNATGateway", "userDefinedRouting"}

// nobody lets in the cluster's own nodes alone: a list without an item would let in the world
// (learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges).
const nobody = "0.0.0.0/32"

// outboundOf is how the nodes leave.
func outboundOf(in In) string {
	return cmp.Or(in.Want.OutboundType, in.Kept(networkProfile, "outboundType"), outbound)
}

// networkAzure is the network inside the cluster, of which no update changes what is there.
func networkAzure(in In) object.Map {
	kept := func(field, said, fallback string) string {
		return cmp.Or(said, in.Kept(networkProfile, field), fallback)
	}
	services := kept("serviceCidr", in.Want.ServiceCIDR, serviceRange)
	return object.Map{
		"networkPlugin":     kept("networkPlugin", "", "azure"),
		"networkPluginMode": kept("networkPluginMode", "", "overlay"),
		"networkDataPlane":  kept("networkDataPlane", "", "cilium"),
		"networkPolicy":     kept("networkPolicy", "", "cilium"),
		"loadBalancerSku":   kept("loadBalancerSku", "", "standard"),
		"outboundType":      outboundOf(in),
		"podCidr":           kept("podCidr", in.Want.PodCIDR, podRange),
		"serviceCidr":       services,
		"dnsServiceIp":      lifecycle.Optional(kept("dnsServiceIp", "", dnsIn(services))),
	}
}

// dnsIn is the tenth address of the range of services, which the cluster's DNS has.
func dnsIn(services string) string {
	p, err := netip.ParsePrefix(services)
	if err != nil {
		return ""
	}
	at := p.Masked().Addr()
	for range 10 {
		at = at.Next()
	}
	return at.String()
}

// endpointAzure says who reaches the API server: who is in the network of the private one, or whom the
// public one lets in.
func endpointAzure(in In, body object.Map) error {
	if in.Want.Private == "true" {
		body["privateDnsZoneId"] = cmp.Or(in.Want.PrivateDNSZoneID, in.There("privateDnsZoneId"), systemZone)
		return nil
	}
	cidrs, err := network.Within(in.Resource, "cluster.authorizedNetworks", in.Want.Authorized)
	if err != nil {
		return err
	}
	if len(cidrs) == 0 {
		cidrs = []string{nobody}
	}
	body["apiServerAccessProfile"] = object.Map{"authorizedIpRanges": texts(cidrs)}
	return nil
}

// lettingIn are the networks that the public endpoint lets in.
func lettingIn(l lifecycle.Live) []string {
	for _, body := range l.Tells(lifecycle.Instance) {
		if there := lifecycle.Strings(body, "apiServerAccessProfile", "authorizedIpRanges"); len(there) > 0 {
			return there
		}
	}
	return nil
}

// refuseNetworks refuses a new cluster what Azure does not take, and a public endpoint networks that do
// not reach it.
func refuseNetworks(in In) error {
	d := in.Want
	setting := func(name string) string { return in.Setting(in.Regional("cluster." + name)) }
	if d.Private != "true" {
		// AKS lets its own nodes in by the address of the cluster's load balancer alone
		// (learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges).
		if by := outboundOf(in); len(d.Authorized) == 0 && by != outbound {
			return fmt.Errorf("%s: is empty, and the nodes of this cluster leave by %s, whose address has to be let in for them to reach the API "+
				"server; name that at least", setting("authorizedNetworks"), by)
		}
		for i, cidr := range d.Authorized {
			if p, err := netip.ParsePrefix(cidr); err == nil && p.Addr().IsPrivate() {
				return fmt.Errorf("%s[%d]: %q is not allowed on azure, whose public endpoint private networks do not reach; allowed are public networks, and "+
					"without any a new cluster is private", setting("authorizedNetworks"), i, cidr)
			}
		}
	}
	if in.Exists() || in.Life == lifecycle.Forgotten {
		return nil
	}
	if d.Private != "true" && d.PrivateDNSZoneID != "" {
		return fmt.Errorf("%s: is of a private cluster, and %s makes a public endpoint; set one of them", setting("privateDNSZoneID"), setting("authorizedNetworks"))
	}
	if d.OutboundType != "" && !slices.Contains(outbounds, d.OutboundType) {
		return fmt.Errorf("%s: %q is not allowed; allowed are %s", setting("outboundType"), d.OutboundType, strings.Join(outbounds, ", "))
	}
	pods, services := cmp.Or(d.PodCIDR, podRange), cmp.Or(d.ServiceCIDR, serviceRange)
	for _, r := range []struct {
		name, cidr      string
		widest, longest int
	}{{"podCIDR", pods, widestPods, narrowestPods}, {"serviceCIDR", services, widestServices, narrowestServices}} {
		p, err := netip.ParsePrefix(r.cidr)
		if err != nil || !p.Addr().Is4() || p.Masked() != p || p.Bits() < r.widest || p.Bits() > r.longest {
			return fmt.Errorf("%s: %q is not allowed; allowed is an IPv4 network of /%d to /%d, such as 10.244.0.0/16", setting(r.name), r.cidr, r.widest, r.longest)
		}
	}
	if netip.MustParsePrefix(pods).Overlaps(netip.MustParsePrefix(services)) {
		return fmt.Errorf("%s: %q is not allowed, since it overlaps %q, the range of services; allowed is a network apart from that",
			setting("podCIDR"), pods, services)
	}
	return nil
}

// The prefix lengths of the ranges: each node has a /24 for its pods, and the range of services is
// narrower than a /12 (learn.microsoft.com/azure/aks/azure-cni-overlay and concepts-network-services).
const (
	widestPods, narrowestPods         = 8, 22
	widestServices, narrowestServices = 13, 26
)
