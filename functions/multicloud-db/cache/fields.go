package cache

import (
	"cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

func claimed(name, field string, rule lifecycle.Rule, of func(*Cache) *string) lifecycle.Field[Cache] {
	return lifecycle.Field[Cache]{Row: lifecycle.Row{Name: name, Path: "spec.cache." + field, Rule: rule}, Of: of}
}

// highAvailability is for good on two clouds: Memorystore's tier and Azure's second node are
// chosen when the cache is made (resource_redis_instance.go of terraform-provider-google,
// managed_redis_resource.go of terraform-provider-azurerm).
func highAvailability() lifecycle.Field[Cache] {
	f := claimed("standby", "highAvailability", lifecycle.Immutable, func(c *Cache) *string { return &c.HighAvailability })
	f.On, f.Decided = isFixed, true
	return f
}

// isFixed are the clouds on which nothing adds or takes away a replica of a live cache.
var isFixed = []string{cloud.GCP, cloud.Azure}

// version is the engine's. Azure has none.
func version() lifecycle.Field[Cache] {
	return lifecycle.Field[Cache]{
		Row: lifecycle.Row{Name: "version", Path: "the engine's version", Rule: lifecycle.Pinned, On: []string{cloud.GCP, cloud.AWS, cloud.IBM}},
		Of:  func(c *Cache) *string { return &c.Version },
	}
}

// clustering is how Azure spreads the keys, of which a change deletes them all.
func clustering() lifecycle.Field[Cache] {
	return lifecycle.Field[Cache]{
		Row: lifecycle.Row{Name: "clustering", Path: "the clustering policy", Rule: lifecycle.Pinned, On: []string{cloud.Azure}},
		Of:  func(c *Cache) *string { return &c.Clustering },
	}
}

func setting(name string, rule lifecycle.Rule, of func(*Cache) *string) lifecycle.Field[Cache] {
	return lifecycle.Field[Cache]{Row: lifecycle.Row{Name: name, Path: name, Rule: rule}, Of: of}
}

// regional is a setting of caches in one region.
func regional(name string, rule lifecycle.Rule, of func(*Cache) *string) lifecycle.Field[Cache] {
	f := setting(name, rule, of)
	f.Path, f.Regional = "cache."+name, true
	return f
}

// keyed is of the key of caches, or else that of databases, whose policy lets the cache's
// service in as well where one key is for all. A cache that lives already follows its own only.
func keyed(name string, of func(*Cache) *string, isLent func(lent) bool) lifecycle.Field[Cache] {
	f := regional(name, lifecycle.Follows, of)
	f.PathOf = func(c Cache) string { return pathOf(name, isLent(c.lent)) }
	f.Lent = func(in Held) bool { return isLent(in.Want.lent) }
	return f
}

// A lent says which of a key and its identity are the region's own.
type lent struct{ key, identity bool }

func pathOf(name string, isLent bool) string {
	if isLent {
		return name
	}
	return "cache." + name
}

// keyPath is the setting that says the key.
func (c *Cache) keyPath() string { return pathOf("kmsKeyID", c.lent.key) }

// readKey takes the key of caches and its identity, or the region's own. A live cache that is
// given a key of caches takes the region's identity with it, where caches have none.
func (c *Cache) readKey(l lifecycle.Live, region settings.Region) {
	own := region.Cache
	c.KMSKeyID, c.KMSIdentityID = cmp.Or(own.KMSKeyID, region.KMSKeyID), cmp.Or(own.KMSIdentityID, region.KMSIdentityID)
	c.lent.key = own.KMSKeyID == "" && region.KMSKeyID != ""
	c.lent.identity = own.KMSIdentityID == "" && region.KMSIdentityID != "" && (c.lent.key || l.Stands("kmsIdentityID") != "")
}

// networkOf is the region's, or the one of all regions.
func networkOf() lifecycle.Field[Cache] {
	f := setting("network", lifecycle.Sticky, func(c *Cache) *string { return &c.Network })
	f.PathOf = networkPath
	return f
}

func networkPath(c Cache) string {
	if c.ofRegion != "" {
		return "regions." + c.ofRegion + ".network"
	}
	return "network"
}

// subnetGroup is a subnet group that the settings name, or one of the cache's name that is
// made of the settings' subnets.
func subnetGroup() lifecycle.Field[Cache] {
	f := regional("subnetGroup", lifecycle.Sticky, func(c *Cache) *string { return &c.SubnetGroup })
	f.PathOf = func(c Cache) string { return cmp.Or(c.ofSubnets, "cache.subnetGroup") }
	return f
}
