// Package environment asks Crossplane for the EnvironmentConfigs that the settings of a
// claim are made of, and passes on their data in the pipeline's context. Package settings
// says what the data means.
package environment

import (
	"maps"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// contextKey is where Crossplane and its functions keep the environment.
const contextKey = "apiextensions.crossplane.io/environment"

// ownKey is where settings stand in the context apart from what others keep in the
// environment.
const ownKey = "platform.victor.onl/settings"

// requireVersion asks for nothing that is used: the form of the answer tells which
// Crossplane this is.
const requireVersion = "crossplane-version"

// Of returns the environment that earlier steps put into the pipeline's context,
// whether it holds settings or anything else.
func Of(pipeline *structpb.Struct) *structpb.Struct {
	return object.Struct(pipeline, contextKey)
}

// RequireVersion asks which Crossplane this is, where nothing else is asked for.
func RequireVersion(rsp *fnv1.RunFunctionResponse) {
	if rsp.GetRequirements() != nil {
		return
	}
	selectors := map[string]*fnv1.ResourceSelector{requireVersion: selector(base)}
	rsp.Requirements = &fnv1.Requirements{Resources: maps.Clone(selectors), ExtraResources: selectors} //nolint:staticcheck // Crossplane 1.20 knows no other.
}

// Legacy reports whether Crossplane answered in the older form only, as 1.20 does.
func Legacy(req *fnv1.RunFunctionRequest) bool {
	older, newer := false, false
	for _, requirement := range append(slices.Clone(requirements), requireVersion) {
		_, inOlder := req.GetExtraResources()[requirement] //nolint:staticcheck // This is about the older form.
		_, inNewer := req.GetRequiredResources()[requirement]
		older, newer = older || inOlder, newer || inNewer
	}
	return older && !newer
}

// ToContext leaves the settings to the steps that follow in the environment, where
// function-environment-configs would put them too. What others keep there stays, also under
// a key of settings, and only then the settings stand under a key of their own as well: every
// later step decodes and encodes the context.
func ToContext(rsp *fnv1.RunFunctionResponse, data *structpb.Struct) {
	if rsp.GetContext() == nil {
		rsp.Context = &structpb.Struct{}
	}
	env := object.Ensure(rsp.GetContext(), contextKey)
	if env == nil || isShared(env) {
		object.Set(rsp.GetContext(), data, ownKey)
	}
	if env == nil {
		return
	}
	for key, v := range data.GetFields() {
		if _, theirs := env.GetFields()[key]; !theirs {
			env.Fields[key] = v
		}
	}
	if _, ok := env.GetFields()["kind"]; !ok {
		env.Fields["apiVersion"] = structpb.NewStringValue("internal.crossplane.io/v1alpha1")
		env.Fields["kind"] = structpb.NewStringValue("Environment")
	}
}

// isShared reports whether somebody else keeps something in an environment.
func isShared(env *structpb.Struct) bool {
	for key := range env.GetFields() {
		if key != "apiVersion" && key != "kind" {
			return true
		}
	}
	return false
}
