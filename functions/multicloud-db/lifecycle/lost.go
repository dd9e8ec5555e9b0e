package lifecycle

import (
	"cmp"

	"github.com/victor-onl/crossplane-resources/internal/managed"
)

// apart is what a field is that is asked for in another part than the main one. Once the
// cloud has what that part stands for, the part tells; somebody may have deleted its managed
// resource alone, which leaves the cloud as it was, and then the record does.
func (l Live) apart(name string, at At) string {
	switch {
	case !at.Recorded || managed.Exists(l.part(at.Part)):
		return l.Asked(name)
	case at.Lost != nil:
		return cmp.Or(l.Annotated(name), at.Lost(l))
	}
	return cmp.Or(l.Annotated(name), l.Asked(name))
}

// isApart reports whether a part tells a field although the main one's managed resource may
// be gone.
func (l Live) isApart(at At) bool {
	return at.Part != "" && at.Asked != nil && (l.lasts || at.Recorded && l.Life == Forgotten)
}

// recordApart records a field that is asked for in another part, once the cloud has that.
func (r *Resource) recordApart(name, held string) {
	at := r.table.Fields[name]
	if !at.Recorded || r.adopted {
		return
	}
	if !managed.Exists(r.part(at.Part)) {
		held = r.Annotated(name)
	}
	r.Record(name, held)
}

// Record records a fact of the live resource that a part of it alone tells.
func (r *Resource) Record(name, value string) {
	if value != "" {
		r.record[Requested+name] = value
	}
}

// Untold tells nothing: a part that nobody made holds nothing.
func Untold(Live) string { return "" }
