package lifecycle

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/managed"
)

// lived is a Live whose Life is final: of an adopted resource adopt has decided whether
// it is Looked or Managed.
type lived struct{ Live }

// adopt decides whether the claim manages the existing resource that it names. Managing
// begins once the claim agrees with what is there, and does not end by an edit.
func adopt[S any](t Type[S], l Live, p Place, policy Policy, want S) (lived, error) {
	was, c := l.Last("adopt"), l.Claim
	switch {
	case c.ExternalName == "" && was != "":
		return lived{}, fmt.Errorf("spec.externalName: is missing on a live %s that was adopted; set it back to %q", t.Name, l.Last("external-name"))
	case c.ExternalName == "" && isShownOther(t, l):
		return lived{}, fmt.Errorf(
			"spec.externalName: is missing, and status.resource.name is %q, which no claim of %s in %s makes; set it back to that where this claim names "+
				"what was there before it, or spec.project and spec.env to what they were", l.Shown("name"), c.Project, c.Env,
		)
	case c.ExternalName == "" && c.Adopt != "":
		return lived{}, fmt.Errorf("spec.adopt: is set without spec.externalName; name the %s to adopt, or leave spec.adopt out", t.Name)
	case c.ExternalName == "":
		return lived{l}, nil
	case l.isOwnName(), was == "" && l.exists && l.Last("external-name") == "": // else the guard compares them
		return lived{}, fmt.Errorf(
			"spec.externalName: %q is to be adopted by a claim that has made a %s of its own; take the field out, or adopt by a second claim",
			c.ExternalName, t.Name,
		)
	case was == AdoptManage && c.Adopt != AdoptManage:
		return lived{}, fmt.Errorf(
			"spec.adopt: %q cannot become %q on a live %s; set it back, or delete the claim, which leaves the %s, and observe it by a second one",
			AdoptManage, c.Adopt, t.Name, t.Name,
		)
	}
	if was == AdoptManage || c.Adopt == AdoptManage && l.Complete() && len(differences(t, l, p, policy, want)) == 0 {
		l.Life = Managed
	}
	return lived{l}, nil
}

// isShownOther reports whether a claim whose managed resource is gone, and its record with that, shows the name
// of what it has never made: what it adopted, or what a claim of another project makes. Composed under that
// name, its provider would find it, and nothing would tell that the claim has not left it there.
func isShownOther[S any](t Type[S], l Live) bool {
	c, name := l.Claim, l.Shown("name")
	if l.Life != Forgotten || l.Annotated("external-name") != "" || l.renamed || name == "" {
		return false
	}
	if t.NameOf != nil {
		if own, err := t.NameOf(l.Call); err != nil || own == name {
			return false
		}
	}
	whole := strings.Join([]string{c.Provider, c.Project, c.Env, ""}, "-")
	return !strings.HasPrefix(name, whole) && name != c.External() && !c.IsUnique(name, t.Longest)
}

// isOwnName reports whether the claim names what it has made itself: its record has the name, and no
// word of an adoption, of which each record has one. A record can lose a word, so that what shows
// that it was made has to be there as well.
func (l Live) isOwnName() bool {
	if !l.exists || l.Annotated("external-name") != l.Claim.ExternalName || l.Annotated("adopt") != "" || managed.OnlyObserved(l.Main()) {
		return false
	}
	return WasCreated(l.Main()) || l.beside != "" && l.Object(l.beside) != nil
}

// differences between the claim and what is there, a sentence each. A field that only
// grows differs where the resource has more than the claim asks for, since it cannot
// shrink.
func differences[S any](t Type[S], l Live, p Place, policy Policy, want S) []string {
	var out []string
	for _, a := range l.replicaAsks(policy) {
		out = append(out, a.text)
	}
	if unfit := t.Clouds[l.Claim.Provider].Unfit; unfit != nil {
		if why := unfit(l); why != "" {
			out = append(out, "spec.externalName: "+p.Name+" "+why)
		}
	}
	for _, name := range t.Tells {
		if !l.tellsOf(name) {
			continue
		}
		path, said, rule := "spec.region", p.Region, Immutable
		for _, f := range t.Fields {
			if f.Name == name {
				path, said, rule = f.Path, *f.Of(&want), f.RuleOn(l.Claim.Provider)
			}
		}
		there := l.Is(name)
		switch {
		case rule == Free: // a takeover changes it, and says so
		case rule == Grows:
			if said == "" || there == "" || !isSmaller(said, there) {
				continue
			}
			out = append(out, fmt.Sprintf("%s: %s is asked for and %s is there, which cannot shrink", path, said, there))
		case said != there:
			out = append(out, path+": "+strconv.Quote(said)+" is asked for and "+strconv.Quote(there)+" is there")
		}
	}
	return out
}
