package matrix

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// buckets are the settings of a platform that has all that buckets can use.
const buckets = `
providers:
  gcp: {providerConfig: main, bucketNameSalt: acme}
  aws: {providerConfig: main, bucketNameSalt: acme}
  azure:
    providerConfig: main
    bucketNameSalt: acme
    storageUseEntra: true
    resourceGroup: rg
    regions: {westeurope: {bucket: {subnetIDs: [/subnets/apps, /subnets/crossplane]}}}
  ibm: {providerConfig: main, bucketNameSalt: acme, resourceGroupID: 0123456789abcdef0123456789abcdef}
`

// bucketThere is what each provider reports of a bucket that it made.
var bucketThere = map[string]string{
	"gcp":   `{id: x, url: "gs://x", project: acme, location: EUROPE-WEST1}`,
	"aws":   `{id: x, region: eu-west-1}`,
	"azure": `{id: /subscriptions/0/storageAccounts/x, location: westeurope, primaryBlobEndpoint: "https://x.blob.core.windows.net/"}`,
	"ibm":   `{outputs: {crn: "crn:v1:x", bucket_name: x, region_location: eu-es, instance_crn: "crn:v1:i", s3_endpoint_public: s3.eu-es.example}}`,
}

// without are the switches that a cloud does not have: plain HTTP is refused by none of
// Cloud Storage's and IBM's, public objects by none of IBM's, and Azure discards unfinished
// uploads by itself.
var without = map[string]bucketMeaning{"gcp": {tls: true}, "azure": {aborts: true}, "ibm": {tls: true, private: true}}

// TestBucketMeaning holds that the same claim means the same on every cloud, in both
// scopes, and that what is emitted passes the providers' CRDs.
func TestBucketMeaning(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, provider := range providers {
		for _, scope := range scopes {
			for _, env := range []string{"dev", "staging", "prod", "mgmt"} {
				for _, claimed := range []string{"", "  bucket: {versioning: true, retentionDays: 45}\n"} {
					c := cell{provider: provider, engine: "bucket", scope: scope, env: env, extra: claimed}
					t.Run(c.String()+fmt.Sprintf("/%t", claimed != ""), func(t *testing.T) {
						rsp := c.bucketAlive(t)
						for name, r := range rsp.GetDesired().GetResources() {
							if err := checker.Check(named(r, name, c.scope)); err != nil {
								t.Errorf("%s: %v", name, err)
							}
						}
						keep := env == "prod" || env == "mgmt"
						want := bucketMeaning{
							private: true, tls: true, aborts: true, guarded: true,
							versioned: claimed != "" || env != "dev", orphan: keep,
							days: map[string]float64{"staging": 7, "prod": 30, "mgmt": 30}[env],
						}
						if claimed != "" {
							want.days = 45
						}
						none := without[provider]
						want.private, want.tls, want.aborts = want.private && !none.private, want.tls && !none.tls, want.aborts && !none.aborts
						if diff := cmp.Diff(want, c.readBucket(t, rsp.GetDesired().GetResources()), cmp.AllowUnexported(bucketMeaning{})); diff != "" {
							t.Errorf("-want, +got:\n%s", diff)
						}
						keys := []string{"bucket", "endpoint", "region", "uri"}
						if provider != "aws" {
							keys = append([]string{"account"}, keys...)
						}
						slices.Sort(keys)
						if diff := cmp.Diff(keys, c.published(rsp)); diff != "" {
							t.Errorf("keys of the connection secret: -want, +got:\n%s", diff)
						}
						allTrue(t, rsp)
					})
				}
			}
		}
	}
}

// bucketAlive composes a bucket until all of it is there.
func (c cell) bucketAlive(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	observed := map[string]*fnv1.Resource{}
	for range 4 { // made, with what waits for an id, with a Secret, and quiet
		rsp := c.runBucket(t, buckets, observed)
		if got := render.Fatal(rsp); got != "" {
			t.Fatal(got)
		}
		observed = c.observeBucket(t, rsp.GetDesired().GetResources())
	}
	return c.runBucket(t, buckets, observed)
}

// runBucket calls the pipeline for a claim without a profile, which a bucket needs not.
func (c cell) runBucket(t *testing.T, settings string, observed map[string]*fnv1.Resource) *fnv1.RunFunctionResponse {
	t.Helper()
	req := c.request(t, settings, observed)
	spec := object.Struct(req.GetObserved().GetComposite().GetResource(), "spec")
	delete(spec.GetFields(), "database")
	delete(spec.GetFields(), "profile")
	object.Set(spec, "bucket", "type")
	rsp, err := renderer.Pipeline(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

// observeBucket has desired resources be observed as their providers leave them.
func (c cell) observeBucket(t *testing.T, desired map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	t.Helper()
	out := make(map[string]*fnv1.Resource, len(desired))
	for name, r := range desired {
		o := proto.CloneOf(r.GetResource())
		if object.String(o, "kind") != "Secret" {
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}], atProvider: {rule: [{id: x}]}}`), "status")
			object.Set(o, "main-"+name, "metadata", "name")
			object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-succeeded")
		}
		out[name] = &fnv1.Resource{Resource: o}
	}
	object.Set(out["instance"].GetResource(), fromYAML(t, bucketThere[c.provider]), "status", "atProvider")
	return out
}

// TestBucketSettingsNeverMove holds that whatever becomes of the settings, a live bucket
// keeps its name, place and protection, and every part of it; or the result is fatal.
func TestBucketSettingsNeverMove(t *testing.T) {
	variants := []string{
		"", "providers: {}", "policy: {deletionPolicy: Delete, deletionProtection: false}", "policy: {backupRetentionDays: 1}",
		strings.ReplaceAll(buckets, "acme", "other"), strings.ReplaceAll(buckets, "main", "other"), strings.ReplaceAll(buckets, "rg", "other"),
		"providers: {azure: {bucketNameSalt: acme, storageUseEntra: false}}", "providers: {gcp: {regions: {europe-west1: {bucket: {kmsKeyID: new}}}}}",
	}
	for _, provider := range providers {
		for _, scope := range scopes {
			c := cell{provider: provider, engine: "bucket", scope: scope, env: "prod"}
			t.Run(c.String(), func(t *testing.T) {
				live := c.bucketAlive(t).GetDesired().GetResources()
				was := c.readBucket(t, live)
				for _, settings := range variants {
					rsp := c.runBucket(t, settings, c.observeBucket(t, live))
					if render.Fatal(rsp) != "" {
						continue
					}
					desired := rsp.GetDesired().GetResources()
					if diff := cmp.Diff(slices.Sorted(maps.Keys(live)), slices.Sorted(maps.Keys(desired))); diff != "" {
						t.Errorf("parts after settings %q: -before, +after:\n%s", settings, diff)
					}
					is := c.readBucket(t, desired)
					if strings.Contains(settings, "backupRetentionDays") { // which a policy may say
						is.days = was.days
					}
					if strings.Contains(settings, "storageUseEntra: false") { // and so that keys open it
						is.private = was.private
					}
					if diff := cmp.Diff(was, is, cmp.AllowUnexported(bucketMeaning{})); diff != "" {
						t.Errorf("after settings %q: -before, +after:\n%s", settings, diff)
					}
					for _, path := range [][]string{{"metadata", "annotations", "crossplane.io/external-name"}, {"spec", "providerConfigRef", "name"}} {
						before, after := object.String(live["instance"].GetResource(), path...), object.String(desired["instance"].GetResource(), path...)
						if before != after {
							t.Errorf("%s was %q, and is %q after settings %q", path[len(path)-1], before, after, settings)
						}
					}
				}
			})
		}
	}
}
