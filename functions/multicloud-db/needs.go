package multiclouddb

import (
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/environment"
)

// require asks for what the type needs to know, each time: what is gone from an answer is what
// Crossplane no longer serves.
func require(rsp *fnv1.RunFunctionResponse, needs lifecycle.Needs, namespace string) {
	if needs.Version {
		environment.RequireVersion(rsp)
	}
	for part, name := range needs.Secrets {
		requireOne(rsp, part, lifecycle.Wanted{APIVersion: "v1", Kind: "Secret", Namespace: namespace, Name: name})
	}
	for name, wanted := range needs.Objects {
		requireOne(rsp, name, wanted)
	}
}

func requireOne(rsp *fnv1.RunFunctionResponse, name string, w lifecycle.Wanted) {
	if rsp.GetRequirements() == nil {
		rsp.Requirements = &fnv1.Requirements{}
	}
	form := &rsp.GetRequirements().Resources
	if w.Older {
		form = &rsp.GetRequirements().ExtraResources //nolint:staticcheck // Crossplane 1.20 knows no other.
	}
	if *form == nil {
		*form = map[string]*fnv1.ResourceSelector{}
	}
	s := &fnv1.ResourceSelector{ApiVersion: w.APIVersion, Kind: w.Kind}
	if w.Namespace != "" {
		s.Namespace = &w.Namespace
	}
	if s.Match = (&fnv1.ResourceSelector_MatchName{MatchName: w.Name}); w.Name == "" {
		s.Match = &fnv1.ResourceSelector_MatchLabels{MatchLabels: &fnv1.MatchLabels{Labels: w.Labels}}
	}
	(*form)[name] = s
}
