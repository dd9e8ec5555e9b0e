package lifecycle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
)

// Word is the type's word in a claim.
func (t Type[S]) Word() string { return t.Name }

// Recognize names the cloud of this type that composes such a main resource, or "".
func (t Type[S]) Recognize(o *structpb.Struct) string {
	of := family(o)
	if of == "" {
		return ""
	}
	for _, provider := range cloud.Providers {
		for _, m := range t.Clouds[provider].Mains {
			if m.Kind.Group == of && (m.Is == nil || m.Is(o)) {
				return provider
			}
		}
	}
	return ""
}

// Providers are the clouds that the type is on, in the order that errors list them.
func (t Type[S]) Providers() []string {
	return slices.DeleteFunc(slices.Clone(cloud.Providers), func(provider string) bool { return len(t.Clouds[provider].Mains) == 0 })
}

// Rows are the rules of the type's own fields.
func (t Type[S]) Rows() []Row {
	rows := make([]Row, 0, len(t.Fields))
	for _, f := range t.Fields {
		rows = append(rows, f.Row)
	}
	return rows
}

// Kinds are the kinds of managed resources that the type is made of, on all clouds.
func (t Type[S]) Kinds() []managed.Kind {
	var kinds []managed.Kind
	for _, provider := range cloud.Providers {
		for _, m := range t.Clouds[provider].Mains {
			kinds = append(kinds, m.Kind)
		}
		kinds = append(kinds, t.Clouds[provider].Kinds...)
	}
	return kinds
}

// An Edit is what a change of a field comes to on a live resource.
type Edit struct {
	Path   string   // as its author writes it
	Rule   Rule     // by which it is judged
	Clouds []string // that have the field; nil for all of them
}

// Edits are the fields of the type, as their authors write them. A setting that joins on
// one cloud and not on another is two of them.
func (t Type[S]) Edits() []Edit {
	out := make([]Edit, 0, len(t.Fields))
	for _, f := range t.Fields {
		if !f.Rule.isSetting() {
			out = append(out, Edit{Path: f.Path, Rule: f.Rule, Clouds: f.On})
			continue
		}
		path := f.Path
		if f.Regional {
			path = "regions.{region}." + path
		}
		if !strings.HasPrefix(path, "policy.") {
			path = "providers.{provider}." + path
		}
		for _, rule := range []Rule{f.Rule, Sticky} {
			if clouds := t.cloudsOf(f, rule); len(clouds) > 0 && (rule == f.Rule || f.Rule == Joins || f.Rule == Follows) {
				out = append(out, Edit{Path: "settings " + path, Rule: rule, Clouds: clouds})
			}
		}
	}
	return slices.CompactFunc(out, func(a, b Edit) bool { return a.Path == b.Path && a.Rule == b.Rule })
}

// cloudsOf are the clouds of which a main resource has the field under that rule.
func (t Type[S]) cloudsOf(f Field[S], rule Rule) []string {
	var out []string
	for _, provider := range cloud.Providers {
		for _, m := range t.Clouds[provider].Mains {
			at, ok := m.Fields[f.Name]
			if ok && !slices.Contains(out, provider) && (f.Rule != Joins && f.Rule != Follows || at.Fixed == (rule == Sticky)) {
				out = append(out, provider)
			}
		}
	}
	return out
}

// Run composes a claim of the type, and asks in any case for what that hangs on: after a
// refusal without it Crossplane would look for nothing.
func (t Type[S]) Run(call Call) (Answer, Needs, *Refusal) {
	a, needs, refusal := t.run(call)
	if t.Asks != nil {
		needs.add(t.Asks(call))
	}
	return a, needs, refusal
}

// run composes a claim of the type. Each step takes the value that the step before made,
// so that no step can come too early.
func (t Type[S]) run(call Call) (Answer, Needs, *Refusal) {
	own := t.Clouds[call.Claim.Provider]
	live, err := observe(t, call)
	if err != nil {
		return Answer{}, Needs{}, refuse("Refused", err)
	}
	if !slices.Contains(t.Providers(), call.Claim.Provider) {
		return Answer{}, Needs{}, refuse(invalid, fmt.Errorf("spec.provider: %q is not offered for a %s yet; allowed are %s", call.Claim.Provider, t.Name,
			strings.Join(t.Providers(), ", ")))
	}
	waiting, waits := awaitSettings(t, own, live)
	if waits {
		live.Answered = false // a claim that is wrong is refused, but for nothing that settings may change
	}
	place, err := place(t, live)
	if err != nil {
		return Answer{}, Needs{}, refuse(invalid, err)
	}
	want, policy, err := t.Read(call, live, place)
	if err != nil {
		return Answer{}, Needs{}, refuse(invalid, err)
	}
	refused, err := allow(t, live, place, want)
	if err != nil {
		return Answer{}, Needs{}, refuse(reasonNotAllowed, err)
	}
	lived, err := adopt(t, live, place, policy, want)
	if err != nil {
		return Answer{}, Needs{}, refuse(invalid, err)
	}
	held, err := hold(t, lived, place, policy, want)
	if err != nil {
		return Answer{}, Needs{}, refuse("Refused", err)
	}
	held.Refused = refused
	if why, is := isLetAlone(own, held); is {
		return letAlone(t, own, held, why), Needs{}, nil
	}
	if held.Life == Looked && !waits {
		a, refusal := look(t, own, held, foresee(t, own, live, place, policy, want))
		return a, Needs{}, refusal
	}
	in, needs, refusal := decide(t, own, held)
	switch without, lacks := awaitNetwork(t, own, in); {
	case refusal != nil:
		return Answer{}, needs, refusal
	case waits:
		return waiting, needs, nil
	case lacks:
		return without, needs, nil
	}
	a, refusal := compose(t, own, in)
	return a, needs, refusal
}

