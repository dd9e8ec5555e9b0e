// Package azure is what types share on Azure: the resource group, and the lock that
// protects what has no protection of its own.
package azure

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Parts of these names are composed here.
const (
	PartGroup = "resource-group"
	PartLock  = "lock"
)

// Kinds, as the CRDs of provider-azure name them.
var (
	KindGroup = managed.Kind{Group: "azure", Version: "v1beta1", Kind: "ResourceGroup"}
	KindLock  = managed.Kind{Group: "authorization.azure", Version: "v1beta1", Kind: "ManagementLock"}
)

// GroupAt is where a kind has its resource group. A group that was made for the resource
// is nobody's setting: a group that the settings name later comes too late, and is not
// refused.
var GroupAt = lifecycle.At{
	Is:     []string{"resourceGroupName"},
	Own:    func(r lifecycle.Resource, group string) bool { return strings.EqualFold(group, r.Name) },
	Always: true,
}

// Group is the resource group of the settings, or the resource's own.
func Group(r lifecycle.Resource, said string) string { return cmp.Or(said, r.Name) }

// OwnGroup is the resource group that is made for one resource, where the settings name
// none.
func OwnGroup(r lifecycle.Resource) lifecycle.Part {
	return lifecycle.Part{Kind: KindGroup, Name: r.Name, Body: object.Map{"location": r.Region}}
}

// RefuseHalfKey refuses a key of the platform's without the identity that may use it, and the
// other way round.
func RefuseHalfKey(r lifecycle.Resource, at, key, identity string) error {
	return refuseHalf(r.Setting(at), "kmsKeyID and kmsIdentityID", key, identity)
}

// RefuseHalfNetwork refuses a subnet without the zone in which what is in it gets its name, and
// the other way round. The setting of the subnet has a name by what is in it.
func RefuseHalfNetwork(r lifecycle.Resource, at, subnet, subnetID, zoneID string) error {
	return refuseHalf(r.Setting(at), subnet+" and privateDNSZoneID", subnetID, zoneID)
}

func refuseHalf(at, both, a, b string) error {
	if (a == "") == (b == "") {
		return nil
	}
	return fmt.Errorf("%s: %s go together, and one of them is missing", at, both)
}

// Region is a location in Azure's short form: West Europe is westeurope.
func Region(location string) string {
	return strings.ToLower(strings.ReplaceAll(location, " ", ""))
}

// locks stands between scope and name in the id of a lock. By the id the provider finds
// the lock.
const locks = "/providers/Microsoft.Authorization/locks/"

// Lock is the deletion protection of a kind that has no field for that, and whether there
// is one. The scope of the lock is the main resource's id, known once the resource exists.
// The lock outlives its managed resource: the deletion of a claim would otherwise take the
// lock away first. A lock that is no longer wanted is composed once more with the fate
// Goes: it would otherwise stay behind in Azure, and nothing could be deleted.
func Lock(r lifecycle.Resource) (lifecycle.Part, bool) { return LockOn(r, r.At("id")) }

// LockOn is the lock of a resource that stands inside another one, by the id of what is
// locked, which is "" until it is known.
func LockOn(r lifecycle.Resource, on string) (lifecycle.Part, bool) {
	old := r.Object(PartLock)
	id := object.String(old, "metadata", "annotations", managed.ExternalNameAnnotation)
	scope, _ := cut(id, locks)
	scope = cmp.Or(object.String(old, "spec", "forProvider", "scope"), scope, on)
	if scope == "" || !r.Policy.Protected && (old == nil || !lifecycle.IsOrphan(old)) {
		return lifecycle.Part{}, false
	}
	lock := lifecycle.Part{
		Kind: KindLock,
		Name: cmp.Or(id, scope+locks+r.Name),
		Body: object.Map{"name": r.Name, "lockLevel": "CanNotDelete", "scope": scope},
		// Azure cannot change a lock, and the notes of this one may name an earlier claim.
		Init: object.Map{"notes": "Keeps the " + r.Noun + " of claim " + r.Claim.Namespace + "/" + r.Claim.Name},
		Fate: lifecycle.Goes,
	}
	if r.Policy.Protected {
		lock.Fate = lifecycle.Outlives
	}
	return lock, true
}

// IsLocked reports whether a live resource has its lock.
func IsLocked(l lifecycle.Live) bool { return l.Object(PartLock) != nil }
