package check

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/victor-onl/crossplane-resources/cmd/claims/catalog"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
)

// Entities makes the entities of the claims in files, in the order of their names, and says of
// which claims there is none.
func Entities(o Options, more catalog.Options) ([]*catalog.Entity, []report.Finding, error) {
	c := &checker{Options: o}
	now, err := c.read(o.Paths)
	if err != nil {
		return nil, nil, err
	}
	var made []*catalog.Entity
	first := map[string]*manifest.Document{} // claims by the entity that was made of them
	out := report.Report{Findings: now.findings}
	for _, d := range now.claims {
		var e *catalog.Entity
		var of *claim.Claim
		xr, err := c.xr(d)
		if err == nil {
			if of, err = claim.FromXR(xr); err == nil {
				e, err = catalog.Of(of, more)
			}
		}
		if err != nil {
			for _, one := range sentences(err.Error()) {
				out.Add(at(d, report.Error, ruleEntity, one.path, nameOf(d)+": "+one.text))
			}
			continue
		}
		ref := catalog.ParseRef(of.Entity, catalog.Resource).String()
		if other := first[ref]; other != nil {
			out.Add(at(d, report.Error, ruleEntity, "metadata.name", fmt.Sprintf("%s: metadata.name: the entity %s is made of the claim %s in %s:%d; "+
				"give one of the two another spec.entity", nameOf(d), ref, nameOf(other), other.File, other.Line("metadata.name"))))
			continue
		}
		first[ref] = d
		made = append(made, e)
	}
	slices.SortFunc(made, func(a, b *catalog.Entity) int {
		return cmp.Or(cmp.Compare(a.Metadata.Name, b.Metadata.Name), cmp.Compare(a.Metadata.Namespace, b.Metadata.Namespace))
	})
	out.Sort()
	return made, out.Findings, nil
}
