package costtagger

import (
	"regexp"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// Annotations that the function sets.
const (
	annotationPrefix = "platform.victor.onl/"
	annotationEntity = annotationPrefix + "backstage-entity"
)

// maxLabel is the length of a label value that Kubernetes takes.
const maxLabel = 63

var labelIllegal = regexp.MustCompile(`[^-A-Za-z0-9_.]`)

// metadata returns the labels and annotations of everything that the claim is
// made of. A label's value that Kubernetes would refuse is shortened, and stands
// whole in an annotation: one bad label costs the whole object.
func metadata(c *claim.Claim) (labels, annotations *structpb.Value) {
	domain := c.Labels[labelDomain]
	if domain == "" {
		domain = c.Project
	}
	l := map[string]*structpb.Value{}
	a := map[string]*structpb.Value{annotationEntity: structpb.NewStringValue(c.Entity)}
	for _, label := range [...]struct{ key, value string }{
		{"project", c.Project},
		{"env", c.Env},
		{"service", c.Name},
		{labelTeam, c.Labels[labelTeam]},
		{labelDomain, domain},
		{labelSystem, c.Labels[labelSystem]},
		{"backstage.io/kubernetes-id", c.Entity[strings.LastIndexAny(c.Entity, ":/")+1:]},
		{"argocd/app", "crossplane-" + c.Project + "-" + c.Env + "-" + c.Name},
		{"argocd/app-set", "crossplane-claims"},
	} {
		if label.value == "" {
			continue
		}
		legal := legalLabel(label.value)
		l[label.key] = structpb.NewStringValue(legal)
		if legal != label.value {
			a[annotationPrefix+strings.ReplaceAll(label.key, "/", ".")] = structpb.NewStringValue(label.value)
		}
	}
	return structpb.NewStructValue(&structpb.Struct{Fields: l}), structpb.NewStructValue(&structpb.Struct{Fields: a})
}

// legalLabel returns the value itself where it may be a label's, else what is
// legal of it with a hash behind.
func legalLabel(value string) string {
	if len(value) <= maxLabel && isLabel(value) {
		return value
	}
	return claim.Shorten(labelIllegal.ReplaceAllString(value[:min(len(value), maxLabel)], "_"), value, maxLabel)
}

// isLabel says whether Kubernetes takes a value: letters, digits, -, _ and ., and
// a letter or digit at both ends.
func isLabel(value string) bool {
	for i := range len(value) {
		b := value[i]
		if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' {
			continue
		}
		if i == 0 || i == len(value)-1 || b != '-' && b != '_' && b != '.' {
			return false
		}
	}
	return value != ""
}
