package cluster

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// settleAzure keeps what a live cluster has in lists, and what no update changes.
func settleAzure(in Held) Held {
	in = settleSize(settleKey(settleLeast(settleCount(settlePeople(in)))))
	in.Remarks = append(in.Remarks, "AKS sends the logs of the API server nowhere by itself: a diagnostic setting of the cluster does, which the platform brings")
	switch zones := len(zonesAzure(in)); {
	case in.Policy.HighAvailability && zones < zonesAvailable && !cloud.Zones(cloud.Azure, in.Region):
		in.Remarks = append(in.Remarks, in.Region+" has no zones, over which the nodes would be spread")
	case in.Policy.HighAvailability && zones < zonesAvailable:
		in.Remarks = append(in.Remarks, "the nodes are not spread over zones, as they were made: other zones take another cluster")
	case !in.Policy.HighAvailability && zones > 0:
		in.Remarks = append(in.Remarks, "the nodes stay in the zones that they were made in")
	}
	return settleAccess(in)
}

// settlePeople leaves a live cluster its administrators and its identity where the settings no longer
// say any, and while they are not whole.
func settlePeople(in Held) Held {
	if !in.Exists() || in.Adopted() {
		return in
	}
	in.Want.TenantID = in.AsItIs("tenantID") // of a cluster made without one the provider's own
	var there []string
	for _, body := range in.Tells(lifecycle.Instance) {
		if there = lifecycle.Strings(body, entra, "adminGroupObjectIds"); len(there) > 0 {
			break
		}
	}
	keeps := func(setting string) { in.Notes = append(in.Notes, in.Setting(in.Regional("cluster."+setting))) }
	said := in.Want.AdminGroups
	if len(there) > 0 && !slices.Equal(said, there) && (len(said) == 0 || !in.MayNarrow()) {
		in.Want.AdminGroups = there
		keeps("adminGroupIDs")
	}
	if has := in.AsItIs("identityID"); has != "" && has != in.Want.IdentityID && !in.MayNarrow() {
		in.Want.IdentityID = has
		keeps("identityID")
	}
	return in
}

// settleAccess leaves a private cluster private. One with a public endpoint lets in whom the settings say.
func settleAccess(in Held) Held {
	if in.Want.Private != "true" {
		return settleAuthorized(in, lettingIn(in.Live))
	}
	if in.Exists() && !in.Adopted() && len(in.Want.Authorized) > 0 {
		in.Late(in.Want.Authorized[0], in.Regional("cluster.authorizedNetworks"))
	}
	in.Want.Authorized = nil
	return in
}

// settleLeast lifts the bounds to what AKS takes.
func settleLeast(in Held) Held {
	said := &in.Want.said
	lifts := false
	for _, bound := range []*int{&said.least, &said.most} {
		if *bound > 0 && *bound < leastAzure {
			*bound, lifts = leastAzure, true
		}
	}
	if lifts {
		in.Remarks = append(in.Remarks, fmt.Sprintf("spec.%s.nodes is lifted to %d, the fewest that AKS takes in a pool with the system's own pods",
			claim.TypeCluster, leastAzure))
	}
	return in
}

// sizeOfFound is the record of the size of nodes that were found: the profile that the claim had then,
// or that it was edited since.
const (
	sizeOfFound = "found-profile"
	edited      = "edited"
)

