package multiclouddb

import (
	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/environment"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// require asks for what the type needs to know, each time: what is gone from an answer is what
// Crossplane no longer serves.
func require(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, needs lifecycle.Needs, namespace string) {
	if needs.Version {
		environment.RequireVersion(rsp)
	}
	for part, name := range needs.Secrets {
		requireObject(rsp, part, "v1", "Secret", namespace, name)
	}
	if needs.Claim {
		ref := object.Struct(req.GetObserved().GetComposite().GetResource(), "spec", "claimRef")
		requireObject(rsp, lifecycle.KeyClaim, object.String(ref, "apiVersion"), object.String(ref, "kind"), namespace, object.String(ref, "name"))
	}
	if needs.PushSecret {
		requireObject(rsp, lifecycle.KeyPushSecret, "apiextensions.k8s.io/v1", "CustomResourceDefinition", "", lifecycle.PushSecretCRD)
	}
}

// requireObject asks for an object by its name; one without a namespace is the cluster's.
func requireObject(rsp *fnv1.RunFunctionResponse, key, apiVersion, kind, namespace, name string) {
	if rsp.GetRequirements() == nil {
		rsp.Requirements = &fnv1.Requirements{}
	}
	if rsp.GetRequirements().GetResources() == nil {
		rsp.Requirements.Resources = map[string]*fnv1.ResourceSelector{}
	}
	selector := &fnv1.ResourceSelector{ApiVersion: apiVersion, Kind: kind, Match: &fnv1.ResourceSelector_MatchName{MatchName: name}}
	if namespace != "" {
		selector.Namespace = &namespace
	}
	rsp.Requirements.Resources[key] = selector
}
