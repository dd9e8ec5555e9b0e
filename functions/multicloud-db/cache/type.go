// Package cache is the type cache: one that speaks the Redis protocol, on four clouds.
package cache

import (
	"cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// The parts beside the instance.
const (
	partSubnetGroup   = "subnet-group"
	partSecurityGroup = "security-group"
	partResourceGroup = "resource-group"
	partLock          = "lock"

	partIngress        = "ingress-"        // and the network that it lets in
	partParameterGroup = "parameter-group" // and the engine's major version
	partEndpoint       = "endpoint-"       // and what stands for its subnet
)

// A Cache is everything that is decided of one cache. What is true or false is text, "" where
// nobody says.
type Cache struct {
	Eviction         string // in the claim's words, which are Redis's
	HighAvailability string
	Persistence      string
	Version          string // the platform's, which no claim says; "" on Azure
	Clustering       string // of Azure, in its words

	// What the settings say, as far as their cloud has it.
	KMSKeyID, KMSIdentityID        string
	Network                        string
	SubnetGroup, VPCID             string
	SubnetIDs, GroupIDs            []string
	AllowedCIDRs                   []string
	ResourceGroup, ResourceGroupID string
	SubnetID, PrivateDNSZoneID     string

	said section

	ofRegion    string // the key of the region whose settings name the network; "" for those of all
	ofDatabases bool   // the security groups are those of the region's databases
	ofSubnets   string // the setting whose subnets the subnet group is made of, or ""
	lent        lent
}

// In is what a cloud composes a cache of.
type In = lifecycle.In[Cache]

// Held is what is decided of a cache before its credential.
type Held = lifecycle.Held[Cache]

// Type of caches.
var Type = lifecycle.Type[Cache]{
	Name: claim.TypeCache,
	Fields: []lifecycle.Field[Cache]{
		claimed("eviction", "evictionPolicy", lifecycle.Free, func(c *Cache) *string { return &c.Eviction }),
		highAvailability(),
		claimed("persistence", "persistence", lifecycle.Free, func(c *Cache) *string { return &c.Persistence }),
		version(),
		clustering(),

		setting("resourceGroup", lifecycle.Sticky, func(c *Cache) *string { return &c.ResourceGroup }),
		setting("resourceGroupID", lifecycle.Sticky, func(c *Cache) *string { return &c.ResourceGroupID }),
		keyed("kmsKeyID", func(c *Cache) *string { return &c.KMSKeyID }, func(l lent) bool { return l.key }),
		keyed("kmsIdentityID", func(c *Cache) *string { return &c.KMSIdentityID }, func(l lent) bool { return l.identity }),
		networkOf(),
		subnetGroup(),
		regional("subnetID", lifecycle.Follows, func(c *Cache) *string { return &c.SubnetID }),
		regional("privateDNSZoneID", lifecycle.Follows, func(c *Cache) *string { return &c.PrivateDNSZoneID }),
	},
	Tells: []string{"region", "standby"},
	Parts: []string{
		credential.Part, partSubnetGroup, partSecurityGroup, partResourceGroup, partLock,
		partIngress, partParameterGroup + "-", partEndpoint,
	},
	Before: map[string][]string{
		lifecycle.Instance: {credential.Part, partSubnetGroup, partSecurityGroup, partResourceGroup, partParameterGroup + "-"},
		partIngress:        {partSecurityGroup},
		partEndpoint:       {lifecycle.Instance},
	},
	Connection: []lifecycle.Key{
		{Name: "host", Required: true},
		{Name: "port", Required: true},
		{Name: "username", Required: true},
		{Name: "password", Required: true},
		{Name: "database", Required: true},
		{Name: "tls", Required: true},
		{Name: "uri", Required: true},
		{Name: "ca.crt"},
	},
	Clouds:     map[string]lifecycle.Cloud[Cache]{cloud.GCP: onGCP, cloud.AWS: onAWS, cloud.Azure: onAzure, cloud.IBM: onIBM},
	Read:       read,
	KeyOf:      func(r settings.Region) string { return cmp.Or(r.Cache.KMSKeyID, r.KMSKeyID) },
	NameOf:     nameOf,
	Longest:    maxUnique,
	Credential: password,
	Status:     status,
}
