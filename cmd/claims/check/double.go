package check

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// doubles finds claims that stand twice, and claims of one and the same resource.
func doubles(subjects []*subject) []report.Finding {
	var out []report.Finding
	claims, resources := map[string]*subject{}, map[string]*subject{}
	for _, s := range subjects {
		if name := nameOf(s.doc); name != "/" {
			if first, ok := claims[name]; ok {
				out = append(out, at(s.doc, report.Error, ruleDouble, "metadata.name",
					fmt.Sprintf("metadata.name: the claim %s stands in %s too; only one of them counts, so take the other out", name, first.place())))
				continue
			}
			claims[name] = s
		}
		key := s.resource()
		if key == "" {
			continue
		}
		if first, ok := resources[key]; ok {
			path := "metadata.name"
			if s.judgment.claim.ExternalName != "" {
				path = "spec.externalName"
			}
			out = append(out, at(s.doc, report.Error, ruleDouble, path, fmt.Sprintf("%s: the claim is for %s, and so is %s in %s; one resource has one claim",
				path, s.judgment.answer.Name(), nameOf(first.doc), first.place())))
			continue
		}
		resources[key] = s
	}
	return out
}

// place is where a claim stands.
func (s *subject) place() string {
	return fmt.Sprintf("%s:%d", s.doc.File, s.doc.Line("metadata.name"))
}

// resource tells one resource from another of all that the files ask for, or is "" where that
// is not known. A bucket's name is the only one in the world. Other names are told apart by
// env, which has an account of its own, and on AWS by region.
func (s *subject) resource() string {
	c, a := s.judgment.claim, s.judgment.answer
	if c == nil || a == nil || a.Name() == "" {
		return ""
	}
	key := []string{c.Provider, c.Type, a.Name()}
	if c.Type != claim.TypeBucket {
		key = append(key, c.Env)
		if c.Provider == cloud.AWS {
			key = append(key, a.Region())
		}
	}
	return strings.Join(key, "\x00")
}
