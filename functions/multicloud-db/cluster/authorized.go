package cluster

import (
	"slices"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/network"
)

// settleAuthorized lets in from outside whom a live cluster lets in, where the settings no longer
// say a list, and where they are not whole: the EnvironmentConfig that is missing may say fewer, or
// more. The world, which somebody let in by hand, is let in no more.
func settleAuthorized(in Held, there []string) Held {
	said := in.Want.Authorized
	there = slices.DeleteFunc(slices.Clone(there), func(cidr string) bool { return !network.IsNarrow(cidr) })
	if !in.Exists() || in.Adopted() || said != nil && in.MayNarrow() {
		return in
	}
	in.Want.Authorized = there
	if !slices.Equal(said, there) {
		in.Notes = append(in.Notes, in.Setting(in.Regional("cluster.authorizedNetworks")))
	}
	return in
}

// staysClosed reports whether what the settings open of a live cluster stays closed, since an
// EnvironmentConfig that is missing may say that it is.
func staysClosed(in *Held, field string) bool {
	return in.Exists() && !in.Adopted() && in.AsItIs(field) != "true" && !in.MayNarrow()
}
