package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// otherSettings are those of a platform that decided otherwise since a resource was made. The
// account is no decision: a queue of SQS is found by a URL that has it.
const otherSettings = `
metadata: {name: platform-prod}
data:
  providers:
    gcp: {bucketNameSalt: other-salt, region: us-east}
    aws: {bucketNameSalt: other-salt, region: us-east, accountID: "123456789012"}
    azure: {bucketNameSalt: other-salt, region: us-east}
    ibm: {bucketNameSalt: other-salt, region: us-east}
`

// identityOf is what a provider finds a resource by.
func identityOf(o *structpb.Struct) map[string]string {
	out := map[string]string{}
	for _, path := range [][]string{
		externalNameAt, body("region"), body("location"), body("identifier"),
		body("varmap", "name"), body("varmap", "bucket_name"), body("varmap", "location"),
	} {
		if v := object.String(o, path...); v != "" {
			out[strings.Join(path, ".")] = v
		}
	}
	return out
}

// TestForgotten holds that a resource whose managed resource somebody deleted is looked for
// under its own name and in its own region until its provider has found it, and not under
// those of today's settings: in the first call, which sees nothing, and in the next, which
// sees what the first composed and no provider has looked at.
func TestForgotten(t *testing.T) {
	t.Parallel()
	lives := map[string]func(*testing.T, string) *live{
		"database": alive,
		"bucket":   func(t *testing.T, provider string) *live { t.Helper(); return aliveBucket(t, provider, settingsBucket) },
		"cache": func(t *testing.T, provider string) *live {
			t.Helper()
			return aliveCache(t, provider, strings.Replace(settingsCache, "azure:\n", "azure:\n      bucketNameSalt: acme\n", 1))
		},
		"queue": func(t *testing.T, provider string) *live {
			t.Helper()
			if provider == "ibm" {
				return aliveQueueIBM(t, settingsQueueIBM)
			}
			return aliveQueue(t, provider, strings.Replace(settingsQueue, "azure: {", "azure: {bucketNameSalt: acme, ", 1))
		},
	}
	for _, provider := range cloud.Providers {
		for typ, begin := range lives {
			t.Run(provider+"/"+typ, func(t *testing.T) {
				t.Parallel()
				l := begin(t, provider)
				if provider == "azure" && typ == "bucket" {
					account := object.String(l.instance(), externalNameAt...)
					object.Set(l.instance(), "https://"+account+".blob.core.windows.net/", "status", "atProvider", "primaryBlobEndpoint")
				}
				object.Set(l.xr(), object.Struct(l.run(t).GetDesired().GetComposite().GetResource(), "status"), "status")
				want := identityOf(l.run(t).GetDesired().GetResources()[keyInstance].GetResource())
				l.spec = strings.Replace(l.spec, "  region: eu-west\n", "", 1)
				delete(object.Struct(l.xr(), "spec").GetFields(), "region")
				l.settle(t, otherSettings)
				for name, r := range l.request.GetObserved().GetResources() {
					if object.String(r.GetResource(), "kind") != "Secret" {
						delete(l.request.GetObserved().GetResources(), name)
					}
				}
				for call := range 3 {
					rsp := run(t, proto.CloneOf(l.request))
					if got := fatal(rsp); got != "" {
						t.Fatalf("call %d: %s", call, got)
					}
					if diff := cmp.Diff(want, identityOf(rsp.GetDesired().GetResources()[keyInstance].GetResource())); diff != "" {
						t.Fatalf("call %d looks for another one: -want, +got:\n%s", call, diff)
					}
					for name, r := range rsp.GetDesired().GetResources() {
						l.request.Observed.Resources[name] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
					}
					status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status")
					object.Set(l.xr(), status, "status")
				}
			})
		}
	}
}