// settleSize keeps the machines of the nodes for as long as a lock stands, and those of nodes that were
// found until their claim names another profile. Other machines come by a pool that stands in for the
// one that is deleted and made anew, and what is in a locked cluster cannot be deleted: the change would
// stop half-way, with both pools.
func settleSize(in Held) Held {
	if !in.Exists() || in.Adopted() {
		return in
	}
	found := false
	if was := in.Annotated(sizeOfFound); in.WasFound(lifecycle.Instance) {
		found = was == "" || was == in.Claim.Profile
		mark := in.Claim.Profile
		if !found {
			mark = edited
		}
		in.Mark(sizeOfFound, mark)
	}
	hasLock := in.Object(partLock) != nil
	switch {
	case isCycling(in.Live) && !hasLock:
		in.Remarks = append(in.Remarks, "the nodes are made anew with other machines, by a pool "+poolTemp+" that stands in for theirs meanwhile")
		if !in.Policy.Protected {
			break
		}
		in.Remarks = append(in.Remarks, "the cluster is locked once that is done")
		if !isTurning(in.Live) {
			in.KeepSize() // they have what was asked for
		}
	case in.Policy.Protected || hasLock:
		in.KeepSize()
		in.Remarks = append(in.Remarks, "the nodes keep their machines for as long as the cluster is locked, since Azure makes the pool anew for others")
	case found:
		in.KeepSize()
	}
	return in
}

// refuseLocked refuses another profile of a cluster that is locked.
func refuseLocked(in In) error {
	was := object.String(in.XR.Object, "status", "size", "profile")
	turns := isTurning(in.Live) && in.Object(partLock) == nil // under a lock nothing does, whoever changed the machines
	if !in.Exists() || !in.Policy.Protected || turns || was == "" || was == in.Claim.Profile {
		return nil
	}
	return fmt.Errorf("spec.profile: %q cannot become %q on a live cluster that is locked, since Azure deletes the pool of nodes and makes it anew for that, "+
		"and deletes nothing in what is locked; set it back to %q, or give the claim the annotation %s: \"true\" and spec.deletionPolicy: Orphan until "+
		"the nodes have their new machines", was, in.Claim.Profile, was, claim.AllowDelete)
}

// The forms of Azure's ids, which do not tell cases apart.
var (
	subnetID = regexp.MustCompile(`(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Network/virtualNetworks/[^/]+/subnets/[^/]+$`)
	zoneID   = regexp.MustCompile(`(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Network/privateDnsZones/[^/]+$`)
	diskSet  = regexp.MustCompile(`(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.Compute/diskEncryptionSets/[^/]+$`)
	objectID = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
)

// refuseIDs refuses of a new cluster what is no id of what it takes, and of any an administrator who is
// no group.
func refuseIDs(in In) error {
	d := in.Want
	isNew := !in.Exists() && in.Life != lifecycle.Forgotten
	refuse := func(name, value, allowed string) error {
		return fmt.Errorf("%s: %q is not allowed; allowed is %s", in.Setting(in.Regional("cluster."+name)), value, allowed)
	}
	for _, s := range []struct {
		name, value string
		isOne       func(string) bool
		allowed     string
	}{
		{"subnetID", d.SubnetID, subnetID.MatchString, "the id of a subnet, /subscriptions/…/subnets/…"},
		{"identityID", d.IdentityID, azure.IsIdentity, "the id of a user-assigned identity, /subscriptions/…/userAssignedIdentities/…"},
		{"privateDNSZoneID", d.PrivateDNSZoneID, zoneID.MatchString, "the id of a private DNS zone, /subscriptions/…/privateDnsZones/…"},
		{"diskEncryptionSetID", d.DiskSetID, diskSet.MatchString, "the id of a disk encryption set, /subscriptions/…/diskEncryptionSets/…"},
		{"kmsKeyID", d.KMSKeyID, versioned.MatchString, "the id of a key with its version, https://VAULT.vault.azure.net/keys/NAME/VERSION"},
		{"tenantID", d.TenantID, objectID.MatchString, "the id of a tenant, such as 00000000-0000-0000-0000-000000000000"},
	} {
		if isNew && s.value != "" && !s.isOne(s.value) {
			return refuse(s.name, s.value, s.allowed)
		}
	}
	for i, group := range d.AdminGroups {
		if !objectID.MatchString(group) {
			return refuse(fmt.Sprintf("adminGroupIDs[%d]", i), group, "the object id of a group in Entra ID, such as 00000000-0000-0000-0000-000000000000")
		}
	}
	return nil
}
