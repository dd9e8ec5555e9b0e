package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// foundBucket is a claim whose bucket was there under its name, as its provider reports it
// after a first look.
func foundBucket(t *testing.T, provider, tags string) *live {
	t.Helper()
	l := &live{provider: provider, spec: strings.NewReplacer("gcp", provider, "env: staging", "env: dev").Replace(specBucket)}
	l.request = request(t, xrHead+l.spec, settingsBucket, nil)
	first := l.run(t)
	if got := fatal(first); got != "" {
		t.Fatal(got)
	}
	for name, r := range first.GetDesired().GetResources() {
		o := proto.CloneOf(r.GetResource())
		if name == keyInstance {
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
			object.Set(o, bucketOf(t, provider, strings.ReplaceAll(tags, "staging", "dev")), "status", "atProvider")
		}
		l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
	}
	return l
}

// mayDo are the management policies of each part.
func mayDo(rsp *fnv1.RunFunctionResponse, part string) []string {
	return list(rsp.GetDesired().GetResources()[part].GetResource(), "spec", "managementPolicies")
}

// TestBucketUnknown holds that until it is known whose a bucket is, nothing of it is
// changed or deleted, even in dev.
func TestBucketUnknown(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		rsp := run(t, request(t, xrHead+strings.NewReplacer("gcp", provider, "env: staging", "env: dev").Replace(specBucket), settingsBucket, nil))
		for part := range rsp.GetDesired().GetResources() {
			allowed := mayDo(rsp, part)
			if len(allowed) == 0 || slices.Contains(allowed, "Update") || slices.Contains(allowed, "Delete") || slices.Contains(allowed, "*") {
				t.Errorf("%s: the provider may do %v to %s", provider, allowed, part)
			}
			if part != keyInstance && slices.Contains(allowed, "Create") {
				t.Errorf("%s: %s may be made on a bucket that may be somebody's", provider, part)
			}
		}
	}
}

func TestBucketFound(t *testing.T) {
	t.Parallel()
	other := map[string]string{}
	for provider, tags := range bucketTags {
		other[provider] = strings.NewReplacer("project: shop", "project: crm", "project:shop", "project:crm").Replace(tags)
	}
	none := map[string]string{"gcp": "{}", "aws": "{}", "azure": "{}", "ibm": "[]"}
	half := map[string]string{"gcp": "{owner: x}", "aws": "{owner: x}", "azure": "{owner: x}", "ibm": `["owner:x"]`}
	cases := map[string]struct {
		reason string
		tags   map[string]string
		want   string
	}{
		"Own":     {"A claim that is made again takes its bucket on again.", bucketTags, ""},
		"Foreign": {"A bucket of another project is not touched.", other, `has the tag project: "crm", and this claim's has "shop"`},
		"None":    {"A bucket without tags is nobody's here.", none, "has no tags by which it would be this claim's"},
		"Half":    {"A bucket with other tags is somebody else's.", half, "has no tag project, which this claim's has"},
	}
	for _, provider := range cloud.Providers {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := foundBucket(t, provider, tc.tags[provider])
				rsp := l.run(t)
				if tc.want != "" {
					if got := fatal(rsp); !strings.Contains(got, tc.want) || !strings.HasPrefix(got, "metadata.name: ") || len(rsp.GetDesired().GetResources()) > 0 {
						t.Errorf("\n%s\nRunFunction(): want %q, got %q with %d resources", tc.reason, tc.want, got, len(rsp.GetDesired().GetResources()))
					}
					return
				}
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
				}
				allowed := mayDo(rsp, keyInstance)
				if whole := len(allowed) == 0; !whole && (!slices.Contains(allowed, "Update") || !slices.Contains(allowed, "Delete")) {
					t.Errorf("\n%s\nthe provider may only do %v", tc.reason, allowed)
				}
				// From here on it is known, whatever becomes of the tags.
				observeBucket(t, l, rsp.GetDesired().GetResources(), proto.CloneOf)
				object.Set(l.instance(), bucketOf(t, provider, none[provider]), "status", "atProvider")
				l.edit(t, "region: eu-west", "region: eu-west\n  entity: resource:default/renamed")
				if got := fatal(l.run(t)); got != "" {
					t.Errorf("\n%s\nafter an edit of its entity: %s", tc.reason, got)
				}
			})
		}
	}
}

