package main

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// The names of the composed resources in the desired state, the same on every
// cloud.
const (
	keyInstance      = "instance"
	keyDatabase      = "database"
	keyUser          = "user"
	keyPassword      = "password"
	keyConnection    = "connection"
	keySubnetGroup   = "subnet-group"
	keySecurityGroup = "security-group"
)

// login is the administrator's name, which every cloud takes.
const login = "dbadmin"

// A provider makes the database of one cloud. Every cloud has the same functions
// in a file of its own.
type provider struct {
	// compose makes the managed resources, without sizes and tags.
	compose func(*database) (map[string]*structpb.Struct, error)
	// connection reads where the database is reached, from what is observed.
	connection func(*database) connection
	// missing names the setting that leaves the database without a network.
	missing func(*database) string
	// consumer is the composed resource that is given the password.
	consumer string
}

//nolint:gochecknoglobals // A closed set; Azure and IBM are one row and one file each.
var clouds = map[string]provider{
	cloud.GCP: {compose: composeGCP, connection: connectionGCP, missing: missingGCP, consumer: keyUser},
	cloud.AWS: {compose: composeAWS, connection: connectionAWS, missing: missingAWS, consumer: keyInstance},
}

// A database is a claim together with what the settings, the env's policy and
// the cloud make of it.
type database struct {
	claim    *claim.Claim
	settings settings.Provider
	network  settings.Region
	policy   policy
	asked    bool // settings have been looked for

	name     string // external name of the server
	region   string // the provider's own
	version  string
	password []byte
	observed map[string]*fnv1.Resource
}

func newDatabase(c *claim.Claim, s *settings.Settings, asked bool, observed map[string]*fnv1.Resource) (*database, error) {
	if _, ok := clouds[c.Provider]; !ok {
		return nil, fmt.Errorf("spec.provider: %q has no databases in this version; allowed are %s, %s", c.Provider, cloud.GCP, cloud.AWS)
	}
	if c.ExternalName != "" {
		return nil, fmt.Errorf("spec.externalName: %q cannot be adopted in this version; leave the field out", c.ExternalName)
	}
	d := &database{claim: c, settings: s.Providers[c.Provider], asked: asked, name: c.External(), observed: observed}

	var err error
	if d.region, err = d.resolveRegion(); err != nil {
		return nil, err
	}
	d.network = d.settings.Regions[d.region]
	version := c.Database.Version
	if version == "" {
		version = d.recorded("version") // a later default is no upgrade
	}
	if d.version, err = cloud.Version(c.Provider, c.Database.Engine, version); err != nil {
		return nil, fmt.Errorf("spec.database.version: %w", err)
	}
	if d.policy, err = policyOf(c, s.Policy); err != nil {
		return nil, err
	}
	d.stickPolicy(s.Policy)
	return d, nil
}

func (d *database) resolveRegion() (string, error) {
	asked, path := d.claim.Region, "spec.region"
	if asked == "" {
		asked = d.recorded("region") // another default is no move
	}
	if asked == "" {
		asked, path = d.settings.Region, "settings providers."+d.claim.Provider+".region"
	}
	if asked == "" && !d.asked {
		return "", nil // the settings may say
	}
	if asked == "" {
		return "", fmt.Errorf("spec.region: is missing, and the settings have no providers.%s.region; allowed are %s", d.claim.Provider, strings.Join(cloud.NeutralRegions(), ", "))
	}
	region, err := cloud.Region(d.claim.Provider, asked, d.settings.RegionNames())
	if err != nil && !d.asked {
		return asked, nil //nolint:nilerr // The settings may know the region: Crossplane asks again with them.
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return region, nil
}

// observedObject returns a composed resource as it was observed, or nil.
func (d *database) observedObject(name string) *structpb.Struct {
	return d.observed[name].GetResource()
}

// at returns a fact that the provider wrote about a composed resource, or "".
func (d *database) at(name string, path ...string) string {
	return object.String(d.observedObject(name), append([]string{"status", "atProvider"}, path...)...)
}

// optional makes a value of a body that is left out where it is empty.
func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}
