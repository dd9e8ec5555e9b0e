package lifecycle

import "fmt"

// A guard is how a cloud protects a live resource: by refusing to delete it, or, where no
// cloud can be told to, by the resource outliving its claim, which its record says.
type guard struct{ refuses, protected func(Live) bool }

func (c Cloud[S]) guard() guard {
	if c.Protected != nil {
		return guard{refuses: c.Protected, protected: c.Protected}
	}
	return guard{
		refuses:   nil,
		protected: func(l Live) bool { return l.Annotated(protection) != "" },
	}
}

// refused reports whether the cloud refuses to delete the live resource.
func (g guard) refused(l Live) bool { return g.refuses != nil && g.refuses(l) }

// holdUnrefused has what is protected outlive its claim where its cloud refuses no deletion.
// The record keeps that it was protected, for a claim that allows the deletion, and then no
// more.
func (r *Resource) holdUnrefused(g guard) {
	if g.refuses != nil {
		return
	}
	if r.Policy.Protected || r.lasts && r.Claim.AllowDelete && g.protected(r.Live) {
		r.record[Requested+protection] = "true"
	}
	if r.Policy.Protected && !r.Policy.Orphan {
		r.Policy.Orphan = true
		r.Remarks = append(r.Remarks, fmt.Sprintf("it is protected, and %s refuses the deletion of no %s, so it outlives its claim", r.Claim.Provider, r.Noun))
	}
}
