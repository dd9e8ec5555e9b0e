package multiclouddb

import (
	"slices"

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
	for _, k := range needs.Kinds {
		requireKind(rsp, k)
	}
}

func requireObject(rsp *fnv1.RunFunctionResponse, key, apiVersion, kind, namespace, name string) {
	if rsp.GetRequirements() == nil {
		rsp.Requirements = &fnv1.Requirements{}
	}
	if rsp.GetRequirements().GetResources() == nil {
		rsp.Requirements.Resources = map[string]*fnv1.ResourceSelector{}
	}
	rsp.Requirements.Resources[key] = &fnv1.ResourceSelector{
		ApiVersion: apiVersion,
		Kind:       kind,
		Namespace:  &namespace,
		Match:      &fnv1.ResourceSelector_MatchName{MatchName: name},
	}
}

func requireKind(rsp *fnv1.RunFunctionResponse, k lifecycle.Kind) {
	if rsp.GetRequirements() == nil {
		rsp.Requirements = &fnv1.Requirements{}
	}
	if rsp.GetRequirements().GetSchemas() == nil {
		rsp.Requirements.Schemas = map[string]*fnv1.SchemaSelector{}
	}
	rsp.Requirements.Schemas[kindName(k)] = &fnv1.SchemaSelector{ApiVersion: k.APIVersion, Kind: k.Kind}
}

// installedKind reads Crossplane's answers about kinds: of one that the API server does not
// have, it answers with no schema.
func installedKind(req *fnv1.RunFunctionRequest) func(lifecycle.Kind) lifecycle.Installed {
	return func(k lifecycle.Kind) lifecycle.Installed {
		schema, answered := req.GetRequiredSchemas()[kindName(k)]
		switch {
		case !slices.Contains(req.GetMeta().GetCapabilities(), fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS):
			return lifecycle.CannotAsk
		case !answered:
			return lifecycle.NotAsked
		case schema.GetOpenapiV3() == nil:
			return lifecycle.Absent
		}
		return lifecycle.Present
	}
}

func kindName(k lifecycle.Kind) string { return k.APIVersion + "/" + k.Kind }
