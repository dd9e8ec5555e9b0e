// Package settings reads what the platform team set for an env: providers,
// networks, policy, profiles and tags, from one EnvironmentConfig.
package settings

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Settings of an env. Everything is optional.
type Settings struct {
	Providers map[string]Provider
	Policy    Policy
	Profiles  map[string]Profile
	Tags      map[string]string
}

// Parse reads settings, and refuses what it does not know: a typo in a network's
// name must not leave a database without one.
func Parse(data *structpb.Struct, source string) (*Settings, error) {
	r := object.Read(data, source)
	r.Ignore("apiVersion", "kind") // of the environment in the pipeline's context
	s := &Settings{Providers: map[string]Provider{}, Tags: r.StringMap("tags")}

	providers := r.Object("providers")
	for _, name := range cloud.Providers {
		p := readProvider(name, providers.Object(name))
		p.mistakes = append(oddLines(object.Get(data, "providers", name), providers.Path(name)), p.mistakes...)
		s.Providers[name] = p
	}
	providers.Done()

	s.Policy = readPolicy(r.Object("policy"))
	s.Profiles = ReadProfiles(r.Object("profiles"))

	r.Done()
	if err := r.Err(); err != nil {
		return nil, err
	}
	return s, nil
}
