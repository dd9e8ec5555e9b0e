package database

import (
	"fmt"
	"net/netip"
)

// widestCIDR is the prefix length of the widest network that may reach a database: the
// largest private network is 10.0.0.0/8.
const widestCIDR = 8

// allowedNetworks are the networks that the settings let in.
func allowedNetworks(in In) ([]string, error) {
	networks := make([]string, 0, len(in.Want.AllowedCIDRs))
	for i, cidr := range in.Want.AllowedCIDRs {
		network, err := netip.ParsePrefix(cidr)
		if err != nil || !network.Addr().Is4() || network.Bits() < widestCIDR {
			return nil, fmt.Errorf(
				"%s[%d]: %q is not allowed; allowed is an IPv4 network of /%d or "+
					"narrower, such as 10.0.0.0/16, for a database is never open to the world",
				in.Setting(in.Regional("allowedCIDRs")), i, cidr, widestCIDR,
			)
		}
		networks = append(networks, network.Masked().String())
	}
	return networks, nil
}

// unset says that a setting of the database's cloud is missing.
func unset(in Held, setting string) string { return in.Setting(setting) + " is not set" }
