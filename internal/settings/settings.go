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

// A Provider is how the platform uses one cloud.
type Provider struct {
	ProviderConfig string
	Region         string
	Network        string // GCP: self link of the VPC network
	Regions        map[string]Region
}

// A Region is the network that a platform has in one region of a cloud.
type Region struct {
	// AWS: ready-made ones, or what they are to be made of.
	SubnetGroup      string
	SecurityGroupIDs []string
	SubnetIDs        []string
	VPCID            string
	AllowedCIDRs     []string
	KMSKeyID         string // ARN on AWS, the CryptoKey's full name on GCP
	Network          string // GCP: overrides the provider's
}

// Policy of an env; nil and "" leave the built-in policy as it is.
type Policy struct {
	DeletionPolicy      string
	DeletionProtection  *bool
	HighAvailability    *bool
	BackupRetentionDays int
}

// A Profile overrides or adds a resource profile. Zero leaves a figure as it is.
type Profile struct {
	VCPU       int
	MemoryGiB  int
	StorageGiB int
}

// Parse reads settings, and refuses what it does not know: a typo in a network's
// name must not leave a database without one.
func Parse(data *structpb.Struct, source string) (*Settings, error) {
	r := object.Read(data, source)
	r.Ignore("apiVersion", "kind") // of the environment in the pipeline's context
	s := &Settings{Providers: map[string]Provider{}, Profiles: map[string]Profile{}, Tags: r.StringMap("tags")}

	providers := r.Object("providers")
	for _, name := range cloud.Providers {
		s.Providers[name] = readProvider(providers.Object(name))
	}
	providers.Done()

	p := r.Object("policy")
	s.Policy = Policy{
		DeletionPolicy:      p.OneOf("deletionPolicy", "Orphan", "Delete"),
		DeletionProtection:  p.Bool("deletionProtection"),
		HighAvailability:    p.Bool("highAvailability"),
		BackupRetentionDays: p.Int("backupRetentionDays", 1, maxRetentionDays),
	}
	p.Done()

	profiles := r.Object("profiles")
	for _, name := range profiles.Keys() {
		f := profiles.Object(name)
		s.Profiles[name] = Profile{
			VCPU:       f.Int("vcpu", 1, maxVCPU),
			MemoryGiB:  f.Int("memoryGiB", 1, maxMemoryGiB),
			StorageGiB: f.Int("storageGiB", minStorageGiB, maxStorageGiB),
		}
		f.Done()
	}
	profiles.Done()

	r.Done()
	if err := r.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// Limits of what settings may say on any cloud.
const (
	maxRetentionDays = 35
	maxVCPU          = 128
	maxMemoryGiB     = 1024
	minStorageGiB    = 20
	maxStorageGiB    = 65536
)

func readProvider(r *object.Reader) Provider {
	p := Provider{
		ProviderConfig: r.String("providerConfig"),
		Region:         r.String("region"),
		Network:        r.String("network"),
		Regions:        map[string]Region{},
	}
	r.Ignore("resourceGroup", "resourceGroupID", "passwordSecret") // Azure's and IBM's
	regions := r.Object("regions")
	for _, name := range regions.Keys() {
		f := regions.Object(name)
		p.Regions[name] = Region{
			SubnetGroup:      f.String("subnetGroup"),
			SecurityGroupIDs: f.Strings("securityGroupIDs"),
			SubnetIDs:        f.Strings("subnetIDs"),
			VPCID:            f.String("vpcID"),
			AllowedCIDRs:     f.Strings("allowedCIDRs"),
			KMSKeyID:         f.String("kmsKeyID"),
			Network:          f.String("network"),
		}
		f.Ignore("postgres", "mysql") // Azure's subnets, one for each engine
		f.Done()
	}
	r.Done()
	return p
}

// RegionNames returns the provider's own regions that the settings know.
func (p Provider) RegionNames() []string {
	names := make([]string, 0, len(p.Regions))
	for name := range p.Regions {
		names = append(names, name)
	}
	return names
}
