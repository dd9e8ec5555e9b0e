package lifecycle

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Resource is what is decided of one resource, whatever its type.
type Resource struct {
	Live
	Place
	Noun   string // the type's
	Config string // the ProviderConfig that reaches its account
	Policy Policy
	// Notes name the settings that have no effect on a live resource: those that came too
	// late for it, and those that are gone or say less while it stays as it is.
	Notes []string
	// Remarks are what else there is to know of the settings, a clause each.
	Remarks []string

	// Refused says what the settings' policy would refuse of the live resource if that were
	// new, a sentence each.
	Refused []string

	record map[string]string              // the annotations of the main part
	before map[string]string              // what follow recorded last
	marks  map[string]string              // what it records now
	named  map[string]func(string) string // the parts whose names are made of the resource's
}

// hold decides by its rule what each field is composed as, given what is said, what was
// last asked for, and what is there. What a rule forbids is refused here, for every type.
func hold[S any](t Type[S], l lived, p Place, policy Policy, want S) (Held[S], error) {
	own := t.Clouds[l.Claim.Provider]
	in := Held[S]{Resource: Resource{
		Live: l.Live, Place: p, Noun: t.Name, named: own.Named, record: map[string]string{}, before: l.befores(), marks: map[string]string{},
	}, Want: want}
	if err := in.holdPolicy(policy, own.guard(), own.Owned != nil); err != nil {
		return Held[S]{}, err
	}
	in.holdEntry()
	if err := in.holdClaim(t, own); err != nil {
		return Held[S]{}, err
	}
	if err := in.holdConfig(); err != nil {
		return Held[S]{}, err
	}
	for _, f := range t.Fields {
		if !f.Rule.isSetting() || !own.has(f.Name) {
			continue
		}
		value, path := f.Of(&in.Want), f.Path
		if f.PathOf != nil {
			path = f.PathOf(in.Want)
		}
		if f.Regional {
			path = in.Regional(path)
		}
		held, err := in.setting(f.Row, *value, path, f.Lent != nil && f.Lent(in))
		if err != nil {
			return Held[S]{}, err
		}
		*value = held
		in.recordApart(f.Name, held)
		if f.Name == "kmsKeyID" && !in.Claim.Database.RestoreFrom.IsAsked() { // else the key is the source's
			in.remarkKey(f.Path, held, t.KeyOf)
		}
	}
	in.holdSize(own.Unsized != "")
	if own.Settles != nil {
		in = own.Settles(in)
	}
	return in, nil
}

// has reports whether a main resource of the cloud has the field.
func (c Cloud[S]) has(field string) bool {
	return slices.ContainsFunc(c.Mains, func(m Main) bool { _, ok := m.Fields[field]; return ok })
}

// keeps reports whether the policy keeps the resource and what is in it.
func (r *Resource) keeps() bool {
	return (r.Policy.Protected || r.Policy.Orphan) && !r.Claim.AllowDelete
}

// holdConfig keeps a live resource in its account. Under the ProviderConfig of another
// account the provider would not find the resource, and would make a second.
func (r *Resource) holdConfig() error {
	r.Config = r.Provider().ProviderConfig
	live := r.account()
	if live == "" || live == r.Config {
		return nil
	}
	if r.Config != "" {
		return fmt.Errorf(
			"%s: %q cannot become %q on a live %s, which another account does not have; set it back to %q", r.Setting("providerConfig"), live,
			r.Config, r.Noun, live,
		)
	}
	r.Config = live
	return nil
}

// account is the ProviderConfig that a live resource is reached by, or "". Of one that is
// forgotten its other parts tell.
func (r *Resource) account() string {
	if r.lasts {
		return object.String(r.Main(), "spec", "providerConfigRef", "name")
	}
	if r.Life != Forgotten {
		return ""
	}
	for _, part := range slices.Sorted(maps.Keys(r.Parts)) {
		if name := object.String(r.Object(part), "spec", "providerConfigRef", "name"); name != "" {
			return name
		}
	}
	return ""
}

func isSmaller(a, b string) bool {
	x, errX := strconv.Atoi(a)
	y, errY := strconv.Atoi(b)
	return errX != nil || errY != nil || x < y
}

// IsOlder reports whether a version is older than another.
func IsOlder(a, b string) bool {
	x, y := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return isSmaller(x[i], y[i])
		}
	}
	return len(x) < len(y)
}
