package profilesizer

import (
	"cmp"
	"errors"
	"fmt"
)

// choose returns the SKU that the profile names, or else the smallest one that is
// no smaller than the profile in anything.
func (o *offer) choose(p *profile, n need) (*sku, error) {
	if name, ok := p.skus[o.key]; ok {
		return o.named(name, p, n)
	}
	return o.fit(p, n)
}

func (o *offer) fit(p *profile, n need) (*sku, error) {
	if !p.hasFigures() {
		return nil, o.noFigures(p)
	}
	fits, nearest := o.smallest(p, n)
	if fits != nil {
		return fits, nil
	}
	if err := o.unfit(p, n); err != nil {
		return nil, err
	}
	return nil, o.tooLarge(p, nearest)
}

// smallest returns the smallest SKU that holds the profile, or else nil and the
// one that comes nearest. A family for old versions is looked at only where a current one
// would do but for the version.
func (o *offer) smallest(p *profile, n need) (fits, nearest *sku) {
	fits, nearest = o.among(p, n, func(f *family) bool { return f.OnlyByName == "" })
	if fits != nil || len(n.versions) == 0 {
		return fits, nearest
	}
	free := n
	free.versions = nil
	if current, _ := o.among(p, free, func(f *family) bool { return f.OnlyByName == "" }); current == nil {
		return nil, nearest
	}
	fits, _ = o.among(p, n, func(f *family) bool { return f.ForOldVersions })
	return fits, nearest
}

func (o *offer) among(p *profile, n need, meant func(*family) bool) (fits, nearest *sku) {
	for _, s := range o.skus {
		switch {
		case !meant(s.family) || !n.allows(s):
		case s.holds(p):
			return s, nil
		case nearest == nil || p.shortfall(s) <= p.shortfall(nearest):
			nearest = s
		}
	}
	return nil, nearest
}

func (o *offer) noFigures(p *profile) error {
	return fmt.Errorf("%s: names no skus.%s, so it needs %s", p.path, o.key, cmp.Or(p.needs, "vcpu and memoryGiB"))
}

func (o *offer) tooLarge(p *profile, nearest *sku) error {
	text := fmt.Sprintf("%s: %q asks for %s, which no size of %s gives", p.from, p.name, p.asks(), o.Title)
	if nearest == nil {
		return errors.New(text)
	}
	return fmt.Errorf("%s; the nearest is %s", text, nearest)
}
