// Package azure is what types share on Azure: the resource group, and the lock that
// protects what has no protection of its own.
package azure

import (
	"cmp"
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

// GroupAt is where a kind has its resource group. One of the resource's own is nobody's
// setting, so that another one in the settings comes too late rather than to be refused.
var GroupAt = lifecycle.At{
	Is:     []string{"resourceGroupName"},
	Own:    func(r lifecycle.Resource, group string) bool { return group == r.Name },
	Always: true,
}

// Group is the resource group of the settings, or the resource's own.
func Group(r lifecycle.Resource, said string) string { return cmp.Or(said, r.Name) }

// OwnGroup is the resource group of one resource.
func OwnGroup(r lifecycle.Resource) lifecycle.Part {
	return lifecycle.Part{Kind: KindGroup, Name: r.Name, Body: object.Map{"location": r.Region}}
}

// Region is a location in Azure's short form: West Europe is westeurope.
func Region(location string) string {
	return strings.ToLower(strings.ReplaceAll(location, " ", ""))
}

// locks stands between the scope of a lock and its name in its id, by which the provider
// finds it.
const locks = "/providers/Microsoft.Authorization/locks/"

// Lock is the deletion protection of what has no field for it. It stands in Azure's scope
// of the main resource, whose id is known once that exists. It outlives its managed
// resource, or the deletion of a claim would take it away first. A lock that is to go is
// first told not to, or it would stay behind in Azure and nothing could be deleted. The
// result says whether there is one.
func Lock(r lifecycle.Resource) (lifecycle.Part, bool) {
	old := r.Object(PartLock)
	id := object.String(old, "metadata", "annotations", managed.ExternalNameAnnotation)
	scope, _, _ := strings.Cut(id, locks)
	scope = cmp.Or(object.String(old, "spec", "forProvider", "scope"), scope, r.At("id"))
	if scope == "" || !r.Policy.Protected && (old == nil || !lifecycle.IsOrphan(old)) {
		return lifecycle.Part{}, false
	}
	lock := lifecycle.Part{
		Kind: KindLock,
		Name: cmp.Or(id, scope+locks+r.Name),
		Body: object.Map{"name": r.Name, "lockLevel": "CanNotDelete", "scope": scope},
		// Azure cannot change the notes of a lock, which may be another claim's before.
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
