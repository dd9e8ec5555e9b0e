package lifecycle

import "github.com/victor-onl/crossplane-resources/internal/claim"

// The records of the size of a resource that was taken over. What keeps the size is an
// annotation of the desired resource, which the step that sizes obeys, and which the next
// call reads back.
const (
	size    = "size"
	profile = "profile" // that the claim had when the resource was taken over

	sizeKept   = "kept" // as it was found
	sizeByEdit = "profile"
)

// holdSize keeps the size of a resource that was taken over until spec.profile is edited
// after that, and then for good no more. Without any record the size is kept: who has lost
// the annotations asked for no other size. A resource that was taken over before there was a
// record of sizes has the record of that alone, and is sized by its profile as before. What is
// unsized keeps the size whatever the profile says.
func (r *Resource) holdSize(unsized bool) {
	if r.Life != Managed || !claim.Sized(r.Claim.Type) {
		return
	}
	if unsized {
		r.KeepSize()
		return
	}
	was, taken := r.Annotated(size), r.Annotated(profile)
	switch {
	case was == "" && taken == "" && r.Annotated("adopt") == AdoptManage:
		return
	case was == sizeByEdit, taken != "" && taken != r.Claim.Profile:
		r.record[Requested+size] = sizeByEdit
	default:
		r.record[Requested+size], r.record[Requested+profile] = sizeKept, r.Claim.Profile
	}
}

// KeepSize keeps the size that a live resource has.
func (r *Resource) KeepSize() { r.record[Requested+size] = sizeKept }

// KeepsSize reports whether a resource that was taken over keeps the size that it had.
func (r *Resource) KeepsSize() bool { return r.record[Requested+size] == sizeKept }
