package lifecycle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// forNew follows the name of a setting that came too late for a live resource.
const forNew = " (for new %ss only)"

// placement names the record of which settings say where a resource is. A provider that
// fills in what a cloud chose writes into the same fields, so that spec alone does not
// tell what was asked for.
const placement = "placement"

// A question is everything that decides which value a setting that no cloud can change
// is composed with.
type question struct {
	rule Rule
	life Life
	// said by the settings, had by the resource as it is to stay, and reported by the cloud.
	said, was, is string
	exists        bool
	// placed says whether the value came from the settings when it was last composed: yes,
	// no, or "" where the record does not tell.
	placed string
	// fills says that the provider writes what the cloud chose into the same field, and
	// unfilled that the provider is told not to. Neither is true of a Workspace.
	fills, unfilled bool
	told            bool // the cloud reports where the resource is
	known           bool // what has the value was found, and its provider has told of it
	sought          bool // what has the value is only looked for yet
	atBirth         bool // the cloud takes the value at creation only, and never adds it
	ownWas, ownIs   bool // the value is the cloud's or the resource's own choice
	always          bool // every resource has one
	lent            bool // another setting stands in for the one that is this field's own
}

// The values of placed.
const (
	placedYes = "yes"
	placedNo  = "no"
)

// A verdict is the value that a setting is composed with, and why. It is late where the
// settings say a value that has no effect, kept where the value stays although the settings
// no longer say it; the claim is told of both. It is refused where another value is said.
type verdict struct {
	value, why          string
	late, kept, refused bool
}

// decide is the one answer to: given what the settings say, what was recorded, and what is
// there, which value is composed, and what is said of it?
func (q question) decide() verdict {
	if v, is := q.decideKnown(); is {
		return v
	}
	switch {
	case !q.exists:
		return verdict{value: q.said, why: "nothing is there"}
	case q.rule == Once && q.was != "":
		return verdict{value: q.was, why: "chosen when it was made"}
	case q.rule == Once:
		return verdict{value: q.said, why: "never chosen"}
	case q.taken():
		return q.adopted()
	case q.lent:
		return q.keep()
	case q.rule == Follows:
		return q.follows()
	}
	return q.placedOrMade()
}

// adopted leaves a resource that was there before its claim as it is.
func (q question) adopted() verdict {
	if q.was == "" && q.always {
		return verdict{value: q.said, why: "each has one"}
	}
	return verdict{value: q.was, why: "there before its claim"}
}

// follows has a live resource follow what is said, which its cloud changes in place.
func (q question) follows() verdict {
	if q.said != "" {
		return verdict{value: q.said, why: "changes in place"}
	}
	value := cmp.Or(q.was, q.is)
	return verdict{value: value, why: "the settings no longer say", kept: value != ""}
}

// placedOrMade decides on what no update changes, of a resource of the claim's own.
func (q question) placedOrMade() verdict {
	switch {
	case q.life == Found && q.fills && q.told:
		return q.found()
	case q.life == Found && q.unfilled && q.was == "" && q.said == "":
		return verdict{value: q.is, why: "there, and nobody fills it in: without it the provider would make another"}
	case !q.fills && q.ownWas && q.said != q.was:
		return verdict{why: "the resource has its own", late: true}
	case q.fills && q.placed == placedNo:
		return verdict{why: "the provider filled in what the cloud chose", late: true}
	}
	return q.made()
}

// taken reports whether the resource was there before its claim, by what its claim says.
func (q question) taken() bool { return q.life == Looked || q.life == Managed }

// found leaves a resource where it was found, of a kind that its provider fills in. What
// the cloud chose itself is left out of spec: the provider fills it in again.
func (q question) found() verdict {
	have, isOwn := q.have(), q.ownIs || q.is == "" && q.ownWas
	v := verdict{value: have, why: "found there", late: q.said != "", kept: q.said == "" && have != ""}
	switch {
	case q.known && q.rule == Once:
		return verdict{value: have, why: "found there"}
	case q.known && areOne(q.said, have):
		return verdict{value: q.said, why: "found there"} // its own words outlive a report that lacks them
	case q.said == have:
		return verdict{value: q.said, why: "found there"}
	case isOwn && q.said == "":
		return verdict{why: "the cloud's choice"}
	case isOwn:
		v.value = ""
	}
	return v
}

