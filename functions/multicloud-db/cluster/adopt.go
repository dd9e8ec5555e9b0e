package cluster

import (
	"fmt"
	"strconv"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// nodesTheirs is what stays of a cluster that was taken over: nobody here knows what runs on its
// nodes, nor who else changes them.
const nodesTheirs = "its nodes stay their owner's: none is composed, spec.profile sizes none, and after an upgrade of the control plane " +
	"their owner upgrades them"

// refuseOfNodes refuses what a claim says of the nodes of a cluster that was there, which would come
// to nothing.
func refuseOfNodes(in In) error {
	said := in.Want.said
	for _, f := range []struct {
		name, value string
		is          bool
	}{
		{"nodes.min", strconv.Itoa(said.least), said.least > 0},
		{"nodes.max", strconv.Itoa(said.most), said.most > 0},
		{"highAvailability", strconv.FormatBool(said.highAvailability != nil && *said.highAvailability), said.highAvailability != nil},
	} {
		if f.is {
			return fmt.Errorf("spec.%s.%s: %s is not allowed of a cluster that was there before its claim, whose nodes stay their owner's; leave it out",
				claim.TypeCluster, f.name, f.value)
		}
	}
	return nil
}

// refuseDelete refuses deletionPolicy: Delete without the annotation allow-delete, in every env: crossplane-runtime takes
// no list of policies with Update and Delete and without Create (defaultSupportedManagementPolicies), and by Create an
// empty cluster is made where the one that was taken over is gone.
func refuseDelete(in In) error {
	if in.Policy.Orphan || in.Claim.AllowDelete {
		return nil
	}
	return fmt.Errorf("spec.deletionPolicy: \"Delete\" is refused of a cluster that was there before its claim, without the annotation %s: \"true\", since its "+
		"provider may then make an empty one where it is gone; allowed is Orphan until the claim is to be deleted", claim.AllowDelete)
}

// askedOf is the version that a cluster which was taken over is asked for: none before a newer one is
// meant than runs, and then that one. While a report lacks what runs, no other one is asked for.
func askedOf(in In) string {
	was, is := in.Asked("version"), in.Is("version")
	switch {
	case is != "" && lifecycle.IsOlder(is, in.Want.Version):
		return in.Want.Version
	case is == "" || was == "" || in.Claim.Provider == cloud.GCP: // which takes an older one for what it has
		return was
	}
	return in.NoOlder(was)
}

// refuseSkew refuses to upgrade the control plane of a cluster that was taken over further ahead of
// its nodes than its cloud supports, which their owner upgrades. Where nobody here sees the nodes, a
// second word says that somebody has looked. What was asked for once is not judged again: a control
// plane does not go back.
func refuseSkew(in In, oldest string, most int) error {
	from, to := in.Is("version"), in.Want.Version
	if from == "" || in.Asked("version") == to || !lifecycle.IsOlder(from, to) {
		return nil
	}
	switch {
	case oldest == "" && in.Claim.Upgrade != to:
		return fmt.Errorf("spec.%s.version: to become %q needs the annotation %s: %q on the claim, since nobody here sees the cluster's nodes: they may be "+
			"%d minors older than the control plane at most, and their owner upgrades them first where they would be older", claim.TypeCluster, to,
			claim.Upgrade, to, most)
	case oldest != "" && minors(to)-minors(oldest) > most:
		return fmt.Errorf("spec.%s.version: %q is more than %d minors ahead of the oldest nodes, which have %q; allowed is \"1.%d\" at most until their "+
			"owner has upgraded them", claim.TypeCluster, to, most, oldest, minors(oldest)+most)
	}
	return nil
}
