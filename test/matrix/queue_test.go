package matrix

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// queues are the settings of a platform that has all that queues can use.
const queues = `
providers:
  gcp: {providerConfig: main, projectID: acme-prod, projectNumber: "123456789012", regions: {europe-west1: {queue: {kmsKeyID: key}}}}
  aws: {providerConfig: main, accountID: "123456789012", regions: {eu-west-1: {queue: {kmsKeyID: key}}}}
  azure:
    providerConfig: main
    resourceGroup: rg
    regions: {westeurope: {queue: {sku: Premium, subnetID: /s, privateDNSZoneID: /z, kmsKeyID: key, kmsIdentityID: /i}}}
  ibm: {providerConfig: main, regions: {eu-es: {allowedCIDRs: [10.0.0.0/16], queue: {kmsKeyID: "crn:v1:kms:key:main"}}}}
`

// plainQueues are settings without a key and without a network.
const plainQueues = `
providers:
  gcp: {providerConfig: main, projectNumber: "123456789012"}
  aws: {providerConfig: main}
  azure: {providerConfig: main}
policy: {requireNetwork: false}
`

// queueClouds are those whose queue is no Workspace.
var queueClouds = []string{"gcp", "aws", "azure"}

// apps are identities of an app, as each cloud names them.
var apps = map[string]string{
	"gcp": "serviceAccount:app@acme-prod.iam.gserviceaccount.com", "aws": "arn:aws:iam::123456789012:role/app",
	"azure": "11111111-2222-3333-4444-555555555555",
}

// TestQueueMeaning holds that the same claim means the same on every cloud, in both scopes
// and every env, and that what is emitted passes the providers' CRDs.
func TestQueueMeaning(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, provider := range queueClouds {
		for _, scope := range scopes {
			for _, env := range []string{"dev", "staging", "prod", "mgmt"} {
				for _, says := range []string{"", "visibilityTimeoutSeconds: 90, retentionDays: 12, maxDeliveryAttempts: 20"} {
					for _, settings := range []string{queues, plainQueues} {
						extra := ""
						want := queueMeaning{
							visibility: 60, days: 7, attempts: 5, deadDays: 14, kept: true, stays: true, orphan: env == "prod" || env == "mgmt",
						}
						if says != "" {
							want.visibility, want.days, want.attempts = 90, 12, 20
							extra = "  queue: {" + says + "}\n"
						}
						if settings == queues {
							want.key, want.sends, want.receives = "key", true, true
							app := "access: [{principal: '" + apps[provider] + "', role: send}, {principal: '" + apps[provider] + "', role: receive}]"
							extra = "  queue: {" + strings.TrimPrefix(says+", "+app, ", ") + "}\n"
						}
						c := cell{provider: provider, engine: "queue", scope: scope, env: env, extra: extra}
						t.Run(c.String(), func(t *testing.T) {
							rsp := c.queueAlive(t, settings)
							for name, r := range rsp.GetDesired().GetResources() {
								if err := checker.Check(named(r, name, c.scope)); err != nil {
									t.Errorf("%s: %v", name, err)
								}
							}
							if diff := cmp.Diff(want, c.readQueue(t, rsp.GetDesired().GetResources()), cmp.AllowUnexported(queueMeaning{})); diff != "" {
								t.Errorf("-want, +got:\n%s", diff)
							}
							published := c.published(rsp)
							for _, key := range []string{"type", "queue", "deadLetterQueue", "host", "port"} {
								if !slices.Contains(published, key) {
									t.Errorf("the connection secret has no %s: %v", key, published)
								}
							}
							if secret := slices.Contains(published, "password"); secret != (provider == "azure") {
								t.Errorf("the connection secret has a key: %t: %v", secret, published)
							}
							allTrue(t, rsp)
						})
					}
				}
			}
		}
	}
}

// queueAlive composes a queue until all of it is there.
func (c cell) queueAlive(t *testing.T, settings string) *fnv1.RunFunctionResponse {
	t.Helper()
	observed := map[string]*fnv1.Resource{}
	for range 5 { // made, with what waits for ids, with dead letters, with a Secret, and quiet
		rsp := c.runQueue(t, settings, observed)
		if got := render.Fatal(rsp); got != "" {
			t.Fatal(got)
		}
		observed = c.observeQueue(t, rsp.GetDesired().GetResources())
	}
	return c.runQueue(t, settings, observed)
}

// runQueue calls the pipeline for a claim without a profile, which a queue needs not.
func (c cell) runQueue(t *testing.T, settings string, observed map[string]*fnv1.Resource) *fnv1.RunFunctionResponse {
	t.Helper()
	req := c.request(t, settings, observed)
	spec := object.Struct(req.GetObserved().GetComposite().GetResource(), "spec")
	delete(spec.GetFields(), "database")
	delete(spec.GetFields(), "profile")
	object.Set(spec, "queue", "type")
	rsp, err := renderer.Pipeline(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

// observeQueue has desired resources be observed as their providers leave them: with all
// that was asked for, and what their cloud makes of it.
func (c cell) observeQueue(t *testing.T, desired map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	t.Helper()
	out := make(map[string]*fnv1.Resource, len(desired))
	for name, r := range desired {
		o := proto.CloneOf(r.GetResource())
		out[name] = &fnv1.Resource{Resource: o}
		if object.String(o, "kind") == "Secret" {
			continue
		}
		there := &structpb.Struct{Fields: maps.Clone(object.Struct(o, "spec", "forProvider").GetFields())}
		called := object.String(o, "metadata", "annotations", "crossplane.io/external-name")
		object.Set(there, "/ids/"+name, "id")
		switch kind := object.String(o, "kind"); {
		case c.provider == "gcp":
			object.Set(there, "acme-prod", "project")
			if kind == "Topic" {
				object.Set(there, "projects/acme-prod/topics/"+called, "id")
			}
		case c.provider == "aws":
			queue := object.String(there, "name")
			object.Set(there, "arn:aws:sqs:eu-west-1:123456789012:"+queue, "arn")
			object.Set(there, "https://sqs.eu-west-1.amazonaws.com/123456789012/"+queue, "url")
			object.Set(o, object.String(there, "url"), "metadata", "annotations", "crossplane.io/external-name")
		case name == "rule":
			out[name].ConnectionDetails = map[string][]byte{
				"attribute.primary_connection_string": []byte("Endpoint=sb://main.servicebus.windows.net/;EntityPath=q"), "attribute.primary_key": []byte("k"),
			}
		}
		object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
		object.Set(o, there, "status", "atProvider")
		object.Set(o, "main-"+name, "metadata", "name")
		object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-succeeded")
	}
	return out
}