// look composes what only looks at an existing resource, whose password nobody here needs.
func look[S any](t Type[S], own Cloud[S], held Held[S], p prospect) (Answer, *Refusal) {
	part, err := own.Look(held)
	if err != nil {
		return Answer{}, refuse(invalid, err)
	}
	in, parts := In[S]{Held: held, Credential: Credential{Hidden: true}}, Parts{Instance: part}
	in.Credential.Rotated = in.Unrotated("what is only looked at keeps its password")
	if own.LooksIn != nil {
		maps.Copy(parts, own.LooksIn(held))
	}
	composed := envelope(own, in, parts)
	// Of one that was taken over, and whose managed resource was lost.
	keepParts(t, own, in, composed)
	for _, name := range []string{ConnectionPart, DeliveryPart} {
		if o := in.Object(name); o != nil {
			composed[name] = asLast(o)
		}
	}
	return answerLooked(t, own, in, composed, p), nil
}

// decide decides on the credential, and refuses what belongs to somebody else: a Secret
// under a name of ours, or the resource itself. What has to be known for it is asked for in
// any case.
func decide[S any](t Type[S], own Cloud[S], held Held[S]) (In[S], Needs, *Refusal) {
	in, needs := In[S]{Held: held}, Needs{Secrets: map[string]string{}}
	if t.Credential != nil {
		c, refusal := t.Credential(held)
		needs.Version = c.Needs.Version
		maps.Copy(needs.Secrets, c.Needs.Secrets)
		needs.add(c.Needs.Objects)
		if refusal != nil {
			return in, needs, refusal
		}
		in.Credential = c
	}
	if in.Credential.Missing != "" {
		in.recordDeletion()
	}
	if in.Credential.Rotated == nil && in.Claim.RotatePassword != "" {
		in.Credential.Rotated = in.Unrotated("no password of a " + in.Noun + " is replaced by a word")
	}
	if !in.Credential.Hidden || in.Credential.Theirs {
		maps.Copy(needs.Secrets, in.connectionNeeds())
		needs.add(in.deliveryNeeds())
	}
	if err := in.refuseSecret(); err != nil {
		return in, needs, refuse("Refused", err)
	}
	if err := in.refuseForeign(needs.Secrets); err != nil && in.Credential.Theirs {
		in.Credential.Opens, in.Credential.Awaits = false, in.Unpublished()+err.Error()
	} else if err != nil {
		return in, needs, refuse("ForeignSecret", err)
	}
	if own.Owned != nil && in.Life == Found {
		return in, needs, refuse("Refused", own.settle(held))
	}
	return in, needs, nil
}

// compose composes what is managed.
func compose[S any](t Type[S], own Cloud[S], in In[S]) (Answer, *Refusal) {
	parts, err := own.Compose(in)
	if err != nil {
		return Answer{}, refuse(invalid, err)
	}
	parts = in.Credential.give(parts)
	composed := envelope(own, in, parts)
	keepParts(t, own, in, composed)

	conn := own.Connect(in)
	if in.Credential.isElsewhere(conn) {
		in.Credential, conn.Details = in.Credential.withheld(in.Legacy), nil
	}
	complete := isComplete(t.Connection, conn) && (!t.Whole || in.wasPublished() || in.isWhole(t.Inside, parts, composed))
	if in.Claim.Namespaced {
		taken := slices.Collect(maps.Values(in.Credential.Needs.Secrets))
		secret, err := in.connectionSecret(conn, complete, slices.Concat(taken, in.Credential.taken(), in.writtenTo(parts)))
		if err != nil {
			return Answer{}, refuse("ForeignSecret", err)
		}
		if secret != nil {
			composed[ConnectionPart] = secret
		}
	}
	out := in.deliver(complete || in.wasPublished())
	if out.part != nil {
		composed[DeliveryPart] = out.part
	}
	a := answer(t, own, in, parts, composed, conn, complete)
	if out.condition != nil {
		a.Conditions = append(a.Conditions, *out.condition)
	}
	return a, nil
}

// settled is the record that a resource which was found has been told to be ours.
const settled = "settled"

// settle asks once whether a resource that was found is ours, and records it.
func (c Cloud[S]) settle(in Held[S]) error {
	if in.Annotated(settled) == "" {
		if err := c.Owned(in); err != nil {
			return err
		}
	}
	in.record[Requested+settled] = "true"
	return nil
}

// give adds the parts of a credential, and has its consumer publish the password.
func (c Credential) give(parts Parts) Parts {
	if consumer, ok := parts[c.Consumer]; ok && c.Writes != nil {
		consumer.Writes = c.Writes
		parts[c.Consumer] = consumer
	}
	maps.Copy(parts, c.Parts)
	return parts
}
