package lifecycle

import (
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// copying is the record of how far a resource is that is made of another one's data.
const copying = "copying"

// The values of the record: nobody has looked yet whether there is such a resource; there was
// none, and it is made; its provider has told what it was given, which is asked for since.
const (
	CopyLooks = "looks"
	CopyMakes = "makes"
	CopyDone  = "done"
)

// Copying is the record of how far the copy is, or "" of a resource that is none.
func (l Live) Copying() string { return l.Annotated(copying) }

// MarkCopying records how far a resource is that is made of another one's data.
func (r *Resource) MarkCopying(how string) {
	if how != "" {
		r.record[Requested+copying] = how
	}
}

// leastGiB is the record by which the step that sizes knows how large the data is.
const leastGiB = "least-gib"

// MarkLeast records how large a disk has to be for what the resource is made of.
func (r *Resource) MarkLeast(gib int) {
	if gib > 0 {
		r.record[Requested+leastGiB] = strconv.Itoa(gib)
	}
}

// isUnread reports whether a resource has what its source had, and nothing was asked of it yet.
// What is asked for then is an edit of what it is, and not of what was composed to make it.
func (l Live) isUnread() bool { return l.Copying() == CopyLooks || l.Copying() == CopyMakes }

// unreadWas is what a resource has that nothing was asked of yet, or "" until its provider
// has told.
func (l Live) unreadWas(name string) string {
	if !l.Complete() || l.table.Fields[name].Unit > 0 { // what grows by itself, or is rounded, is kept by the step that sizes
		return ""
	}
	if is := l.Is(name); is != "" {
		return is
	}
	return l.Asked(name)
}

// isOwnCopy reports whether the resource is one that this claim has just made of another one's
// data, and that may carry the tags of its source until it is given its own. A creation that
// failed may have failed on what somebody else had made by then.
func (l Live) isOwnCopy() bool {
	o := l.Main()
	succeeded := object.String(o, "metadata", "annotations", "crossplane.io/external-create-succeeded") != ""
	return l.Life == Made && l.Copying() == CopyMakes && succeeded && l.wasMade(o) && !managed.CreationFailed(o)
}

// notThere is what a provider says of a resource that it may only observe and that its cloud
// does not have (errExternalResourceNotExist of crossplane-runtime's managed reconciler).
const notThere = "external resource does not exist"

// IsMissing reports whether a provider that may only look has looked, and found nothing.
func (l Live) IsMissing() bool { return l.LacksPart(Instance) }

// LacksPart reports the same of any part.
func (l Live) LacksPart(part string) bool {
	o := l.part(part)
	synced := object.Condition(o, "Synced")
	return slices.Equal(Strings(o, "spec", "managementPolicies"), []string{"Observe"}) && !IsThere(o) &&
		object.String(synced, "status") == "False" && strings.HasSuffix(object.String(synced, "message"), notThere)
}

// ReadAt is a field as a managed resource that is none of the claim's reports it, in the
// claim's words, or "".
func ReadAt(at At, o *structpb.Struct) string {
	return at.read(object.Struct(o, "status", "atProvider"), at.Is)
}