// TestBucketFoundVersioned holds that a bucket which is found with versions keeps them,
// although a new one of its env would have none.
func TestBucketFoundVersioned(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		l := foundBucket(t, provider, bucketTags[provider])
		l.edit(t, "env: dev\n  bucket: {versioning: true, retentionDays: 20}", "env: dev")
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(provider, got)
		}
		if !versioningAt(rsp.GetDesired().GetResources(), provider) {
			t.Errorf("%s: versions are turned off", provider)
		}
	}
}

// TestBucketFoundClosed holds that an account which is found in several zones, closed to
// all but some networks, is neither moved nor opened, although the settings no longer say.
func TestBucketFoundClosed(t *testing.T) {
	t.Parallel()
	l := foundBucket(t, cloud.Azure, bucketTags["azure"])
	there := object.Struct(l.instance(), "status", "atProvider")
	crds.Overlay(
		there,
		fromYAML(
			t,
			`{accountReplicationType: ZRS, sharedAccessKeyEnabled: false,
				networkRules: {defaultAction: Deny, virtualNetworkSubnetIds: [/subnets/old], ipRules: [192.0.2.1]}}`,
		),
	)
	l.settle(t, "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg}}}")
	rsp := l.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	for path, want := range map[string]any{"accountReplicationType": "ZRS", "sharedAccessKeyEnabled": false, "networkRules": map[string]any{
		"defaultAction": "Deny", "bypass": []any{"AzureServices"}, "virtualNetworkSubnetIds": []any{"/subnets/old"}, "ipRules": []any{"192.0.2.1"},
	}} {
		if diff := cmp.Diff(want, bucketAt(rsp.GetDesired().GetResources(), keyInstance, path)); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", path, diff)
		}
	}
}

func TestBucketReady(t *testing.T) {
	t.Parallel()
	l := aliveBucket(t, cloud.AWS, settingsBucket)
	object.Set(l.request.GetObserved().GetResources()[partExpiry].GetResource(), fromYAML(t, "{}"), "status", "atProvider")
	rsp := l.run(t)
	if rsp.GetDesired().GetResources()[partExpiry].GetReady() != fnv1.Ready_READY_FALSE {
		t.Error("a lifecycle that S3 does not show counts as ready")
	}
	if c := rsp.GetConditions()[1]; c.GetReason() != "Creating" || !strings.HasPrefix(c.GetMessage(), partExpiry) {
		t.Errorf("Provisioned does not say what is awaited: %v", c)
	}
}

func TestBucketConnection(t *testing.T) {
	t.Parallel()
	want := map[string]map[string]string{
		"gcp":   {"account": "acme", "endpoint": "https://storage.googleapis.com", "region": "europe-west1", "uri": "gs://BUCKET"},
		"aws":   {"endpoint": "https://s3.eu-west-1.amazonaws.com", "region": "eu-west-1", "uri": "s3://BUCKET"},
		"azure": {"endpoint": "https://x.blob.core.windows.net/", "region": "westeurope", "uri": "https://x.blob.core.windows.net/BUCKET"},
		"ibm":   {"bucket": "x", "account": "crn:v1:i", "endpoint": "https://s3.direct.eu-es.example", "region": "eu-es", "uri": "s3://BUCKET"},
	}
	for _, provider := range cloud.Providers {
		rsp := aliveBucket(t, provider, settingsBucket).run(t)
		got := map[string]string{}
		for key, v := range rsp.GetDesired().GetComposite().GetConnectionDetails() {
			got[key] = string(v)
		}
		name := got["bucket"]
		if provider != cloud.IBM {
			if !strings.HasPrefix(name, provider+"-shop-staging-cloudsql-main-") {
				t.Errorf("%s: the bucket is %q", provider, name)
			}
			want[provider]["bucket"] = name
		}
		want[provider]["uri"] = strings.Replace(want[provider]["uri"], "BUCKET", name, 1)
		if provider == cloud.Azure {
			want[provider]["account"] = object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), externalNameAt...)
		}
		if diff := cmp.Diff(want[provider], got); diff != "" {
			t.Errorf("%s: connection: -want, +got:\n%s", provider, diff)
		}
		resource := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "resource")
		if shown := object.String(resource, "name"); shown != name && provider != cloud.IBM {
			t.Errorf("%s: status.resource.name is %q, and the bucket %q", provider, shown, name)
		}
		if diff := cmp.Diff(want[provider]["endpoint"], object.String(resource, "endpoint")); diff != "" {
			t.Errorf("%s: status.resource.endpoint: -want, +got:\n%s", provider, diff)
		}
		for name, r := range rsp.GetDesired().GetResources() {
			if r.GetReady() != fnv1.Ready_READY_TRUE {
				t.Errorf("%s: %s is not ready", provider, name)
			}
		}
	}
}
