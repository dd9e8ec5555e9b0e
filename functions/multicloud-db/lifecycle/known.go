package lifecycle

import (
	"cmp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// WasFound reports whether a part stands for what was there before its managed resource, and
// its provider has told of it: by a claim that was made again, above all.
func (l Live) WasFound(part string) bool {
	o := l.part(part)
	return !l.adopted && object.String(o, "status", "atProvider", "id") != "" && !l.wasMade(o)
}

// isKnown reports whether a field is told by what was found, of a kind whose provider writes
// nothing into what is asked for. A Workspace is no such kind: its module keeps what is there.
func (r *Resource) isKnown(at At) bool {
	if at.Is == nil || r.table.Where != "" || r.table.Shows != nil {
		return false
	}
	return r.WasFound(at.reporter()) && (at.Apart || r.Complete())
}

// decideKnown decides on what was found, where no edit by the settings can be meant for it.
func (q question) decideKnown() (v verdict, is bool) {
	switch {
	case q.known && q.isFixed():
		return q.found(), true
	case q.known && q.rule == Follows && (q.said == "" || q.lent):
		return q.stays(), true
	}
	return verdict{}, false
}

// isFixed reports whether no edit can give what was found the value that is said. Of a field
// that a report lacks nobody knows whether the resource lacks it, too.
func (q question) isFixed() bool {
	return q.is != "" && (q.rule == Sticky || q.rule == Once || q.rule == Joins)
}

// stays leaves what was found with what it has, where nobody says a value of its own.
func (q question) stays() verdict {
	v := verdict{value: q.is, why: "found there", late: q.said != "" && !areOne(q.said, q.is)}
	if q.said == "" {
		v.value = cmp.Or(q.is, q.was)
		v.kept = v.value != ""
	}
	return v
}

// areOne reports whether two names are one, of which a cloud may write the longer one: of a
// network or a key its full name, or its URL.
func areOne(a, b string) bool {
	return a == b || a != "" && b != "" && (strings.HasSuffix(a, "/"+b) || strings.HasSuffix(b, "/"+a))
}
