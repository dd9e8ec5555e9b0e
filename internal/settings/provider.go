package settings

import (
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Provider is how the platform uses one cloud.
type Provider struct {
	ProviderConfig  string
	Region          string
	Network         string // GCP: self link of the VPC network
	ResourceGroup   string // Azure: of all resources; each has its own without it
	ResourceGroupID string // IBM; the account's default without it
	Plan            string // IBM: standard, or standard-gen2 for sizes that have it
	// PasswordSecret is where passwords are on Crossplane 1.20; nil for nowhere.
	PasswordSecret *PasswordSecret
	// BucketNameSalt is what the names of buckets differ by from those of another
	// installation: they are unique worldwide.
	BucketNameSalt string
	// StorageUseEntra says of Azure that its ProviderConfig reaches storage by identity
	// rather than by the accounts' keys; nil where nobody says.
	StorageUseEntra *bool
	Regions         map[string]Region
}

// A Region is the network that a platform has in one region of a cloud. IBM's databases are
// in none: their private endpoints let in AllowedCIDRs, and without any every account's
// private network.
type Region struct {
	Network string // GCP: overrides the provider's

	// AWS: ready-made ones, or what they are to be made of.
	SubnetGroup      string
	SecurityGroupIDs []string
	SubnetIDs        []string
	VPCID            string
	AllowedCIDRs     []string // IBM has them too

	// Azure: by engine, since a subnet is delegated to one of them.
	Subnets map[string]Subnet

	// KMSKeyID encrypts: the CryptoKey's full name on GCP, an ARN on AWS, the id of
	// a Key Vault key on Azure, a CRN on IBM.
	KMSKeyID string
	// KMSIdentityID is the managed identity that may use the key on Azure.
	KMSIdentityID string

	Bucket Bucket
}

// A Subnet of Azure that is delegated to an engine's servers.
type Subnet struct {
	DelegatedSubnetID string
	PrivateDNSZoneID  string
}

// The plans of IBM Cloud Databases.
const (
	PlanClassic = "standard"
	PlanGen2    = "standard-gen2"
)

func readProvider(name string, r *object.Reader) Provider {
	p := Provider{
		ProviderConfig: r.String("providerConfig"),
		Region:         r.String("region"),
		BucketNameSalt: r.Short("bucketNameSalt", maxSalt),
		Regions:        map[string]Region{},
	}
	switch name {
	case cloud.GCP:
		p.Network = r.String("network")
		p.PasswordSecret = readPasswordSecret(r)
	case cloud.Azure:
		p.ResourceGroup = r.String("resourceGroup")
		p.PasswordSecret = readPasswordSecret(r)
		p.StorageUseEntra = r.Bool("storageUseEntra")
	case cloud.IBM:
		p.ResourceGroupID = r.String("resourceGroupID")
		p.Plan = r.OneOf("plan", PlanClassic, PlanGen2)
	}
	regions := r.Object("regions")
	for _, region := range regions.Keys() {
		p.Regions[region] = readRegion(name, regions.Object(region))
	}
	r.Done()
	return p
}

func readRegion(name string, r *object.Reader) Region {
	region := Region{KMSKeyID: r.String("kmsKeyID"), Bucket: readBucket(name, r.Object("bucket"))}
	switch name {
	case cloud.GCP:
		region.Network = r.String("network")
	case cloud.AWS:
		region.SubnetGroup = r.String("subnetGroup")
		region.SecurityGroupIDs = r.Strings("securityGroupIDs")
		region.SubnetIDs = r.Strings("subnetIDs")
		region.VPCID = r.String("vpcID")
		region.AllowedCIDRs = r.Strings("allowedCIDRs")
	case cloud.IBM:
		region.AllowedCIDRs = r.Strings("allowedCIDRs")
	case cloud.Azure:
		region.KMSIdentityID = r.String("kmsIdentityID")
		region.Subnets = map[string]Subnet{}
		for _, engine := range cloud.Engines {
			f := r.Object(engine)
			region.Subnets[engine] = Subnet{
				DelegatedSubnetID: f.String("delegatedSubnetID"),
				PrivateDNSZoneID:  f.String("privateDNSZoneID"),
			}
			f.Done()
		}
	}
	r.Done()
	return region
}

// RegionNames returns the provider's own regions that the settings know.
func (p Provider) RegionNames() []string {
	names := make([]string, 0, len(p.Regions))
	for name := range p.Regions {
		names = append(names, name)
	}
	return names
}
