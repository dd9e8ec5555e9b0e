package main

import (
	"cmp"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// locksAzure stands between the scope of a lock and its name in its id, by which the
// provider finds it.
const locksAzure = "/providers/Microsoft.Authorization/locks/"

// lockAzure is the deletion protection: flexible servers have no field for it. It
// stands in Azure's scope of the server, whose id is known once that exists. It
// outlives its managed resource, or the deletion of a claim would take it away first. A
// lock that is to go is first told not to, or it would stay behind in Azure and nothing
// could be deleted.
func (d *database) lockAzure() *structpb.Struct {
	old := d.observedObject(keyLock)
	id := object.String(old, "metadata", "annotations", managed.ExternalNameAnnotation)
	scope, _, _ := strings.Cut(id, locksAzure)
	scope = cmp.Or(object.String(old, "spec", "forProvider", "scope"), scope, d.at("id"))
	if scope == "" || !d.policy.protected && (old == nil || !orphaned(old)) {
		return nil
	}
	policy := d.policy
	d.policy.orphan = d.policy.protected
	lock := d.managed(keyLock, kindManagementLock, cmp.Or(id, scope+locksAzure+d.name), object.Map{
		"name":      d.name,
		"lockLevel": "CanNotDelete",
		"scope":     scope,
	})
	d.policy = policy
	// Azure cannot change the notes of a lock, which may be another claim's before.
	object.Set(lock, "Keeps the database of claim "+d.claim.Namespace+"/"+d.claim.Name, "spec", "initProvider", "notes")
	return lock
}

func protectedAzure(d *database) bool { return d.observedObject(keyLock) != nil }
