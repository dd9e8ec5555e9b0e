package check

import (
	"cmp"
	"slices"

	"github.com/victor-onl/crossplane-resources/cmd/claims/catalog"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/claim"
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
	out := report.Report{Findings: now.findings}
	for _, d := range now.claims {
		var e *catalog.Entity
		xr, err := c.xr(d)
		if err == nil {
			var of *claim.Claim
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
		made = append(made, e)
	}
	slices.SortFunc(made, func(a, b *catalog.Entity) int {
		return cmp.Or(cmp.Compare(a.Metadata.Name, b.Metadata.Name), cmp.Compare(a.Metadata.Namespace, b.Metadata.Namespace))
	})
	out.Sort()
	return made, out.Findings, nil
}
