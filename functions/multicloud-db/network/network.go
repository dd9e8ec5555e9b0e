// Package network is what types share on the networks that the settings let in.
package network

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
)

// widestCIDR is the prefix length of the widest network that may reach a resource: the
// largest private network is 10.0.0.0/8.
const widestCIDR = 8

// Allowed are the networks that the settings' allowedCIDRs let in, each once, in whatever words
// it is said again.
func Allowed(r lifecycle.Resource, cidrs []string) ([]string, error) {
	return Within(r, "allowedCIDRs", cidrs)
}

// Within are the networks that a setting of the region lets in, as Allowed are.
func Within(r lifecycle.Resource, setting string, cidrs []string) ([]string, error) {
	networks := make([]string, 0, len(cidrs))
	for i, cidr := range cidrs {
		if !IsNarrow(cidr) {
			return nil, fmt.Errorf(
				"%s[%d]: %q is not allowed; allowed is an IPv4 network of /%d or "+
					"narrower, such as 10.0.0.0/16, for a %s is never open to the world",
				r.Setting(r.Regional(setting)), i, cidr, widestCIDR, r.Noun,
			)
		}
		if masked := Masked(cidr); !slices.Contains(networks, masked) {
			networks = append(networks, masked)
		}
	}
	return networks, nil
}

// IsNarrow reports whether a network may reach a resource.
func IsNarrow(cidr string) bool {
	network, err := netip.ParsePrefix(cidr)
	return err == nil && network.Addr().Is4() && network.Bits() >= widestCIDR
}

// Masked is a network as clouds write it, without the bits of a host, or "" of what is none.
func Masked(cidr string) string {
	n, err := netip.ParsePrefix(cidr)
	if err != nil {
		return ""
	}
	return n.Masked().String()
}

// Label stands for a network in the name of a part: 10.0.0.0/16 is 10-0-0-0-16.
func Label(network string) string {
	return strings.NewReplacer(".", "-", "/", "-").Replace(network)
}
