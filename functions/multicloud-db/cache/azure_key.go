package cache

import (
	"fmt"
	"regexp"
)

// versionless is a key of Key Vault without a version, as databases take it. ManagedRedis takes
// a key of one version (managed_redis_resource.go of terraform-provider-azurerm 5.2,
// customer_managed_key; Upjet does not run that check).
var versionless = regexp.MustCompile(`^https://[^/]+/keys/[^/]+/?$`)

// refuseVersionless refuses a key for a new cache that Azure would not take.
func refuseVersionless(in In) error {
	if !versionless.MatchString(in.Want.KMSKeyID) {
		return nil
	}
	return fmt.Errorf(
		"%s: %q has no version, and Azure encrypts caches by a key of one version; set %s to the id of a key with its version, and cache.kmsIdentityID beside it",
		in.Setting(in.Regional(in.Want.keyPath())), in.Want.KMSKeyID, in.Setting(in.Regional("cache.kmsKeyID")),
	)
}

// keepKey leaves a live cache the key that it has, or none, where the settings have come to name
// one that it cannot take: as a rule that of databases.
func keepKey(in Held) Held {
	if !in.Exists() || !versionless.MatchString(in.Want.KMSKeyID) {
		return in
	}
	in.Notes = append(in.Notes, in.Setting(in.Regional(in.Want.keyPath()))+" (a key without a version, which caches do not take)")
	in.Want.KMSKeyID, in.Want.KMSIdentityID = in.AsItIs("kmsKeyID"), in.AsItIs("kmsIdentityID")
	return in
}
