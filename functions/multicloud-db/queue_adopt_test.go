package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// oldQueues are what claims call an existing queue of each cloud.
var oldQueues = map[string]string{
	"gcp": "old", "aws": "https://sqs.eu-west-1.amazonaws.com/123456789012/old", "azure": "space/old",
}

// queueThere is what each provider reports of a queue that was there before, with fields that
// no claim asks for.
var queueThere = map[string]string{
	"gcp": `{id: x, topic: projects/acme-prod/topics/events, project: acme-prod, ackDeadlineSeconds: 30, messageRetentionDuration: 259200s,
		filter: attributes.kind, enableMessageOrdering: true, expirationPolicy: {ttl: 2678400s}, retryPolicy: {minimumBackoff: 5s},
		deadLetterPolicy: {deadLetterTopic: projects/acme-prod/topics/dead, maxDeliveryAttempts: 7}, effectiveLabels: TAGS}`,
	"aws": `{id: x, region: eu-west-1, name: old, arn: "arn:aws:sqs:eu-west-1:123456789012:old", visibilityTimeoutSeconds: 30, messageRetentionSeconds: 300000,
		url: "https://sqs.eu-west-1.amazonaws.com/123456789012/old", policy: '{"theirs":1}', delaySeconds: 5, sqsManagedSseEnabled: true,
		redrivePolicy: '{"maxReceiveCount":"7","deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead"}', tags: TAGS}`,
	"azure": `{id: /space/queues/old, namespaceId: /space, lockDuration: PT30S, defaultMessageTtl: P3D, maxDeliveryCount: 7, maxSizeInMegabytes: 1024,
		partitioningEnabled: true, status: Active, forwardDeadLetteredMessagesTo: dead}`,
}

// adoptedQueue is a claim for an existing queue, with what is observed of it.
func adoptedQueue(t *testing.T, provider, spec, there string) *fnv1.RunFunctionRequest {
	t.Helper()
	spec = strings.NewReplacer("gcp", provider, "  region:", "  externalName: \""+oldQueues[provider]+"\"\n  region:").Replace(spec)
	req := request(t, xrHead+spec, settingsQueue, nil)
	const tags = "{project: shop, env: staging, service: cloudsql-main, other: x}"
	for range 2 {
		rsp := run(t, req)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		for name, r := range rsp.GetDesired().GetResources() {
			o := r.GetResource()
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
			status := strings.Replace(there, "TAGS", tags, 1)
			if name == keyNamespace {
				status = "{id: /space, location: westeurope, sku: Standard, tags: " + tags + "}"
			}
			object.Set(o, fromYAML(t, status), "status", "atProvider")
			req.Observed.Resources[name] = &fnv1.Resource{Resource: o}
		}
	}
	return req
}

// specSilent says nothing of a queue.
var specSilent = strings.Replace(specQueue, "  queue: {visibilityTimeoutSeconds: 90, retentionDays: 10, maxDeliveryAttempts: 8}\n", "", 1)

