package lifecycle

import (
	"cmp"
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// holdClaim holds what the claim says of the resource, and writes the record.
func (in *Held[S]) holdClaim(t Type[S], own Cloud[S]) error {
	says := said(in.Live)
	says["external-name"], says["region"] = in.Name, in.Region
	for _, row := range Identity {
		if err := in.holdRow(row, says[row.Name], own.Upgrades); err != nil {
			return err
		}
		if row.Name == "external-name" && in.Life == Looked {
			adopt := Row{Name: "adopt", Path: "spec.adopt", Rule: Free} // the claim may still be put right
			return in.holdRow(adopt, AdoptObserve, own.Upgrades)
		}
	}
	if in.Life == Managed {
		in.record[Requested+"adopt"] = AdoptManage
	}
	for _, f := range t.Fields {
		row := f.Row
		row.Rule = f.RuleOn(in.Claim.Provider)
		if row.Rule == Free || row.Rule == Floor || row.Rule == Stays || row.Rule.isSetting() {
			continue
		}
		at := f.Of(&in.Want)
		if err := in.holdRow(row, *at, own.Upgrades); err != nil {
			return err
		}
		*at = in.record[Requested+f.Name]
		if row.Rule == TurnsOn && in.isTurnedOn(f.Name) {
			*at = "true" // elsewhere, which is no fault of the claim's
		}
	}
	return nil
}

// holdRow holds one field of the claim, and writes its record.
func (r *Resource) holdRow(row Row, said string, inPlace func(Live) bool) error {
	d := r.decide(row, said)
	if d.Held != "" {
		r.record[Requested+row.Name] = d.Held
	}
	if was, refused := r.refuses(row, d, inPlace); refused {
		return cannotBecome(r.Noun, row.Path, was, d.Held)
	}
	if r.lacksWord(row, d) {
		return r.refuseUnworded(row, d.Held)
	}
	if r.Log != nil && r.exists {
		r.Log(d)
	}
	return nil
}

// decide decides which value a field of the claim has.
func (r *Resource) decide(row Row, said string) Decision {
	d := Decision{Field: row.Path, Said: said, Was: r.Last(row.Name), Is: r.Is(row.Name), Held: said, Why: "said"}
	switch {
	case row.Rule == Pinned:
		d.Held, d.Why = cmp.Or(d.Was, d.Said), "pinned when it was made"
		if r.Life == Found {
			d.Held = cmp.Or(d.Is, d.Held) // by an earlier table
		}
		d.Was = d.Held
	case d.Said == "":
		d.Held, d.Why = d.Was, "last asked for"
	}
	return d
}

// refuses reports whether a rule forbids the value, and which one the resource has.
func (r *Resource) refuses(row Row, d Decision, inPlace func(Live) bool) (was string, refused bool) {
	var (
		found = r.Life == Found && d.Is != ""
		asIs  = found && d.Is == d.Held // what was found is no edit, whatever was composed to look for it
		taken = d.Is != "" && (r.Life == Found && isLookedFor(r.Main()) || r.Life == Managed && d.Was == "")
	)
	switch {
	case d.Was != "" && d.Was != d.Held && !asIs && !r.mayChange(row, d.Was, d.Held, inPlace):
		return d.Was, true
	case d.Held == "":
		return "", false
	case found && row.Rule == Immutable && row.Name != "external-name" && !asIs: // it is not what is asked for
		return d.Is, true
	case taken && row.Rule == GrowsWhereKept && !r.mayChange(row, d.Is, d.Held, inPlace): // which nobody who takes it on loses unasked
		return d.Is, true
	}
	return "", false
}

// lacksWord reports whether a version would go up without the word that it takes. What was
// asked for once needs none, whether it is there or not, and neither does what the cloud has
// moved on to.
func (r *Resource) lacksWord(row Row, d Decision) bool {
	if !row.Worded || !r.lasts || !IsKept(r.Claim.Env) || r.Claim.Upgrade == d.Held {
		return false
	}
	was := cmp.Or(d.Was, d.Is)
	if r.Life == Found && isLookedFor(r.Main()) {
		was = d.Is // the record is what it was looked for by
	}
	return was != "" && d.Held != "" && IsOlder(was, d.Held) && (d.Is == "" || IsOlder(d.Is, d.Held))
}

func (r *Resource) refuseUnworded(row Row, to string) error {
	said := ""
	if r.Claim.Upgrade != "" {
		said = fmt.Sprintf(", and not %q", r.Claim.Upgrade)
	}
	return fmt.Errorf("%s: to become %q is an upgrade that nobody takes back, and in %s it needs the annotation %s: %q%s on the claim",
		row.Path, to, r.Claim.Env, claim.Upgrade, to, said)
}

// mayChange reports whether a live resource can go from one value to another.
func (r *Resource) mayChange(row Row, from, to string, inPlace func(Live) bool) bool {
	unrecorded, is := r.Annotated(row.Name) == "" && !r.isUnread(), r.Is(row.Name)
	switch row.Rule {
	case Free:
		return true
	case Upgrades:
		if unrecorded && is == from || r.Life == Found && is == to {
			return true // the cloud may have moved it there itself, and keeps it there
		}
		return (inPlace == nil || inPlace(r.Live)) && !IsOlder(to, from)
	case Grows: // what is unrecorded may have grown by itself, and the sizer keeps it
		return unrecorded && is == from || !isSmaller(to, from)
	case GrowsWhereKept:
		return !r.keeps() || !isSmaller(to, from)
	case TurnsOn:
		return from != "true"
	case Immutable, Sticky, Joins, Once, Follows, Floor, Stays, Pinned:
	}
	return false
}
