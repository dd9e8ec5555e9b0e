package multiclouddb

import (
	"maps"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// specBucket is the spec of every live bucket here.
const specBucket = `
  provider: gcp
  type: bucket
  region: eu-west
  project: shop
  env: staging
  bucket: {versioning: true, retentionDays: 20}
  writeConnectionSecretToRef: {name: files}
`

// settingsBucket have all that a platform can say of buckets.
const settingsBucket = `
metadata: {name: platform-prod}
data:
  providers:
    gcp: {bucketNameSalt: acme, regions: {europe-west1: {bucket: {kmsKeyID: key}}}}
    aws: {bucketNameSalt: acme, regions: {eu-west-1: {bucket: {kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/main"}}}}
    azure:
      bucketNameSalt: acme
      storageUseEntra: true
      resourceGroup: rg
      regions: {westeurope: {bucket: {subnetIDs: [/subnets/apps], ipRules: [203.0.113.7], kmsKeyID: key, kmsIdentityID: /id}}}
    ibm:
      bucketNameSalt: acme
      resourceGroupID: 0123456789abcdef0123456789abcdef
      regions: {eu-es: {bucket: {kmsKeyID: "crn:v1:bluemix:public:kms:eu-es:a/0:1:key:2", endpoint: direct}}}
`

const (
	partExpiry    = "lifecycle"
	partContainer = "container"
)

// bucketStatus is what each provider reports of a bucket in eu-west that has versions,
// with TAGS for what it is tagged with.
var bucketStatus = map[string]string{
	"gcp": `{id: x, url: "gs://x", project: acme, location: EUROPE-WEST1, versioning: {enabled: true}, publicAccessPrevention: enforced, effectiveLabels: TAGS}`,
	"aws": `{id: x, region: eu-west-1, versioning: {enabled: true}, tags: TAGS}`,
	"azure": `{id: /subscriptions/0/storageAccounts/x, location: westeurope, accountKind: StorageV2, accountReplicationType: LRS,
		primaryBlobEndpoint: "https://x.blob.core.windows.net/", blobProperties: {versioningEnabled: true}, tags: TAGS}`,
	"ibm": `{outputs: {crn: "crn:v1:x", bucket_name: x, region_location: eu-es, versioning: true, instance_crn: "crn:v1:i",
		s3_endpoint_public: s3.eu-es.example, s3_endpoint_direct: s3.direct.eu-es.example, tags: TAGS}}`,
}

// bucketTags are this claim's own, as each cloud reports them.
var bucketTags = map[string]string{
	"gcp":   "{backstage-entity: resource_default_gcp-shop-staging-cloudsql-main, project: shop, env: staging, service: cloudsql-main, other: x}",
	"aws":   `{backstage-entity: "resource:default/aws-shop-staging-cloudsql-main", project: shop, env: staging, service: cloudsql-main}`,
	"azure": `{backstage-entity: "resource:default/azure-shop-staging-cloudsql-main", project: shop, env: staging, service: cloudsql-main}`,
	"ibm":   `["backstage-entity:resource:default:ibm-shop-staging-cloudsql-main", "project:shop", "env:staging", "service:cloudsql-main"]`,
}

// bucketOf is the status of a bucket with tags.
func bucketOf(t *testing.T, provider, tags string) *structpb.Struct {
	t.Helper()
	return fromYAML(t, strings.Replace(bucketStatus[provider], "TAGS", tags, 1))
}

// observeBucket has every desired resource be observed as its provider leaves it.
func observeBucket(t *testing.T, l *live, desired map[string]*fnv1.Resource, leave func(*structpb.Struct) *structpb.Struct) {
	t.Helper()
	for name, r := range desired {
		o := leave(r.GetResource())
		if object.String(o, "kind") != "Secret" {
			object.Set(o, fromYAML(t, `{project: shop, env: staging}`), "metadata", "labels")
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
		}
		if name == partExpiry {
			object.Set(o, fromYAML(t, `{rule: [{id: x}]}`), "status", "atProvider")
		}
		l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
	}
	there := bucketStatus[l.provider]
	if !versioningAt(desired, l.provider) {
		there = strings.NewReplacer("versioning: {enabled: true}, ", "", "versioningEnabled: true", "", "versioning: true, ", "").Replace(there)
	}
	account := object.String(l.instance(), externalNameAt...)
	there = strings.NewReplacer("TAGS", bucketTags[l.provider], "storageAccounts/x", "storageAccounts/"+account).Replace(there)
	object.Set(l.instance(), fromYAML(t, there), "status", "atProvider")
}

// aliveBucket composes a claim by settings until all that belongs to it is there. The
// edits are of its spec.
func aliveBucket(t *testing.T, provider, settings string, oldNew ...string) *live {
	t.Helper()
	l := &live{provider: provider, spec: strings.NewReplacer(oldNew...).Replace(strings.Replace(specBucket, "gcp", provider, 1))}
	l.request = request(t, xrHead+l.spec, settings, nil)
	for range 2 {
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		observeBucket(t, l, rsp.GetDesired().GetResources(), made)
		object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	}
	return l
}

// settle gives a claim other settings.
func (l *live) settle(t *testing.T, settings string) {
	t.Helper()
	l.request.RequiredResources = request(t, xrHead+l.spec, settings, nil).GetRequiredResources()
}

// bodies are what each desired resource asks for, by name.
func bodies(rsp *fnv1.RunFunctionResponse) map[string]any {
	out := map[string]any{}
	for name, r := range rsp.GetDesired().GetResources() {
		out[name] = object.Struct(r.GetResource(), "spec", "forProvider").AsMap()
	}
	return out
}

// bucketAt reads a field of what the instance asks for, on IBM off the module's variables.
func bucketAt(desired map[string]*fnv1.Resource, part string, path ...string) any {
	return object.Get(desired[part].GetResource(), append([]string{"spec", "forProvider"}, path...)...).AsInterface()
}

var bucketParts = map[string][]string{
	"gcp":   {keyInstance},
	"aws":   {"encryption", keyInstance, partExpiry, "ownership", "policy", "public-access", "versioning"},
	"azure": {partContainer, keyInstance, partExpiry, keyLock},
	"ibm":   {keyInstance},
}

// withoutBucket takes a cloud's settings of buckets away.
var withoutBucket = maps.Collect(func(yield func(string, string) bool) {
	for provider := range bucketStatus {
		if !yield(provider, "metadata: {name: platform-prod}\ndata: {providers: {"+provider+": {}}}") {
			return
		}
	}
})

// versioningAt is where each cloud is told to keep versions.
func versioningAt(desired map[string]*fnv1.Resource, provider string) bool {
	switch provider {
	case cloud.AWS:
		return bucketAt(desired, "versioning", "versioningConfiguration", "status") == "Enabled"
	case cloud.Azure:
		return bucketAt(desired, keyInstance, "blobProperties", "versioningEnabled") == true
	case cloud.IBM:
		return bucketAt(desired, keyInstance, "varmap", "versioning") == true
	}
	return bucketAt(desired, keyInstance, "versioning", "enabled") == true
}
