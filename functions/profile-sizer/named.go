package profilesizer

import (
	"cmp"
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// A named SKU, and the field that names it.
type named struct {
	settings.SKU
	path string
}

// named returns the SKU of that name, once it can do what is needed.
func (o *offer) named(name named, p *profile, n need) (*sku, error) {
	found, err := o.look(name, p, n)
	if err != nil {
		return nil, err
	}
	if lack := n.bars(found); lack != "" {
		return nil, &unfit{name.path, found.Name + " " + lack}
	}
	if lack := n.lacks(found); lack != "" {
		return nil, fmt.Errorf("%s: %q %s%s", name.path, found.Name, lack, o.instead(p, n))
	}
	return found, nil
}

// look finds a SKU by its name in the catalog, or makes one of the figures beside the name.
func (o *offer) look(name named, p *profile, n need) (*sku, error) {
	var found *sku
	names := make([]string, 0, len(o.skus))
	for _, s := range o.skus {
		names = append(names, s.Name)
		switch {
		case s.Name != name.Name:
		case s.VCPU == name.VCPU && s.MemoryGiB == name.MemoryGiB:
			return s, nil
		case found == nil || name.VCPU == 0 && !found.holds(p):
			found = s // IBM's shared compute has one name for many sizes
		}
	}
	switch {
	case found != nil && name.VCPU == 0:
		return found, nil
	case found != nil:
		return nil, name.disagree(found)
	case o.Unit != "":
		return nil, fmt.Errorf("%s: %q is no size of %s; allowed %s", name.path, name.Name, o.Title, o.allowed())
	case name.VCPU > 0:
		return o.given(name.SKU), nil
	}
	near := object.DidYouMean(object.Nearest(name.Name, names))
	if near == "" {
		near = o.instead(p, n)
	}
	return nil, fmt.Errorf(
		"%s: %q is no size of %s that the catalog knows; where %s has it, give it with its figures, such as {name: %s, vcpu: 4, memoryGiB: 16}%s",
		name.path, name.Name, o.Title, o.Title, name.Name, near,
	)
}

// allowed are the sizes of an offer that counts them.
func (o *offer) allowed() string {
	if every := o.Families[0].Every; len(every) > 0 {
		return fmt.Sprintf("is %s to %s", o.skus[0].Name, o.skus[len(o.skus)-1].Name)
	}
	names := make([]string, 0, len(o.skus))
	for _, s := range o.skus {
		names = append(names, s.Name)
	}
	return "are " + strings.Join(names, ", ")
}

// disagree is the error of figures beside a name that has others.
func (n named) disagree(s *sku) error {
	return fmt.Errorf(
		"%s: %q has %g vCPU and %g GiB, and not the %g and %g beside it; the name is enough", n.path, n.Name, s.VCPU, s.MemoryGiB, n.VCPU, n.MemoryGiB,
	)
}

// given is a SKU that the catalog does not have, with the figures that somebody gives, or
// none. What it cannot do is told by its name.
func (o *offer) given(of settings.SKU) *sku {
	is := &family{}
	for _, t := range o.Traits {
		if strings.HasPrefix(of.Name, t.Prefix) {
			is = t
			break
		}
	}
	return o.complete(&sku{Name: of.Name, VCPU: of.VCPU, MemoryGiB: of.MemoryGiB}, is)
}

// running returns the size that a database keeps where none fits: the one that it has, else the
// one that an earlier step asks for; nil without either. The family is that of what the cloud
// reports, or nil.
func (o *offer) running(class field, desired, observed *structpb.Struct, p *profile) (keeps *sku, proven *family) {
	if name := text(observed, class.atProvider); name != "" {
		s := o.known(name, p)
		return s, s.family
	}
	if name := cmp.Or(class.textThere(observed), class.textAsked(desired)); name != "" {
		return o.known(name, p), nil
	}
	return nil, nil
}

// known returns the SKU of that name, with the figures of the catalog or of the profile; without
// figures where neither has it, such as an old generation.
func (o *offer) known(name string, p *profile) *sku {
	for _, s := range o.skus {
		if s.Name == name {
			return s
		}
	}
	if s := parseCustom(name); s != nil && o == offerGCP {
		return s
	}
	if asked := p.skus[o.key]; asked.Name == name {
		return o.given(asked.SKU)
	}
	return o.given(settings.SKU{Name: name})
}

// instead suggests the SKU that the profile's figures would pick.
func (o *offer) instead(p *profile, n need) string {
	s, err := o.fit(p, n)
	if err != nil {
		return ""
	}
	return "; the profile's figures would give " + s.String()
}
