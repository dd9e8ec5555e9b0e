package queue

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// granting are the parts that let a principal in, one of each principal and role.
var granting = []string{partSender, partReceiver, partDeadLetterReceiver}

// isGrant reports whether a part lets a principal in.
func isGrant(part string) bool {
	return slices.ContainsFunc(granting, func(prefix string) bool { return strings.HasPrefix(part, prefix) })
}

// hashLength is that of a principal's hash, in hex digits.
const hashLength = 12

// partOf is the name of the part that lets a principal in, the same in whatever case one is
// written that has none.
func partOf(prefix, principal string) string {
	sum := sha256.Sum256([]byte(folded(principal)))
	return prefix + hex.EncodeToString(sum[:])[:hashLength]
}

// partsOf are the names of the parts of a grant. A consumer reads the dead letters, too.
func partsOf(g Grant) []string {
	if g.Role == roleSend {
		return []string{partOf(partSender, g.Principal)}
	}
	return []string{partOf(partReceiver, g.Principal), partOf(partDeadLetterReceiver, g.Principal)}
}

// isGranted reports whether the claim still says what a part is for.
func isGranted(in In, part string) bool {
	return slices.ContainsFunc(in.Want.Grants, func(g Grant) bool { return slices.Contains(partsOf(g), part) })
}

// refuseLocked refuses to take out what a lock keeps: nothing below a lock can be deleted.
func refuseLocked(in In) error {
	for _, part := range slices.Sorted(maps.Keys(in.Parts)) {
		o := in.Object(part)
		if in.Policy.Protected && in.Object(azure.PartLock) != nil && managed.Exists(o) && isGrant(part) && !isGranted(in, part) {
			return fmt.Errorf("spec.queue.access: %s cannot be taken out while the lock keeps the queue, below which Azure deletes nothing; put it back, or "+
				"set spec.deletionPolicy: Orphan and then the annotation %s: \"true\" on the claim until the entry is gone", whom(o), claim.AllowDelete)
		}
	}
	return nil
}

// whom names the principal that a part lets in.
func whom(o *structpb.Struct) string {
	body := object.Struct(o, "spec", "forProvider")
	return fmt.Sprintf("%q", object.String(body, "member")+object.String(body, "principalId"))
}

// accesses are the grants. What the cloud has of them goes once no lock stands over it.
var accesses = []lifecycle.Access[Queue]{
	{Part: partSender, Revoked: isTakenOut}, {Part: partReceiver, Revoked: isTakenOut}, {Part: partDeadLetterReceiver, Revoked: isTakenOut},
}

// isTakenOut reports whether the claim no longer says a grant, which may go.
func isTakenOut(in In, part string) bool {
	return !isGranted(in, part) && (in.Object(azure.PartLock) == nil || !managed.Exists(in.Object(part)))
}

// outsiders are the principals of the claim that are not of the queue's own account.
func outsiders(want Queue, isOwn func(principal string) bool, had func(Grant) bool, allowed string) []lifecycle.Outsider {
	var out []lifecycle.Outsider
	for i, g := range want.Grants {
		if !isOwn(g.Principal) {
			out = append(out, lifecycle.Outsider{
				Path: fmt.Sprintf("spec.queue.access[%d].principal", i), Name: g.Principal, Allowed: allowed, Had: had(g), Everybody: isEverybody(g.Principal),
			})
		}
	}
	return out
}
