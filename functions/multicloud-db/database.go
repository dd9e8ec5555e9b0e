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
	keyResourceGroup = "resource-group"
	keyLock          = "lock"

	keyIngress        = "ingress-"        // and the network that it lets in
	keyParameterGroup = "parameter-group" // and the engine's major version
)

// mbPerGiB is how Azure and IBM count disks.
const mbPerGiB = 1024

// login is the administrator's name, which every cloud takes but IBM, where it is
// always admin.
const login = "dbadmin"

// A provider makes the database of one cloud. Every cloud has the same functions
// in a file of its own.
type provider struct {
	// compose makes the managed resources, without sizes and tags.
	compose func(*database) (map[string]*structpb.Struct, error)
	// connection reads where the database is reached, from what is observed.
	connection func(*database) connection
	// keep puts into the settings what a live database stays at.
	keep func(*database) error
	// version is the major version that is observed, or "".
	version func(*database) string
	// remark says, with a condition's reason, what the platform should know of the
	// database: above all which setting leaves it without a network, and who reaches
	// it then.
	remark func(*database) (reason, message string)
	// protected says whether the cloud refuses to delete the live database.
	protected func(*database) bool
	// facts are what an existing database is.
	facts func(*database) facts
	// observe makes the instance that only looks at an existing database.
	observe func(*database) (*structpb.Struct, error)
	// placed says whether it is known where in its region the instance is, before which
	// its provider is not to change it; it is nil where that does no harm.
	placed func(*database) bool
	// unfilled says that the provider fills in nothing that is left out of the instance:
	// what it fills in once it goes by for good, such as the names of replicas that
	// somebody adds and removes, or a standby that the claim has just given up.
	unfilled bool
	// behind says what the database is not, although it was asked for and its provider
	// reports no error; it is nil where providers try again.
	behind func(*database) string
	// consumer is given the password; it is empty where the provider makes one.
	consumer consumer
}

//nolint:gochecknoglobals // A closed set.
var clouds = map[string]provider{
	cloud.GCP:   {compose: composeGCP, connection: connectionGCP, keep: keepGCP, version: versionGCP, remark: remarkGCP, protected: protectedGCP, facts: factsGCP, observe: observeGCP, unfilled: true, consumer: consumerGCP},
	cloud.AWS:   {compose: composeAWS, connection: connectionAWS, keep: keepAWS, version: versionAWS, remark: remarkAWS, protected: protectedAWS, facts: factsAWS, observe: observeAWS, consumer: consumerAWS},
	cloud.Azure: {compose: composeAzure, connection: connectionAzure, keep: keepAzure, version: versionAzure, remark: remarkAzure, protected: protectedAzure, facts: factsAzure, observe: observeAzure, unfilled: true, placed: placedAzure, consumer: consumerAzure},
	cloud.IBM:   {compose: composeIBM, connection: connectionIBM, keep: keepIBM, version: versionIBM, remark: remarkIBM, protected: protectedIBM, facts: factsIBM, observe: observeIBM, behind: behindIBM},
}

// A database is a claim together with what the settings, the env's policy and
// the cloud make of it.
type database struct {
	claim    *claim.Claim
	cloud    provider
	settings settings.Provider
	network  settings.Region
	policy   policy
	asked    bool // settings have been looked for

	name       string // external name of the server
	region     string // the provider's own
	version    string
	password   []byte
	borrowed   bool                        // the password's Secret is not ours
	managing   bool                        // an adopted database was taken over
	kept       []string                    // settings that no longer say what a live database stays at
	existing   map[string]*structpb.Struct // Secrets that are there under names of ours, by key
	unanswered bool                        // whether there is one of the password is not known yet
	xr         *fnv1.Resource              // as it was observed
	observed   map[string]*fnv1.Resource
}

func newDatabase(c *claim.Claim, s *settings.Settings, asked bool, observed *fnv1.State) *database {
	d := &database{claim: c, cloud: clouds[c.Provider], settings: s.Providers[c.Provider], asked: asked, name: c.External(), xr: observed.GetComposite(), observed: observed.GetResources()}
	if was := d.recorded("external-name"); was != "" && !d.adopted() {
		d.name = was
	}
	return d
}

// resolve looks up what the claim names: its region, version and policy.
func (d *database) resolve(s settings.Policy) (err error) {
	if d.claim.Type != claim.TypeDatabase {
		return fmt.Errorf("spec.type: %q is not allowed; allowed are %s", d.claim.Type, claim.TypeDatabase)
	}
	if d.region, err = d.resolveRegion(); err != nil {
		return err
	}
	d.network = d.settings.Regions[d.region]
	if d.version, err = d.resolveVersion(); err != nil {
		return err
	}
	if d.policy, err = policyOf(d.claim, s); err != nil {
		return err
	}
	if err := d.adoption(); err != nil {
		return err
	}
	d.keepPolicy(s)
	return nil
}

// resolveVersion is the version asked for. One that was asked for before is taken as
// it is: that a cloud no longer offers it to new databases is no fault of a live one.
// Nor is it of one that is to be adopted.
func (d *database) resolveVersion() (string, error) {
	asked, was := d.claim.Database.Version, d.recorded("version")
	if there := d.cloud.version(d); asked == "" && d.found() && there != "" {
		return there, nil // a later default is no upgrade of one that was there
	}
	if was != "" && (asked == "" || asked == was) {
		return was, nil // a later default is no upgrade
	}
	if was == "" && asked != "" && d.adopted() {
		return asked, nil
	}
	if asked == "" && d.ran() != "" {
		return d.ran(), nil
	}
	version, err := cloud.Version(d.claim.Provider, d.claim.Database.Engine, asked)
	if err != nil {
		return "", fmt.Errorf("spec.database.version: %w", err)
	}
	return version, nil
}

func (d *database) resolveRegion() (string, error) {
	asked, path := d.claim.Region, "spec.region"
	if was := d.recorded("region"); was != "" && (asked == "" || asked == was) {
		return was, nil // another default is no move, and settings that knew it may be gone
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

// at returns a fact that the provider wrote about the instance, or "".
func (d *database) at(path ...string) string {
	return object.String(d.observedObject(keyInstance), append([]string{"status", "atProvider"}, path...)...)
}

// atNumber returns a number that the provider wrote about the instance, or 0.
func (d *database) atNumber(path ...string) int {
	n, _ := object.Number(d.observedObject(keyInstance), append([]string{"status", "atProvider"}, path...)...)
	return int(n)
}

// optional makes a value of a body that is left out where it is empty.
func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// engineVersion is what the instance is given: the version asked for, or a newer
// one that the cloud has moved it to.
func (d *database) engineVersion() string {
	if there := d.cloud.version(d); there != "" && notOlder(d.version, there) {
		return there
	}
	return d.version
}

// asThere is a version in the cloud's own words: those it uses itself, such as
// 8.0.21 of a claim's 8.0, as long as they say the same.
func (d *database) asThere(version, there string) string {
	if d.cloud.version(d) == d.engineVersion() {
		return there
	}
	return version
}
