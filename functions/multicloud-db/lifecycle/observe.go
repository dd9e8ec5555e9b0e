package lifecycle

import (
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// observe reads once what is there, and refuses a claim whose identity was edited. The
// fields that the claim's text alone decides are judged before anything is looked up by
// them: "the engine cannot change" tells more than "no such version of that engine".
func observe[S any](t Type[S], call Call) (Live, error) {
	own := t.Clouds[call.Claim.Provider]
	l := Live{
		Call: call, adopted: call.Claim.ExternalName != "", tells: t.Tells, name: t.LastName, renamed: own.ShownAs != nil, beside: own.Beside,
		with: own.With,
	}
	if l.name == nil {
		l.name = func(Live) string { return "" }
	}
	if own.Shares != nil && own.Shares(l) {
		l.with = nil
	}
	o := l.Main()
	l.table = tableOf(t, call, o)
	l.exists = o != nil && (managed.Exists(o) || l.table.TakesOver != nil && l.table.TakesOver(o))
	l.strict = own.Owned != nil
	l.Life = l.life()
	l.lasts = l.exists || l.Life == Forgotten && o != nil
	return l, identity(t, l)
}

// tableOf is the table of the kind that is observed, which is of another provider where
// spec.provider was edited. Without a main part, or with one of another type, the table
// is empty.
func tableOf[S any](t Type[S], call Call, o *structpb.Struct) Main {
	of := family(o)
	for _, provider := range []string{call.Claim.Provider, "gcp", "aws", "azure", "ibm"} {
		for _, m := range t.Clouds[provider].Mains {
			if o != nil && m.Kind.Group == of && (m.Is == nil || m.Is(o)) {
				return m
			}
		}
	}
	for _, m := range t.Clouds[call.Claim.Provider].Mains {
		if o != nil && of == "" && (m.For == nil || m.For(call)) {
			return m // an object that says nothing of its kind
		}
	}
	return Main{}
}

// life tells from what is observed, and from what the XR's status shows, how far the
// resource has come. A resource that was there and is not seen is Forgotten, also where its
// managed resource was made again and its provider has not looked yet: only a creation that
// failed says that there is nothing.
func (l Live) life() Life {
	o := l.Main()
	known := l.table.Has(o) || IsThere(o)
	switch {
	case l.adopted:
		return Looked // until adopt says that it is managed
	case known && !l.wasMade(o):
		return Found
	case l.exists && l.table.Shows != nil && !WasCreated(o):
		return Found // its state was there: a Workspace shows no id of its own
	case l.exists:
		return Made
	case l.hasLived() && !managed.CreationFailed(o):
		return Forgotten
	}
	return New
}

// hasLived reports whether the XR's status says that the cloud had the resource.
func (l Live) hasLived() bool {
	made, _ := object.Bool(l.XR.Object, "status", "resource", "made")
	return made || l.Shown("endpoint") != ""
}

// Has reports whether a kind without an id in its status shows that its cloud has it.
func (m Main) Has(o *structpb.Struct) bool {
	return m.Shows != nil && object.String(object.Struct(o, "status", "atProvider"), m.Shows...) != ""
}

// identity refuses an edit of the fields that the claim's text alone decides. Of an
// adopted resource hold judges them: the claim of one that is only looked at may still be
// put right.
func identity[S any](t Type[S], l Live) error {
	if _, is := l.Recognize(l.Main()); l.adopted && is != "" && is != l.Claim.Type {
		return cannotBecome(is, "spec.type", is, l.Claim.Type) // what is looked at is of the older type
	}
	if l.adopted {
		return nil
	}
	if was := l.Last("type"); was != "" && was != l.Claim.Type {
		return cannotBecome(was, "spec.type", was, l.Claim.Type) // what lives is of the older type
	}
	judge := func(row Row, said string) error {
		if was := l.Last(row.Name); was != "" && said != "" && was != said && row.Rule == Immutable {
			return cannotBecome(t.Name, row.Path, was, said)
		}
		return nil
	}
	says := said(l)
	for _, row := range Identity { // the provider before the rest: their tables are its own
		if err := judge(row, says[row.Name]); err != nil {
			return err
		}
	}
	for _, f := range t.Fields {
		if f.Said == nil {
			continue
		}
		if err := judge(f.Row, f.Said(l.Call)); err != nil {
			return err
		}
	}
	return nil
}

// said is what the claim's text alone says of the fields that every type has.
func said(l Live) map[string]string {
	c := l.Claim
	return map[string]string{"provider": c.Provider, "type": c.Type, "project": c.Project, "env": c.Env}
}

// cannotBecome is how a change on a live resource is refused. The rules of the XRDs
// say the same at admission.
func cannotBecome(noun, path, was, said string) error {
	return fmt.Errorf("%s: %q cannot become %q on a live %s; set it back to %q, or make a second claim and migrate", path, was, said, noun, was)
}

// RefuseType refuses a live resource another type than it has. A claim whose type was
// edited may be wrong in all else as well, which says less.
func RefuseType(main *structpb.Struct, said string, recognize func(*structpb.Struct) (provider, typ string)) error {
	if !managed.Exists(main) || object.String(main, "metadata", "annotations", Requested+"adopt") != "" {
		return nil
	}
	was := object.String(main, "metadata", "annotations", Requested+"type")
	if was == "" {
		_, was = recognize(main)
	}
	if was == "" || was == said {
		return nil
	}
	return cannotBecome(was, "spec.type", was, said)
}
