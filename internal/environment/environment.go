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

// requireVersion asks for nothing that is used: the form of the answer tells which
// Crossplane this is.
const requireVersion = "crossplane-version"

// keys at the top by which an environment is known to hold settings.
var keys = []string{"controlPlane", "providers", "policy", "profiles", "tags"}

// Of returns the environment that earlier steps put into the pipeline's context,
// whether it holds settings or anything else.
func Of(pipeline *structpb.Struct) *structpb.Struct {
	return object.Struct(pipeline, contextKey)
}

// FromContext returns the environment that an earlier step put into the
// pipeline's context, and reports whether it holds settings.
func FromContext(pipeline *structpb.Struct) (*structpb.Struct, bool) {
	env := Of(pipeline)
	for k := range env.GetFields() {
		if slices.Contains(keys, k) {
			return env, true
		}
	}
	return nil, false
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

// ToContext leaves the settings to the steps that follow, where
// function-environment-configs would put them too. What stands there already
// stays.
func ToContext(rsp *fnv1.RunFunctionResponse, data *structpb.Struct) {
	if rsp.GetContext() == nil {
		rsp.Context = &structpb.Struct{}
	}
	env := object.Ensure(rsp.GetContext(), contextKey)
	if env == nil {
		return
	}
	maps.Copy(env.GetFields(), data.GetFields())
	if _, ok := env.GetFields()["kind"]; !ok {
		env.Fields["apiVersion"] = structpb.NewStringValue("internal.crossplane.io/v1alpha1")
		env.Fields["kind"] = structpb.NewStringValue("Environment")
	}
}
