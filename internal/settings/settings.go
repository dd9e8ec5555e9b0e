// Package settings reads what the platform team set for an env: providers,
// networks, policy, profiles and tags, from one EnvironmentConfig.
package settings

import (
	"regexp"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Settings of an env. Everything is optional.
type Settings struct {
	Providers map[string]Provider
	Policy    Policy
	Delivery  Delivery
	Profiles  map[string]Profile
	Tags      map[string]string
	// ControlPlane names this control plane among all that reach the same accounts. The
	// name is the same after a rebuild.
	ControlPlane string
	// Layers are names of EnvironmentConfigs that are awaited where a claim reads them.
	Layers []string
}

// controlPlaneForm is a name that each cloud takes for a tag as it is.
var controlPlaneForm = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`)

// ReadControlPlane reads the name of the control plane, which is a tag.
func ReadControlPlane(r *object.Reader) string {
	return r.Match("controlPlane", controlPlaneForm, "1 to 63 lowercase letters, digits and hyphens, such as mgmt-eu")
}

// Parse reads settings, and refuses what it does not know: a typo in a network's
// name must not leave a database without one.
func Parse(data *structpb.Struct, source string) (*Settings, error) {
	r := object.Read(data, source)
	r.Ignore("apiVersion", "kind") // of the environment in the pipeline's context
	s := &Settings{Providers: map[string]Provider{}, Tags: r.StringMap("tags"), ControlPlane: ReadControlPlane(r), Layers: readLayers(r)}

	providers := r.Object("providers")
	for _, name := range cloud.Providers {
		p := readProvider(name, providers.Object(name))
		p.mistakes = append(oddLines(object.Get(data, "providers", name), providers.Path(name)), p.mistakes...)
		s.Providers[name] = p
	}
	providers.Done()

	s.Policy = readPolicy(r.Object("policy"))
	s.Delivery = readDelivery(r.Object("delivery"))
	s.Profiles = ReadProfiles(r.Object("profiles"))

	r.Done()
	if err := r.Err(); err != nil {
		return nil, err
	}
	return s, nil
}