func TestQueueAdopt(t *testing.T) {
	t.Parallel()
	const adopt = "  adopt: Manage\n"
	managed := map[string][]string{"gcp": {keyInstance}, "aws": {keyInstance}, "azure": {keyInstance, keyNamespace}}
	type says struct{ visibility, retention, attempts string }
	found := map[string]says{
		"gcp": {"30", "259200s", "7"}, "azure": {"PT30S", "P3D", "7"},
		"aws": {"30", "300000", `{"maxReceiveCount":"7","deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead"}`},
	}
	asked := map[string]says{
		"gcp": {"90", "864000s", "8"}, "azure": {"PT1M30S", "P10D", "8"},
		"aws": {"90", "864000", `{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":8}`},
	}
	cases := map[string]struct {
		reason, spec, reasonGot, says string
		want                          map[string]says // nil where it is not managed
	}{
		"Looks":   {"What is there is looked at.", specSilent, "Observed", "is what the claim says", nil},
		"Manages": {"A claim that does not say takes a queue as it is.", specSilent + adopt, "Adopted", "was there before its claim", found},
		"Asks":    {"A claim that says what can change has it so.", specQueue + adopt, "Adopted", "was there before its claim", asked},
		"Less": {
			"No queue loses messages by being taken over.", strings.Replace(specQueue, "retentionDays: 10", "retentionDays: 2", 1),
			"Observed", "it cannot be taken over: spec.queue.retentionDays: ", nil,
		},
	}
	for _, provider := range queueClouds {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				rsp := run(t, adoptedQueue(t, provider, tc.spec, queueThere[provider]))
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\n%s", tc.reason, got)
				}
				composed := rsp.GetConditions()[0]
				if composed.GetReason() != tc.reasonGot || !strings.Contains(composed.GetMessage(), tc.says) {
					t.Errorf("\n%s\nComposed is %s: %s", tc.reason, composed.GetReason(), composed.GetMessage())
				}
				desired := rsp.GetDesired().GetResources()
				if diff := cmp.Diff(managed[provider], slices.Sorted(maps.Keys(desired))); diff != "" {
					t.Errorf("\n%s\nparts: -want, +got:\n%s", tc.reason, diff)
				}
				policies := list(desired[keyInstance].GetResource(), "spec", "managementPolicies")
				if looks := slices.Equal(policies, []string{"Observe"}); looks != (tc.want == nil) {
					t.Errorf("\n%s\nit is only looked at: %t", tc.reason, looks)
				}
				if slices.Contains(policies, "Delete") {
					t.Errorf("\n%s\nits deletion would be the claim's: %v", tc.reason, policies)
				}
				if tc.want == nil {
					return
				}
				got := says{}
				got.visibility, got.retention, got.attempts = queueSays(desired, provider)
				if diff := cmp.Diff(tc.want[provider], got, cmp.AllowUnexported(says{})); diff != "" {
					t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestQueueTakenOverAsItIs holds that what no claim says of a queue stays as it was found.
func TestQueueTakenOverAsItIs(t *testing.T) {
	t.Parallel()
	stays := map[string]map[string]any{
		"gcp": {
			"topic": "projects/acme-prod/topics/events", "filter": "attributes.kind", "enableMessageOrdering": true,
			"expirationPolicy": map[string]any{"ttl": "2678400s"}, "retryPolicy": map[string]any{"minimumBackoff": "5s"},
		},
		"aws":   {"policy": `{"theirs":1}`, "delaySeconds": 5.0, "sqsManagedSseEnabled": true, "name": "old"},
		"azure": {"namespaceId": "/space", "maxSizeInMegabytes": 1024.0, "partitioningEnabled": true, "status": "Active", "forwardDeadLetteredMessagesTo": "dead"},
	}
	for provider, want := range stays {
		rsp := run(t, adoptedQueue(t, provider, specSilent+"  adopt: Manage\n", queueThere[provider]))
		asked := object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider").AsMap()
		for field, value := range want {
			if diff := cmp.Diff(value, asked[field]); diff != "" {
				t.Errorf("%s: %s would be reset: -there, +composed:\n%s", provider, field, diff)
			}
		}
		for key := range rsp.GetDesired().GetComposite().GetConnectionDetails() {
			if key == "password" || key == "connectionString" {
				t.Errorf("%s: %s of somebody else's queue is published", provider, key)
			}
		}
	}
}

// TestQueueUnfit holds which queues are never taken over, and which names find none.
func TestQueueUnfit(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, provider, old, new, want string }{
		"Push":     {"A push subscription delivers its messages itself.", "gcp", "filter:", "pushConfig: {pushEndpoint: https://a}, filter:", "has a pushConfig"},
		"BigQuery": {"Nobody pulls from a table.", "gcp", "filter:", "bigqueryConfig: {table: t}, filter:", "has a bigqueryConfig"},
		"Storage":  {"Nobody pulls from a bucket.", "gcp", "filter:", "cloudStorageConfig: {bucket: b}, filter:", "has a cloudStorageConfig"},
		"FIFO":     {"A FIFO queue has an order.", "aws", "name: old", "name: old, fifoQueue: true", "is a FIFO queue"},
		"Sessions": {"Consumers do not compete where there are sessions.", "azure", "status: Active", "requiresSession: true", "requires sessions"},
		"Forwards": {"A queue that forwards keeps nothing.", "azure", "status: Active", "forwardTo: other", "forwards its messages"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, adoptedQueue(t, tc.provider, specSilent+"  adopt: Manage\n", strings.Replace(queueThere[tc.provider], tc.old, tc.new, 1)))
			composed := rsp.GetConditions()[0]
			if composed.GetReason() != "Differs" || !strings.Contains(composed.GetMessage(), tc.want) {
				t.Errorf("\n%s\nComposed is %s: %s", tc.reason, composed.GetReason(), composed.GetMessage())
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if policies := list(o, "spec", "managementPolicies"); !slices.Equal(policies, []string{"Observe"}) {
				t.Errorf("\n%s\nit is more than looked at: %v", tc.reason, policies)
			}
		})
	}
	names := map[string]struct{ reason, provider, name, settings, want string }{
		"Full": {
			"A full name is none that the provider looks for.", "gcp", "projects/a/subscriptions/old", settingsQueue,
			"; allowed on gcp is the name of a subscription, such as old",
		},
		"NameNoAccount": {"A name alone is in no account.", "aws", "old", "metadata: {name: p}", "accountID is not set: give the URL"},
		"Region": {
			"A queue of another region is another queue.", "aws", strings.Replace(oldQueues["aws"], "eu-west-1", "us-east-1", 1), settingsQueue,
			"is in the region us-east-1",
		},
		"Account": {
			"A queue of another account is not reached.", "aws", strings.Replace(oldQueues["aws"], "123", "321", 1), settingsQueue,
			"is in the account 321456789012",
		},
		"Half":    {"A queue of Azure is in a namespace.", "azure", "old", settingsQueue, "; allowed on azure is {namespace}/{queue}"},
		"NoGroup": {"A namespace of Azure is in a resource group.", "azure", "space/old", "metadata: {name: p}", "resourceGroup: is missing"},
	}
	for name, tc := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := strings.NewReplacer("gcp", tc.provider, "  region:", "  externalName: \""+tc.name+"\"\n  region:").Replace(specSilent)
			if got := fatal(run(t, request(t, xrHead+spec, tc.settings, nil))); !strings.Contains(got, tc.want) {
				t.Errorf("\n%s\nRunFunction(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
	spec := strings.NewReplacer("  region:", "  externalName: old\n  region:", "queue: {", "queue: {"+accessOf["gcp"]+", ").Replace(specQueue)
	if got := fatal(run(t, request(t, xrHead+spec, settingsQueue, nil))); !strings.HasPrefix(got, "spec.queue.access: is for a queue that its claim makes") {
		t.Errorf("a claim lets identities into somebody else's queue: %q", got)
	}
}
