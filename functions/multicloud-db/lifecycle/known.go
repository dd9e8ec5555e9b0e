package lifecycle

import (
	"cmp"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// WasFound reports whether a part stands for what was there before its managed resource, and
// its provider has told of it: by a claim that was made again, above all. To have looked at
// something proves nothing: a claim may look at anybody's. Nor does what was told of a resource
// of another name.
func (r *Resource) WasFound(part string) bool {
	o := r.part(part)
	if r.adopted || r.wasMade(o) || managed.OnlyObserved(o) || r.IsOther(part) {
		return false
	}
	return object.String(o, "status", "atProvider", "id") != "" || IsThere(o) && !r.IsSought(part)
}

// isKnown reports whether a field is told by what was found, of a kind whose provider writes
// nothing into what is asked for. A Workspace is no such kind: its module keeps what is there.
func (r *Resource) isKnown(at At) bool {
	if at.Is == nil || r.table.Where != "" || r.table.Shows != nil {
		return false
	}
	return r.WasFound(at.reporter()) && (at.Apart || r.Complete() || !r.IsSought(Instance))
}

// Tells are the two bodies that tell what a part has, the one that counts first. While the part
// is looked for, that is what its cloud reports: what is asked for was written by somebody who
// knew nothing of it. Once the part may be changed, it is what was asked for last: a report may
// lack a field for once, or be older.
func (l Live) Tells(part string) [2]*structpb.Struct {
	o := l.part(part)
	is, asked := object.Struct(o, "status", "atProvider"), object.Struct(o, "spec", "forProvider")
	if l.IsSought(part) {
		return [2]*structpb.Struct{is, asked}
	}
	return [2]*structpb.Struct{asked, is}
}

// IsSought reports whether a part is no more than looked for, or at.
func (l Live) IsSought(part string) bool {
	o := l.part(part)
	return isLookedFor(o) || managed.OnlyObserved(o)
}

// AsItIs is a field of a live resource that nobody says a value of, in the claim's words, by the
// rule of Tells. Of a resource that was there before its claim it is what the cloud reports.
func (l Live) AsItIs(name string) string {
	if l.adopted || l.IsSought(cmp.Or(l.table.Fields[name].Part, Instance)) {
		return l.Stands(name)
	}
	return cmp.Or(l.Asked(name), l.Is(name))
}

// isFixed reports whether no edit can give what was found the value that is said. Of a field
// that a report lacks nobody knows whether the resource lacks it, too: what was composed by an
// earlier report stays. A key that the report of what is only looked for lacks is none, and no
// cloud adds one.
func (q question) isFixed() bool {
	if q.rule != Sticky && q.rule != Once && q.rule != Joins {
		return false
	}
	return q.is != "" || q.was != "" || q.sought && q.atBirth
}

// have is the value of what was found that no update changes: as the cloud reports it, but in
// the words in which it is asked for already.
func (q question) have() string {
	switch {
	case !q.known, q.is == "" && q.sought && q.atBirth:
		return q.is
	case q.is == "", !q.sought && areOne(q.was, q.is):
		return q.was
	}
	return q.is
}

// stays leaves what was found with what it has, where nobody says a value of its own.
func (q question) stays() verdict {
	have := cmp.Or(q.was, q.is)
	if q.sought {
		have = q.is
	}
	v := verdict{value: have, why: "found there", late: q.said != "" && !areOne(q.said, have)}
	if q.said == "" {
		v.value = cmp.Or(have, q.was)
		v.kept = v.value != ""
	}
	return v
}

// areOne reports whether two names are one, of which a cloud may write the longer one: of a
// network or a key its full name, or its URL.
func areOne(a, b string) bool {
	return a == b || a != "" && b != "" && (strings.HasSuffix(a, "/"+b) || strings.HasSuffix(b, "/"+a))
}
