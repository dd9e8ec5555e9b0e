package lifecycle

import "cmp"

// applyNow is the record of the word of the annotation claim.ApplyNow that counted last.
const applyNow = "apply-now"

// HasLostRecord reports whether a live resource has no record at all, such as after a restore that
// brought no annotations: each that is composed has its provider's.
func (l Live) HasLostRecord() bool { return l.exists && l.Annotated("provider") == "" }

// IsUrgent reports whether the claim asks for what waits by a word that has not counted yet. Where
// the record is lost nobody knows, and a word stays in Git: it counts as one that has.
func (r *Resource) IsUrgent() bool {
	return r.Claim.ApplyNow != "" && r.Claim.ApplyNow != r.Annotated(applyNow) && !r.HasLostRecord()
}

// MarkUrgent records whether the word has counted. Until then the record is the word before.
func (r *Resource) MarkUrgent(counted bool) {
	word := r.Annotated(applyNow)
	if counted {
		word = cmp.Or(r.Claim.ApplyNow, word)
	}
	r.Mark(applyNow, word)
}

// Mark records something of the resource beside its fields, which Annotated reads.
func (r *Resource) Mark(name, value string) {
	if value != "" {
		r.record[Requested+name] = value
	}
}
