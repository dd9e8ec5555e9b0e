// Package bucket is the type bucket: object storage on four clouds.
package bucket

import (
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// The parts beside the instance, which is the bucket itself, and on Azure the account
// that it is in.
const (
	partPublicAccess = "public-access"
	partOwnership    = "ownership"
	partEncryption   = "encryption"
	partVersioning   = "versioning"
	partExpiry       = "lifecycle"
	partPolicy       = "policy"

	partResourceGroup = "resource-group"
	partContainer     = "container"
	partLock          = "lock"
)

// abortDays is after how many days an upload that nobody finished is discarded. It costs
// money, and no listing shows it.
const abortDays = 7

// A Bucket is everything that is decided of one bucket.
type Bucket struct {
	Versioning string // true or false
	Expires    bool   // a rule of this claim's deletes old versions
	Days       string // of old versions, as the claim says; the policy decides

	// What the settings say, as far as their cloud has it.
	KMSKeyID, KMSIdentityID        string
	ResourceGroup, ResourceGroupID string
	Replication                    string
	SubnetIDs, IPRules             []string
	ByIdentity                     bool // and never by an account's key

	// Who reaches an account of Azure.
	Closed    bool             // networks that are not named do not
	Unreached bool             // no network does: its public access is off
	Rules     *structpb.Struct // of a live one, as they are

	Endpoint string
}

// In is what a cloud composes a bucket of.
type In = lifecycle.In[Bucket]

// Held is what is decided of a bucket before its credential.
type Held = lifecycle.Held[Bucket]

// Type of buckets.
var Type = lifecycle.Type[Bucket]{
	Name: claim.TypeBucket,
	Fields: []lifecycle.Field[Bucket]{
		claimed("versioning", "versioning", lifecycle.TurnsOn, func(b *Bucket) *string { return &b.Versioning }),
		claimed("retention", "retentionDays", lifecycle.Free, func(b *Bucket) *string { return &b.Days }),

		setting("resourceGroup", "resourceGroup", lifecycle.Sticky, func(b *Bucket) *string { return &b.ResourceGroup }),
		setting("resourceGroupID", "resourceGroupID", lifecycle.Sticky, func(b *Bucket) *string { return &b.ResourceGroupID }),
		regional("kmsKeyID", func(b *Bucket) *string { return &b.KMSKeyID }),
		regional("kmsIdentityID", func(b *Bucket) *string { return &b.KMSIdentityID }),
		setting("replication", "policy.highAvailability", lifecycle.Once, func(b *Bucket) *string { return &b.Replication }),
	},
	Tells: []string{"region", "versioning"},
	Parts: []string{
		partPublicAccess, partOwnership, partEncryption, partVersioning, partExpiry, partPolicy,
		partResourceGroup, partContainer, partLock,
	},
	Inside: []string{partPublicAccess, partOwnership, partEncryption, partVersioning, partExpiry, partPolicy, partContainer},
	Before: map[string][]string{lifecycle.Instance: {partResourceGroup}},
	Whole:  true,
	Connection: []lifecycle.Key{
		{Name: "bucket", Required: true},
		{Name: "account"},
		{Name: "endpoint", Required: true},
		{Name: "region", Required: true},
		{Name: "uri", Required: true},
	},
	Clouds: map[string]lifecycle.Cloud[Bucket]{cloud.GCP: onGCP, cloud.AWS: onAWS, cloud.Azure: onAzure, cloud.IBM: onIBM},
	Read:   read,
	KeyOf:  func(r settings.Region) string { return r.Bucket.KMSKeyID },
	NameOf: nameOf,

	Longest: maxName,
	LastName: func(l lifecycle.Live) string {
		if l.Claim.Provider != cloud.Azure {
			return "" // the main part shows it
		}
		return lastName(l)
	},
}

func claimed(name, field string, rule lifecycle.Rule, of func(*Bucket) *string) lifecycle.Field[Bucket] {
	return lifecycle.Field[Bucket]{Row: lifecycle.Row{Name: name, Path: "spec.bucket." + field, Rule: rule}, Of: of}
}

func setting(name, path string, rule lifecycle.Rule, of func(*Bucket) *string) lifecycle.Field[Bucket] {
	return lifecycle.Field[Bucket]{Row: lifecycle.Row{Name: name, Path: path, Rule: rule}, Of: of}
}

// regional is a setting of buckets in one region, which a bucket may be given later as
// far as its cloud can.
func regional(name string, of func(*Bucket) *string) lifecycle.Field[Bucket] {
	f := setting(name, "bucket."+name, lifecycle.Follows, of)
	f.Regional = true
	return f
}

// A section is what the claim says of its bucket; all of it has defaults.
type section struct {
	versioning *bool
	days       int
}

// offered are the days for which old versions can be kept, on every cloud.
var offered = cloud.Range{Min: 1, Max: 365}

// sectionOf reads spec.bucket.
func sectionOf(call lifecycle.Call) (section, error) {
	r := call.Claim.Section()
	s := section{versioning: r.Bool("versioning"), days: r.Int("retentionDays", offered.Min, offered.Max)}
	r.Done()
	return s, r.Err()
}

// read decides what the claim asks for.
func read(call lifecycle.Call, l lifecycle.Live, p lifecycle.Place) (Bucket, lifecycle.Policy, error) {
	said, err := sectionOf(call)
	if err != nil {
		return Bucket{}, lifecycle.Policy{}, err
	}
	policy, err := lifecycle.PolicyOf(call, lifecycle.Asks{
		Noun: claim.TypeBucket, Days: said.days, DaysPath: "spec.bucket.retentionDays", Offered: offered, What: "old versions", For: "buckets",
	})
	if err != nil {
		return Bucket{}, lifecycle.Policy{}, err
	}
	// A bucket with something in it is deleted by one word of its claim, in every env: no
	// cloud asks back, and there is no last backup.
	policy.Protected = !call.Claim.AllowDelete

	s := call.Provider()
	region := p.OfRegion.Bucket
	b := Bucket{
		Versioning: versioningOf(l, said.versioning),
		KMSKeyID:   region.KMSKeyID, KMSIdentityID: region.KMSIdentityID,
		ResourceGroup: s.ResourceGroup, ResourceGroupID: s.ResourceGroupID,
		SubnetIDs: region.SubnetIDs, IPRules: region.IPRules,
		Closed:     len(region.SubnetIDs)+len(region.IPRules) > 0,
		ByIdentity: s.StorageUseEntra != nil && *s.StorageUseEntra,
		Endpoint:   region.Endpoint,
	}
	b.Expires = b.Versioning == "true" && !l.Adopted()
	if said.days > 0 {
		b.Days = strconv.Itoa(said.days)
	}
	if call.Claim.Provider == cloud.Azure {
		b.Replication = replicationOf(policy, p.Region)
	}
	return b, policy, nil
}

// versioningOf a bucket: as the claim says; else on where it was asked for, and of one that
// was there before, as it is; else by env. Versions that are on for another reason stay on
// by the rule TurnsOn, and are not recorded as asked for.
func versioningOf(l lifecycle.Live, said *bool) string {
	is := l.Is("versioning")
	switch {
	case said != nil:
		return strconv.FormatBool(*said)
	case l.Last("versioning") == "true":
		return "true"
	case l.Adopted() && is != "":
		return is
	}
	return strconv.FormatBool(lifecycle.IsKept(l.Claim.Env) || l.Claim.Env == "staging")
}

// isVersioned reports whether the bucket keeps what is overwritten or deleted.
func isVersioned(in In) bool { return in.Want.Versioning == "true" }
