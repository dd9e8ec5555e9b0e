package costtag

import "slices"

// Owned are the keys that provider-aws writes itself, into the tags of every kind that has
// some: upjet's TagInitializer (pkg/config/resource.go, setExternalTagsWithPaved) sets them
// to the managed resource's own kind, name and provider config. Whoever desires one of them
// too writes over the provider for ever. No other provider here registers that initializer.
var Owned = []string{"crossplane-kind", "crossplane-name", "crossplane-providerconfig"}

// IsOwned reports whether provider-aws writes a tag itself, and nobody else may desire it.
func IsOwned(key string) bool { return slices.Contains(Owned, key) }

// ControlPlane is the key under which a resource names the control plane that it is of,
// where the settings say controlPlane.
const ControlPlane = "control-plane"
