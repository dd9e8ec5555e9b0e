package settings

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

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
	// BucketNameSalt is what names that are unique worldwide differ by from those of another
	// installation: of buckets, and on Azure of caches and queues.
	BucketNameSalt string
	// StorageUseEntra says of Azure that its ProviderConfig reaches storage by identity
	// rather than by the accounts' keys; nil where nobody says.
	StorageUseEntra *bool
	// ProjectID and ProjectNumber are those of the GCP project that the ProviderConfig
	// reaches, and AccountID is that of the AWS account.
	ProjectID, ProjectNumber, AccountID string
	// SubscriptionID is that of Azure, by which a database is known that no claim here shows.
	SubscriptionID string
	// Regions are the entries by the provider's own names.
	Regions map[string]Region

	mistakes []string // in the keys of regions
}

// Check returns the mistakes of the settings that stop only the claims of one provider.
func (s *Settings) Check(provider string) error {
	if mistakes := s.Providers[provider].mistakes; len(mistakes) > 0 {
		return errors.New(strings.Join(mistakes, "; and "))
	}
	return nil
}

// A Region is the network that a platform has in one region of a cloud. IBM's databases are
// in none: their private endpoints let in AllowedCIDRs, and without any every account's
// private network.
type Region struct {
	Key string // as its author spells the region

	Network string // GCP: overrides the provider's

	// AWS: ready-made ones, or what they are to be made of.
	SubnetGroup      string
	SecurityGroupIDs []string
	SubnetIDs        []string
	VPCID            string
	AllowedCIDRs     []string // IBM has them too

	// Gen2RulesEnforced says of IBM that somebody has seen a database of plan Gen2 refuse
	// who is outside AllowedCIDRs.
	Gen2RulesEnforced bool

	// Azure: by engine, since a subnet is delegated to one of them.
	Subnets map[string]Subnet

	// KMSKeyID encrypts: the CryptoKey's full name on GCP, an ARN on AWS, the id of
	// a Key Vault key on Azure, a CRN on IBM.
	KMSKeyID string
	// KMSIdentityID is the managed identity that may use the key on Azure.
	KMSIdentityID string

	Bucket Bucket
	Cache  Cache
	Queue  Queue

	Cluster Cluster
}

// A Subnet of Azure that is delegated to an engine's servers.
type Subnet struct {
	DelegatedSubnetID string
	PrivateDNSZoneID  string
}

var subscriptionForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

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
	}
	switch name {
	case cloud.GCP:
		p.Network = r.String("network")
		p.PasswordSecret = readPasswordSecret(r)
		p.ProjectID, p.ProjectNumber = readProject(r)
	case cloud.AWS:
		p.AccountID = readAccount(r)
	case cloud.Azure:
		p.ResourceGroup = r.String("resourceGroup")
		p.PasswordSecret = readPasswordSecret(r)
		p.StorageUseEntra = r.Bool("storageUseEntra")
		p.SubscriptionID = r.Match("subscriptionID", subscriptionForm, "the subscription's UUID")
	case cloud.IBM:
		p.ResourceGroupID = r.String("resourceGroupID")
		p.Plan = r.OneOf("plan", PlanClassic, PlanGen2)
	}
	p.Regions, p.mistakes = readRegions(name, r.Object("regions"))
	if odd := oddConfig(p.ProviderConfig, r.Path("providerConfig")); odd != "" {
		p.mistakes = append(p.mistakes, odd)
	}
	r.Done()
	return p
}

// readRegions reads the entries of regions, each under the provider's own name, in
// whatever spelling its key is. A key that no claim could ever find is a mistake of its
// own: it stops the claims of that provider alone.
func readRegions(name string, r *object.Reader) (regions map[string]Region, mistakes []string) {
	regions = map[string]Region{}
	for _, key := range r.Keys() {
		entry := readRegion(name, r.Object(key))
		entry.Key = key
		region, err := cloud.Entry(name, key)
		switch other, twice := regions[region]; {
		case err != nil:
			mistakes = append(mistakes, r.Path(key)+": "+err.Error())
			continue
		case twice:
			mistakes = append(mistakes, fmt.Sprintf("%s: is the region %s, which %s is as well; keep one of the two", r.Path(key), region, other.Key))
		}
		regions[region] = entry
	}
	return regions, mistakes
}

func readRegion(name string, r *object.Reader) Region {
	region := Region{
		KMSKeyID: r.String("kmsKeyID"), Bucket: readBucket(name, r.Object("bucket")), Cache: readCache(name, r.Object("cache")),
		Queue: readQueue(name, r.Object("queue")), Cluster: readCluster(name, r.Object("cluster")),
	}
	switch name {
	case cloud.GCP:
		region.Network = r.String("network")
	case cloud.AWS:
		region.SubnetGroup = r.String("subnetGroup")
		region.SecurityGroupIDs = r.Strings("securityGroupIDs")
		region.SubnetIDs = r.Strings("subnetIDs")
		region.VPCID = r.String("vpcID")
		region.AllowedCIDRs = r.Strings("allowedCIDRs")
		if region.AllowedCIDRs == nil && r.Has("allowedCIDRs") {
			region.AllowedCIDRs = []string{} // a list that lets in nobody
		}
	case cloud.IBM:
		region.AllowedCIDRs = r.Strings("allowedCIDRs")
		enforced := r.Bool("gen2RulesEnforced")
		region.Gen2RulesEnforced = enforced != nil && *enforced
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
