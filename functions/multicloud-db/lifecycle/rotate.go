package lifecycle

import (
	"cmp"
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ConditionRotated says what became of the word of the annotation claim.RotatePassword.
const ConditionRotated = "Rotated"

// ReasonRotating is its reason while the password is being replaced.
const ReasonRotating = "Rotating"

// The records of the words of that annotation: the one that counted last, and the one whose password
// the resource has.
const (
	rotateWord = "rotate-password"
	rotateDone = "rotated-password"
)

// Rotation is the condition of that type.
func Rotation(status Status, reason, format string, args ...any) *Condition {
	return &Condition{Type: ConditionRotated, Status: status, Reason: reason, Message: fmt.Sprintf(format, args...)}
}

// isReplaced reports whether the password is being replaced.
func (c Credential) isReplaced() bool { return c.Rotated != nil && c.Rotated.Reason == ReasonRotating }

// MustRotate reports whether the claim asks for another password by a word that has not counted yet.
// The word of a new claim counts for nothing. Where the record is lost nobody knows, and a word stays
// in Git: it counts as one that has.
func (r *Resource) MustRotate() bool {
	return r.exists && r.Claim.RotatePassword != "" && r.Claim.RotatePassword != r.Annotated(rotateWord) && !r.HasLostRecord()
}

// MarkRotation records the words: whether the one of now has counted, and whether the password of the
// one that counted last is there.
func (r *Resource) MarkRotation(counted, done bool) {
	word := r.Annotated(rotateWord)
	if counted || !r.MustRotate() {
		word = cmp.Or(r.Claim.RotatePassword, word)
	}
	r.Mark(rotateWord, word)
	was := r.Annotated(rotateDone)
	if done {
		was = cmp.Or(r.Annotated(rotateWord), was)
	}
	r.Mark(rotateDone, was)
}

// RotatedFor is the last word that counted, and whether its password is there.
func (r *Resource) RotatedFor() (word string, done bool) {
	word = r.Annotated(rotateWord)
	return word, word != "" && word == r.Annotated(rotateDone)
}

// Unrotated is said of a resource whose password no word replaces, and why. The word has counted: it
// replaces none later either, when a newer version of this function could.
func (r *Resource) Unrotated(why string) *Condition {
	r.MarkRotation(true, false)
	if r.Claim.RotatePassword == "" {
		return nil
	}
	return Rotation(False, "NotSupported", "annotation %s: %s", claim.RotatePassword, why)
}

// rotated is the condition Rotated, or none. Crossplane leaves one that is said no more as it is.
func (in In[S]) rotated() []Condition {
	switch c := in.Credential.Rotated; {
	case c != nil:
		return []Condition{*c}
	case in.Claim.RotatePassword == "" && object.Condition(in.XR.Object, ConditionRotated) != nil:
		return []Condition{*Rotation(False, "NotAsked", "the claim has no annotation %s any more", claim.RotatePassword)}
	}
	return nil
}
