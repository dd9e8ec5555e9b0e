package multiclouddb

import (
	"maps"
	"slices"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/environment"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// given are the settings of a call.
type given struct {
	settings *settings.Settings // of the claim's project and env
	own      *settings.Settings // of its namespace; the same where the claim names no other
	layers   []string           // the EnvironmentConfigs that settings are made of, the strongest last
	without  []string           // the EnvironmentConfigs that they are looked for in, where none of these is known
	late     []string           // the EnvironmentConfigs that have to be there as well, and are not
	answered bool               // Crossplane has looked for them
}

// readSettings returns the settings of the claim's project and env: what the
// EnvironmentConfigs say that were asked for, else what a step before put into the
// pipeline's context.
//
// What was asked for comes first, and is asked for again: Crossplane calls until the
// requirements are the same twice, and hands the context of one call to the next, so
// that our own settings come back to us in it.
func readSettings(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, c *claim.Claim, known *settings.Known) (given, error) {
	names := environment.NamesOf(placesOf(c))
	layers, ownLayers, answered := environment.Answered(req, names)
	if data, ok := environment.FromContext(req.GetContext()); ok && !answered {
		s, err := known.ParseFor(data, "settings", c.Provider)
		return given{settings: s, own: s, answered: true}, err
	}
	environment.Require(req, rsp, names)
	s, data, err := known.ParseLayers(layers, c.Provider)
	if err != nil {
		return given{}, err
	}
	out := given{settings: s, own: s, answered: answered}
	for _, l := range layers {
		out.layers = append(out.layers, l.Name)
	}
	if c.Overridden {
		if _, own := placesOf(c); own == (environment.Place{}) {
			ownLayers = environment.OfAll(layers)
		}
		if out.own, _, err = known.ParseLayers(ownLayers, c.Provider); err != nil {
			return given{}, err
		}
	}
	// In the order of layers: platform, platform-env, platform-env-project.
	wanted := slices.Sorted(maps.Values(environment.NamesOf(placeOfClaim(c), environment.Place{})))
	if len(layers) == 0 {
		out.without = wanted
		return out, nil
	}
	out.late = awaited(wanted, out.layers, s.Layers, c.Env)
	environment.ToContext(rsp, data)
	return out, nil
}

// awaited are the layers that have to be there and are not: those that the settings list, and
// the env's own in an env that keeps its data. Layers arrive one by one, and what is made by
// the first alone is in the wrong network, on AWS and Azure for good.
func awaited(wanted, there, listed []string, env string) []string {
	var out []string
	for _, name := range wanted {
		required := slices.Contains(listed, name) || lifecycle.IsKept(env) && name == environment.LayerOf(env)
		if required && !slices.Contains(there, name) {
			out = append(out, name)
		}
	}
	return out
}

// placesOf are the claim's project and env, and those of its namespace.
func placesOf(c *claim.Claim) (place, own environment.Place) {
	project, env, _ := claim.Split(c.Namespace)
	return placeOfClaim(c), environment.Place{Env: env, Project: project}
}

func placeOfClaim(c *claim.Claim) environment.Place {
	return environment.Place{Env: c.Env, Project: c.Project}
}
