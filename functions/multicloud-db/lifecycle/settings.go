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

// setting decides which value a setting that the cloud cannot change is composed with. What
// is lent counts where nothing tells what the resource has.
func (r *Resource) setting(row Row, said, path string, lent bool) (string, error) {
	at := r.table.Fields[row.Name]
	is := func(v string) bool { return v != "" && at.Own != nil && at.Own(*r, v) }
	if at.Fixed && (row.Rule == Joins || row.Rule == Follows) {
		row.Rule = Sticky
	}
	q := question{
		rule: row.Rule, life: r.Life, said: said, was: r.keptField(row.Name, r.Held(row.Name)), is: r.Is(row.Name), exists: r.lasts,
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