// TestForgottenParts holds that what stands beside a resource stays while its main managed
// resource is gone, whatever the settings have come to say: they may be what it is in.
func TestForgottenParts(t *testing.T) {
	t.Parallel()
	const first = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {subnetIDs: [s-1, s-2], vpcID: vpc-1, allowedCIDRs: [10.0.0.0/16]}}}}}"
	for name, tc := range map[string]struct{ reason, provider, before, after string }{
		"AWS":   {"Subnets and rules of a live database stay when the settings lose their region.", "aws", first, ""},
		"Azure": {"A resource group has the server in it.", "azure", "", "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: shared}}}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := strings.ReplaceAll(specOf(tc.provider, "postgres"), "payments-prod", "payments-staging")
			req := request(t, spec, tc.before, nil)
			rsp := run(t, proto.CloneOf(req))
			for key, r := range rsp.GetDesired().GetResources() {
				req.Observed.Resources[key] = &fnv1.Resource{Resource: made(r.GetResource())}
			}
			object.Set(req.GetObserved().GetResources()[keyInstance].GetResource(), fromYAML(t, atProvider(tc.provider, "17", 128)), "status", "atProvider")
			rsp = run(t, proto.CloneOf(req))
			object.Set(req.GetObserved().GetComposite().GetResource(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
			next := request(t, spec, tc.after, nil)
			next.Observed = req.GetObserved()
			delete(next.GetObserved().GetResources(), keyInstance)
			got := run(t, proto.CloneOf(next))
			if refused := fatal(got); refused != "" {
				t.Fatal(refused)
			}
			for key := range next.GetObserved().GetResources() {
				if got.GetDesired().GetResources()[key] == nil && !strings.HasPrefix(key, keyParameterGroup) {
					t.Errorf("\n%s\n%s is no longer desired", tc.reason, key)
				}
			}
		})
	}
}

// TestCreationFailed holds that a creation which failed proves nothing of a bucket that is
// there later: its tags are compared before anything of it is changed.
func TestCreationFailed(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure"} {
		for name, fail := range map[string]func(*structpb.Struct){
			"Sync": func(o *structpb.Struct) {
				for i, a := range []string{"pending", "failed"} {
					object.Set(o, "2026-11-25T00:00:0"+string(rune('0'+i))+"Z", "metadata", "annotations", "crossplane.io/external-create-"+a)
				}
			},
			"Async": func(o *structpb.Struct) {
				object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", createSucceeded)
				object.Set(o, []any{object.Map{"type": "LastAsyncOperation", "status": "False", "reason": "AsyncCreateFailure"}}, "status", "conditions")
			},
		} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := &live{provider: provider, spec: strings.Replace(specBucket, "gcp", provider, 1)}
				l.request = request(t, xrHead+l.spec, settingsBucket, nil)
				for key, r := range l.run(t).GetDesired().GetResources() {
					l.request.Observed.Resources[key] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
				}
				fail(l.instance())
				rsp := l.run(t)
				policies := strings.Join(list(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "managementPolicies"), ",")
				if strings.Contains(policies, "Update") || strings.Contains(policies, "Delete") {
					t.Errorf("nothing was made, and its provider may do %s", policies)
				}
				object.Set(l.instance(), bucketOf(t, provider, strings.Replace(bucketTags[provider], "project: shop", "project: crm", 1)), "status", "atProvider")
				if got := fatal(l.run(t)); !strings.Contains(got, "was there before this claim") {
					t.Errorf("a bucket of another project is taken over: %q", got)
				}
			})
		}
	}
}

// TestFoundElsewhere holds that a resource which is found in another region than its claim
// asks for is refused before anything is changed: its cloud cannot move it.
func TestFoundElsewhere(t *testing.T) {
	t.Parallel()
	elsewhere := map[string][2]string{
		"gcp": {"EUROPE-WEST1", "EUROPE-WEST4"}, "aws": {"eu-west-1", "us-east-1"}, "azure": {"westeurope", "northeurope"},
	}
	for provider, region := range elsewhere {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := &live{provider: provider, spec: strings.Replace(specBucket, "gcp", provider, 1)}
			l.request = request(t, xrHead+l.spec, settingsBucket, nil)
			for key, r := range l.run(t).GetDesired().GetResources() {
				l.request.Observed.Resources[key] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
			}
			there := strings.Replace(strings.Replace(bucketStatus[provider], "TAGS", bucketTags[provider], 1), region[0], region[1], 1)
			object.Set(l.instance(), fromYAML(t, there), "status", "atProvider")
			if got := fatal(l.run(t)); !strings.HasPrefix(got, "spec.region: ") {
				t.Errorf("want a refusal of spec.region, got %q", got)
			}
		})
	}
}
