package lifecycle

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/redact"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// mostChanges is how many changes the condition lists: a condition is read by people.
const mostChanges = 10

// closedBy is said where the settings let claims look, and not take over.
const closedBy = `it cannot be taken over: spec.adopt: "` + AdoptManage + `" is not allowed by settings policy.adopt`

// A prospect is what spec.adopt Manage would come to for a resource that is looked at.
type prospect struct {
	differs []string // between claim and resource, until which nothing is taken over
	changes []string // a line each
	refused error
	untaken string // why no claim of this namespace can ever take it over, or ""
	closed  bool   // the settings let claims look, and not take over
	sized   bool   // the type has a size, which is kept
	unsized string // what stays its owner's, and is sized by no profile
	still   string // what the cloud reports of a resource that does not serve
}

// foresee composes what Manage would, by the same steps, and compares it with what the
// cloud reports.
func foresee[S any](t Type[S], own Cloud[S], l Live, p Place, policy Policy, want S) prospect {
	if !l.Complete() {
		return prospect{}
	}
	gates := l.judging()
	sized := claim.Sized(l.Claim.Type) && own.Unsized == ""
	out := prospect{sized: sized, unsized: own.Unsized, untaken: l.untaken(gates), closed: gates.Adopt != settings.AdoptManage}
	if out.differs = differences(t, l, p, policy, want); len(out.differs) > 0 {
		return out
	}
	if out.untaken != "" {
		out.refused = errors.New(out.untaken)
		return out
	}
	if is, _, says := l.table.States.read(l); is == Going || is == Stopped || is == Failed {
		out.still = says
	}
	l.Life, l.Log = Managed, nil
	held, err := hold(t, lived{l}, p, policy, want)
	if err != nil {
		out.refused = err
		return out
	}
	in := In[S]{Held: held, Credential: Credential{Hidden: true}}
	parts, err := own.Compose(in)
	if err != nil {
		out.refused = err
		return out
	}
	composed := envelope(own, in, parts)
	secrets := in.secrets()
	for _, line := range slices.Concat(grown(t, held), l.differ(composed[Instance])) {
		out.changes = append(out.changes, redact.Line(line, secrets))
	}
	for _, name := range slices.Sorted(maps.Keys(composed)) {
		if name != Instance && !parts[name].Looks {
			out.changes = append(out.changes, name+": "+object.String(composed[name], "kind")+" is made")
		}
	}
	return out
}

// grown are the fields that only grow of which the claim says more than is there. The step
// that sizes writes them.
func grown[S any](t Type[S], held Held[S]) []string {
	var out []string
	for _, f := range t.Fields {
		said, is := *f.Of(&held.Want), held.Is(f.Name)
		if f.Rule == Grows && said != "" && is != "" && isSmaller(is, said) {
			out = append(out, f.Path+": "+is+" becomes "+said)
		}
	}
	return out
}

func (p prospect) String() string {
	keeps := ""
	if p.sized {
		keeps = ", in the size that it has until spec.profile is edited after that"
	}
	says := "spec.adopt Manage takes it over" + keeps
	switch n := len(p.changes); {
	case p.refused != nil:
		return "it cannot be taken over: " + p.refused.Error()
	case n == 0:
		says += ", and changes nothing but that it gets cost tags"
	case n > mostChanges:
		says += fmt.Sprintf(", and changes: %s; and %d more", strings.Join(p.changes[:mostChanges], "; "), n-mostChanges)
	default:
		says += ", and changes: " + strings.Join(p.changes, "; ")
	}
	if p.unsized != "" {
		says += "; " + p.unsized
	}
	if p.still != "" {
		says += "; " + p.still
	}
	if p.closed {
		return closedBy + "; once it is, " + says
	}
	return says
}
