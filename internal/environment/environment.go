// Package environment asks Crossplane for the EnvironmentConfig of an env, and passes
// on its data in the pipeline's context. Package settings says what the data means.
package environment

import (
	"maps"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// contextKey is where Crossplane and its functions keep the environment.
const contextKey = "apiextensions.crossplane.io/environment"

// ownKey is where settings stand in the context apart from what others keep in the
// environment.
const ownKey = "platform.victor.onl/settings"

// The EnvironmentConfigs that are asked for, by the name of the requirement.
const (
	requireEnv     = "settings-env"
	requireDefault = "settings"
)

// requireVersion asks for nothing that is used: the form of the answer tells which
// Crossplane this is.
const requireVersion = "crossplane-version"

// Of returns the environment that earlier steps put into the pipeline's context,
// whether it holds settings or anything else.
func Of(pipeline *structpb.Struct) *structpb.Struct {
	return object.Struct(pipeline, contextKey)
}

// Require asks for the env's EnvironmentConfig, and for the one of all envs, in
// both forms that Crossplane knows: 1.20 serves only the older one. Once it is known
// to be 1.20 the newer one is left out: 1.20 calls until the requirements are the same
// twice, and compares what it does not know as bytes, in which a map has no order.
func Require(rsp *fnv1.RunFunctionResponse, env string, legacy bool) {
	selectors := map[string]*fnv1.ResourceSelector{
		requireEnv:     selector("platform-" + env),
		requireDefault: selector("platform"),
	}
	rsp.Requirements = &fnv1.Requirements{Resources: maps.Clone(selectors), ExtraResources: selectors} //nolint:staticcheck // Crossplane 1.20 knows no other.
	if legacy {
		rsp.Requirements.Resources = nil
	}
}

// RequireVersion asks which Crossplane this is, where nothing else is asked for.
func RequireVersion(rsp *fnv1.RunFunctionResponse) {
	if rsp.GetRequirements() != nil {
		return
	}
	selectors := map[string]*fnv1.ResourceSelector{requireVersion: selector("platform")}
	rsp.Requirements = &fnv1.Requirements{Resources: maps.Clone(selectors), ExtraResources: selectors} //nolint:staticcheck // Crossplane 1.20 knows no other.
}

func selector(name string) *fnv1.ResourceSelector {
	return &fnv1.ResourceSelector{
		ApiVersion: "apiextensions.crossplane.io/v1beta1",
		Kind:       "EnvironmentConfig",
		Match:      &fnv1.ResourceSelector_MatchName{MatchName: name},
	}
}

// Answered returns the data and the name of the EnvironmentConfig that Crossplane
// found, the env's own first. Asked is false while it has not looked yet.
func Answered(req *fnv1.RunFunctionRequest) (data *structpb.Struct, name string, asked bool) {
	for _, requirement := range []string{requireEnv, requireDefault} {
		found, ok := req.GetRequiredResources()[requirement]
		if !ok {
			found, ok = req.GetExtraResources()[requirement] //nolint:staticcheck // Crossplane 1.20 knows no other.
		}
		asked = asked || ok
		if items := found.GetItems(); len(items) > 0 {
			o := items[0].GetResource()
			data = object.Struct(o, "data")
			if data == nil {
				data = &structpb.Struct{}
			}
			return data, object.String(o, "metadata", "name"), true
		}
	}
	return nil, "", asked
}

// Legacy reports whether Crossplane answered in the older form only, as 1.20 does.
func Legacy(req *fnv1.RunFunctionRequest) bool {
	older, newer := false, false
	for _, requirement := range []string{requireEnv, requireDefault, requireVersion} {
		_, inOlder := req.GetExtraResources()[requirement] //nolint:staticcheck // This is about the older form.
		_, inNewer := req.GetRequiredResources()[requirement]
		older, newer = older || inOlder, newer || inNewer
	}
	return older && !newer
}

// ToContext leaves the settings to the steps that follow: under a key of their own, and in
// the environment, where function-environment-configs would put them too. What others keep
// in the environment stays, also under a key of settings.
func ToContext(rsp *fnv1.RunFunctionResponse, data *structpb.Struct) {
	if rsp.GetContext() == nil {
		rsp.Context = &structpb.Struct{}
	}
	object.Set(rsp.GetContext(), data, ownKey)
	env := object.Ensure(rsp.GetContext(), contextKey)
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
