package main

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

var (
	labelForm    = regexp.MustCompile(`^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$`)
	labelIllegal = regexp.MustCompile(`[^-A-Za-z0-9_.]`)
)

// metadata returns the labels and annotations of everything that the claim is
// made of. A label's value that Kubernetes would refuse is shortened, and stands
// whole in an annotation: one bad label costs the whole object.
func metadata(c *claim.Claim) (labels, annotations map[string]*structpb.Value) {
	domain := c.Labels[labelDomain]
	if domain == "" {
		domain = c.Project
	}
	labels = map[string]*structpb.Value{}
	annotations = map[string]*structpb.Value{annotationEntity: structpb.NewStringValue(c.Entity)}
	for _, l := range [...]struct{ key, value string }{
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
		if l.value == "" {
			continue
		}
		legal := legalLabel(l.value)
		labels[l.key] = structpb.NewStringValue(legal)
		if legal != l.value {
			annotations[annotationPrefix+strings.ReplaceAll(l.key, "/", ".")] = structpb.NewStringValue(l.value)
		}
	}
	return labels, annotations
}

// legalLabel returns the value itself where it may be a label's, else what is
// legal of it with a hash behind.
func legalLabel(value string) string {
	if len(value) <= maxLabel && labelForm.MatchString(value) {
		return value
	}
	return claim.Shorten(labelIllegal.ReplaceAllString(value, "_"), value, maxLabel)
}
