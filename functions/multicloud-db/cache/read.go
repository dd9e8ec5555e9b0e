package cache

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The eviction policies, in Redis's words, which the claim and three clouds use.
const (
	evictOldest = "allkeys-lru" // where the claim does not say
	evictNone   = "noeviction"

	// evictUnsaid is what Memorystore and ElastiCache do where nobody says
	// (docs.cloud.google.com/memorystore/docs/redis/supported-redis-configurations,
	// aws.amazon.com/premiumsupport/knowledge-center/oom-command-not-allowed-redis).
	evictUnsaid = "volatile-lru"
)

var evictions = []string{evictOldest, "allkeys-lfu", evictUnsaid, "volatile-ttl", evictNone}

// versions are those that new caches get, one a cloud: Redis of Memorystore, Valkey of
// ElastiCache, Redis of IBM Cloud Databases. A live cache keeps the one that it was made with.
// Sources: docs.cloud.google.com/memorystore/docs/redis/supported-versions,
// docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html,
// cloud.ibm.com/docs/cloud-databases, db-version-policy.
var versions = map[string]string{cloud.GCP: "7.2", cloud.AWS: "8.2", cloud.IBM: "8.2"}

// maxSnapshotDays is for how long ElastiCache keeps a snapshot that it takes by itself
// (SnapshotRetentionLimit in the Amazon ElastiCache API).
const maxSnapshotDays = 35

// A section is what the claim says of its cache; all of it has defaults.
type section struct {
	eviction                      string
	highAvailability, persistence *bool
}

// sectionOf reads spec.cache.
func sectionOf(call lifecycle.Call) (section, error) {
	r := call.Claim.Section()
	s := section{
		eviction: r.OneOf("evictionPolicy", evictions...), highAvailability: r.Bool("highAvailability"), persistence: r.Bool("persistence"),
	}
	for _, field := range []string{"engine", "version"} {
		if r.Has(field) {
			r.Misplacedf(field, "is the platform's to choose, which pins one on each cloud; take the field out")
		}
		r.Ignore(field)
	}
	r.Done()
	return s, r.Err()
}

// read decides what the claim asks for.
func read(call lifecycle.Call, l lifecycle.Live, p lifecycle.Place) (Cache, lifecycle.Policy, error) {
	said, err := sectionOf(call)
	if err != nil {
		return Cache{}, lifecycle.Policy{}, err
	}
	asks := lifecycle.Asks{
		Noun: claim.TypeCache, HighAvailability: said.highAvailability, What: "snapshots", For: "caches",
	}
	if call.Claim.Provider == cloud.AWS {
		asks.Offered = cloud.Range{Min: 1, Max: maxSnapshotDays}
	}
	policy, err := lifecycle.PolicyOf(call, asks)
	if err != nil {
		return Cache{}, lifecycle.Policy{}, err
	}
	s, region := call.Provider(), p.OfRegion
	c := Cache{
		said:     said,
		Eviction: cmp.Or(said.eviction, found(l, "eviction"), evictOldest),
		Version:  cmp.Or(found(l, "version"), shownVersion(l), versions[call.Claim.Provider]),
		Network:  cmp.Or(region.Network, s.Network), ofRegion: region.Key,
		SubnetGroup: region.Cache.SubnetGroup, VPCID: cmp.Or(region.Cache.VPCID, region.VPCID), AllowedCIDRs: region.AllowedCIDRs,
		ResourceGroup: s.ResourceGroup, ResourceGroupID: s.ResourceGroupID,
		SubnetID: region.Cache.SubnetID, PrivateDNSZoneID: region.Cache.PrivateDNSZoneID,
	}
	c.readKey(l, region)
	if region.Network == "" {
		c.ofRegion = ""
	}
	c.readNetworkAWS(p)
	if call.Claim.Provider == cloud.Azure {
		c.Clustering = cmp.Or(found(l, "clustering"), clusteringOne)
	}
	c.Persistence = decided(said.persistence, found(l, "persistence"), lifecycle.IsKept(call.Claim.Env))
	c.HighAvailability = decided(said.highAvailability, found(l, "standby"), policy.HighAvailability)
	if slices.Contains(isFixed, call.Claim.Provider) {
		if was := cmp.Or(found(l, "standby"), l.Last("standby")); said.highAvailability == nil && was != "" {
			c.HighAvailability = was
		}
		policy.HighAvailability = c.HighAvailability == "true"
	}
	return c, policy, nil
}

// readNetworkAWS takes a subnet group of ElastiCache's own, or the subnets that one is made
// of: a subnet group of RDS takes no cache.
func (c *Cache) readNetworkAWS(p lifecycle.Place) {
	region := p.OfRegion
	c.GroupIDs = region.Cache.SecurityGroupIDs
	if len(c.GroupIDs) == 0 && region.Cache.VPCID == "" {
		c.ofDatabases = len(region.SecurityGroupIDs) > 0
		c.GroupIDs = region.SecurityGroupIDs
	}
	if c.SubnetGroup != "" {
		return
	}
	c.SubnetIDs, c.ofSubnets = region.Cache.SubnetIDs, "cache.subnetIDs"
	if len(c.SubnetIDs) == 0 {
		c.SubnetIDs, c.ofSubnets = region.SubnetIDs, "subnetIDs"
	}
	if len(c.SubnetIDs) == 0 {
		c.ofSubnets = ""
		return
	}
	c.SubnetGroup = p.Name
}

// found is a field of a cache that was there before its claim, or its managed resource: what
// nobody says stays as it is. What no update changes, or what an update destroys keys for, is as
// its cloud reports it, whoever chose that.
func found(l lifecycle.Live, name string) string {
	if !l.Adopted() && l.Life != lifecycle.Found {
		return ""
	}
	if name == "version" || name == "clustering" || name == "standby" && slices.Contains(isFixed, l.Claim.Provider) {
		return l.Is(name)
	}
	return l.AsItIs(name)
}

// shownVersion is the version of a cache whose managed resource is gone.
func shownVersion(l lifecycle.Live) string {
	if l.Life != lifecycle.Forgotten {
		return ""
	}
	return l.Shown("version")
}

// decided is what the claim says, else what was found, else the default.
func decided(said *bool, found string, otherwise bool) string {
	if said != nil {
		return strconv.FormatBool(*said)
	}
	return cmp.Or(found, strconv.FormatBool(otherwise))
}

// status are the fields of status.resource that a cache has.
func status(in In) object.Map {
	engine := "redis"
	if in.Claim.Provider == cloud.AWS {
		engine = "valkey"
	}
	return object.Map{"engine": cmp.Or(in.Stands("engine"), engine), "version": lifecycle.Optional(versionThere(in))}
}

// versionThere is the version that the cache is composed with.
func versionThere(in In) string { return in.NoOlder(in.Want.Version) }
