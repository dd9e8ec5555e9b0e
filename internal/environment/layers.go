package environment

import (
	"maps"
	"slices"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// base is the name of the EnvironmentConfig of all envs, and what the names of the others
// begin with.
const base = "platform"

// The requirements by which EnvironmentConfigs are asked for. Those with own in them are
// for the namespace of a claim whose spec names another project or env.
const (
	requireDefault    = "settings"
	requireEnv        = "settings-env"
	requireProject    = "settings-project"
	requireOwnEnv     = "settings-own-env"
	requireOwnProject = "settings-own-project"
)

var requirements = []string{requireDefault, requireEnv, requireProject, requireOwnEnv, requireOwnProject}

// A Place is whose settings are asked for.
type Place struct{ Env, Project string }

// Names are the EnvironmentConfigs to ask for, by the name of the requirement: at most five.
type Names map[string]string

// NamesOf are the layers of a place, and of the namespace's own place where that is another
// one. A namespace of another form than {project}-{env}-infra has no place.
func NamesOf(place, own Place) Names {
	names := Names{requireDefault: base, requireEnv: LayerOf(place.Env), requireProject: LayerOf(place.Env) + "-" + place.Project}
	if own == place || own == (Place{}) {
		return names
	}
	if own.Env != place.Env {
		names[requireOwnEnv] = LayerOf(own.Env)
	}
	names[requireOwnProject] = LayerOf(own.Env) + "-" + own.Project
	return names
}

// LayerOf is the name of an env's own layer.
func LayerOf(env string) string { return base + "-" + env }

// Require asks for EnvironmentConfigs, in the form that this Crossplane names as its own.
// Before 2.2 it names none: then both forms are asked in, until it is known to be 1.20.
// 1.20 serves only the older one, and calls until the requirements are the same twice: it
// compares what it does not know as bytes, in which a map has no order.
func Require(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, names Names) {
	selectors := make(map[string]*fnv1.ResourceSelector, len(names))
	for requirement, name := range names {
		selectors[requirement] = selector(name)
	}
	rsp.Requirements = &fnv1.Requirements{}
	if !Legacy(req) {
		rsp.Requirements.Resources = maps.Clone(selectors)
	}
	if !slices.Contains(req.GetMeta().GetCapabilities(), fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES) {
		rsp.Requirements.ExtraResources = selectors //nolint:staticcheck // Crossplane 1.20 knows no other.
	}
}

func selector(name string) *fnv1.ResourceSelector {
	return &fnv1.ResourceSelector{
		ApiVersion: "apiextensions.crossplane.io/v1beta1",
		Kind:       "EnvironmentConfig",
		Match:      &fnv1.ResourceSelector_MatchName{MatchName: name},
	}
}

// Answered returns the layers that Crossplane found, the strongest last: those of the
// claim's place, and those of the namespace's own, which are the same where nothing else
// was asked for. Asked is false while Crossplane has not looked yet.
func Answered(req *fnv1.RunFunctionRequest, names Names) (layers, own []settings.Layer, asked bool) {
	find := func(requirements ...string) []settings.Layer {
		var out []settings.Layer
		for _, requirement := range requirements {
			found, ok := req.GetRequiredResources()[requirement]
			if !ok {
				found, ok = req.GetExtraResources()[requirement] //nolint:staticcheck // Crossplane 1.20 knows no other.
			}
			asked = asked || ok
			if items := found.GetItems(); len(items) > 0 {
				out = append(out, settings.Layer{Name: names[requirement], Data: object.Get(items[0].GetResource(), "data")})
			}
		}
		return out
	}
	layers = find(requireDefault, requireEnv, requireProject)
	switch {
	case names[requireOwnProject] == "":
		own = layers
	case names[requireOwnEnv] == "":
		own = find(requireDefault, requireEnv, requireOwnProject)
	default:
		own = find(requireDefault, requireOwnEnv, requireOwnProject)
	}
	return layers, own, asked
}

// OfAll is the layer of all envs, which alone speaks for a namespace that has no place of
// its own: another layer would be of the place that a claim chooses.
func OfAll(layers []settings.Layer) []settings.Layer {
	for _, l := range layers {
		if l.Name == base {
			return []settings.Layer{l}
		}
	}
	return nil
}
