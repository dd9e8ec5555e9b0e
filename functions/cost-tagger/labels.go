package costtagger

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// Annotations that the function sets.
const (
	annotationPrefix = "platform.victor.onl/"
	annotationEntity = annotationPrefix + "backstage-entity"
)

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
		{claim.KubernetesID, c.EntityName()},
		{"argocd/app", "crossplane-" + c.Project + "-" + c.Env + "-" + c.Name},
		{"argocd/app-set", "crossplane-claims"},
	} {
		if label.value == "" {
			continue
		}
		legal := claim.LabelValue(label.value)
		l[label.key] = structpb.NewStringValue(legal)
		if legal != label.value {
			a[annotationPrefix+strings.ReplaceAll(label.key, "/", ".")] = structpb.NewStringValue(label.value)
		}
	}
	return structpb.NewStructValue(&structpb.Struct{Fields: l}), structpb.NewStructValue(&structpb.Struct{Fields: a})
}

// unfound says that Backstage does not find the claim itself by its label. Crossplane copies
// a claim's labels to its XR, and to nothing that is composed.
func (c *collection) unfound(of *claim.Claim) {
	want := of.KubernetesID()
	said, given := of.Labels[claim.KubernetesID]
	switch {
	case said == want, want == "":
	case !given:
		c.notef(missing, "kubernetes-id: the claim has no label %s, by which Backstage finds it; set it to %q", claim.KubernetesID, want)
	default:
		c.notef(missing, "kubernetes-id: the claim's label %s is %q, by which Backstage does not find it; set it to %q",
			claim.KubernetesID, shown(said), want)
	}
}
