package check

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/cmd/claims/catalog"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// labels holds the labels of a claim: two become cost tags, and by one Backstage's Kubernetes
// plugin finds the claim.
func labels(s *subject) []report.Finding {
	c := s.judgment.claim
	if c == nil {
		return nil
	}
	var out []report.Finding
	for _, l := range []struct{ label, tag string }{{catalog.LabelTeam, "team"}, {catalog.LabelSystem, "system"}} {
		if c.Labels[l.label] == "" {
			out = append(out, at(s.doc, report.Warning, ruleLabels, "metadata.labels",
				fmt.Sprintf("%s: is missing, and with it the cost tag %s", labelPath(l.label), l.tag)))
		}
	}
	want, path := c.KubernetesID(), labelPath(claim.KubernetesID)
	switch said := c.Labels[claim.KubernetesID]; said {
	case want:
	case "":
		out = append(out, at(s.doc, report.Error, ruleLabels, "metadata.labels",
			fmt.Sprintf("%s: is missing, so that Backstage does not show the claim; set it to %q", path, want)))
	default:
		out = append(out, at(s.doc, report.Error, ruleLabels, path,
			fmt.Sprintf("%s: %q is not the name of the claim's entity, so that Backstage does not show the claim; set it to %q", path, said, want)))
	}
	return out
}
