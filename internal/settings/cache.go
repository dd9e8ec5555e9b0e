package settings

import (
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Cache is what a platform has for caches in one region of a cloud, beside the network of
// the region: what is of databases only, such as a subnet that is delegated to an engine,
// takes no cache.
type Cache struct {
	// KMSKeyID encrypts, in place of the region's: see Region.
	KMSKeyID string
	// KMSIdentityID is the managed identity that may use that key on Azure.
	KMSIdentityID string

	// AWS: a subnet group of ElastiCache, since one of RDS takes no cache, and what is given
	// in place of the region's own.
	SubnetGroup      string
	SecurityGroupIDs []string
	SubnetIDs        []string
	VPCID            string

	// Azure: where the private endpoint is, and the zone of its name.
	SubnetID         string
	PrivateDNSZoneID string
}

func readCache(provider string, r *object.Reader) Cache {
	c := Cache{KMSKeyID: r.String("kmsKeyID")}
	switch provider {
	case cloud.AWS:
		c.SubnetGroup = r.String("subnetGroup")
		c.SecurityGroupIDs = r.Strings("securityGroupIDs")
		c.SubnetIDs = r.Strings("subnetIDs")
		c.VPCID = r.String("vpcID")
	case cloud.Azure:
		c.KMSIdentityID = r.String("kmsIdentityID")
		c.SubnetID = r.String("subnetID")
		c.PrivateDNSZoneID = r.String("privateDNSZoneID")
	}
	r.Done()
	return c
}