// keep leaves a live resource with what it has, where what is said was said of others.
func (q question) keep() verdict {
	have := cmp.Or(q.was, q.is)
	return verdict{value: have, why: "said of others", late: q.said != have}
}

// made holds a resource of this claim to what the settings said of it.
func (q question) made() verdict {
	switch {
	case q.said == q.was:
		return verdict{value: q.said, why: "unchanged"}
	case areOne(q.said, q.was):
		return verdict{value: q.was, why: "the same in other words"}
	case q.fills && q.said != "" && q.said == q.is:
		return verdict{value: q.said, why: "the same in the cloud's words"} // for an alias
	case q.was == "" && q.rule == Joins:
		return verdict{value: q.said, why: "joins"}
	case q.was == "":
		return verdict{why: "cannot be added", late: true}
	case q.said == "":
		return verdict{value: q.was, why: "the settings no longer say", kept: true}
	case q.fills && q.placed == "":
		return verdict{value: q.was, why: "nobody knows whether the settings or the cloud had said it", late: true}
	}
	return verdict{refused: true}
}

// setting decides which value a setting that the cloud cannot change is composed with. What
// is lent counts where nothing tells what the resource has.
func (r *Resource) setting(row Row, said, path string, lent bool) (string, error) {
	at := r.table.Fields[row.Name]
	is := func(v string) bool { return v != "" && at.Own != nil && at.Own(*r, v) }
	if at.Fixed && (row.Rule == Joins || row.Rule == Follows) {
		row.Rule = Sticky
	}
	q := question{
		rule: row.Rule, life: r.Life, said: said, was: r.Held(row.Name), is: r.Is(row.Name), exists: r.lasts,
		placed: r.wasPlaced(row.Name), fills: r.table.Where != "", unfilled: r.table.Kind.Unfilled, always: at.Always,
		lent: lent && (r.part(cmp.Or(at.Part, Instance)) != nil || r.Held(row.Name) != ""),
	}
	q.exists = q.exists || q.was != "" // a part has it
	q.known, q.sought, q.atBirth = r.isKnown(at), r.IsSought(cmp.Or(at.Part, Instance)), at.Fixed
	q = q.folded(r.Claim.Provider)
	q.ownWas, q.ownIs, q.told = is(q.was), is(q.is), r.Is(r.table.Where) != ""
	v := q.decide()
	if r.Log != nil && r.exists {
		r.Log(Decision{Field: path, Said: said, Was: q.was, Is: q.is, Held: v.value, Why: v.why})
	}
	switch {
	case v.refused:
		return "", cannotBecome(r.Noun, r.Setting(path), q.was, said)
	case v.kept:
		r.Notes = append(r.Notes, r.Setting(path))
	case v.late:
		r.Late(said, path)
	}
	return v.value, nil
}

// wasPlaced says, by the record, whether a setting placed the live resource: placedYes,
// placedNo, or "" without a record.
func (r *Resource) wasPlaced(name string) string {
	switch placed := r.Annotated(placement); {
	case placed == "":
		return ""
	case slices.Contains(strings.Split(placed, ","), name):
		return placedYes
	}
	return placedNo
}

// WasFilledIn reports whether the provider filled in what a live resource has, by the
// record of which settings were said.
func (r *Resource) WasFilledIn(name string) bool {
	return r.exists && !r.adopted && r.wasPlaced(name) == placedNo
}

// Late drops a setting that came too late for a live resource, and notes its name.
func (r *Resource) Late(said, path string) {
	if said != "" {
		r.Notes = append(r.Notes, r.late(r.Setting(path)))
	}
}

// Unset says that a setting is missing, or is there and came too late for the live resource.
func (r *Resource) Unset(name string) string {
	if slices.Contains(r.Notes, r.late(r.Setting(name))) {
		return r.Setting(name) + " is for new " + r.Noun + "s only"
	}
	return r.Call.Unset(name)
}

func (r *Resource) late(name string) string { return name + fmt.Sprintf(forNew, r.Noun) }

// MarkPlaced records which settings say where the resource is: the placement.
func (r *Resource) MarkPlaced(names ...string) {
	slices.Sort(names)
	r.record[Requested+placement] = strings.Join(names, ",")
}

// Keeps is a sentence that lists the settings without effect on a live resource.
func (r *Resource) Keeps() string {
	return "the live " + r.Noun + " stays as it is, although the settings say otherwise: " + strings.Join(r.Notes, ", ")
}
