package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// redriveAt is where each cloud is told where dead letters go; on Azure they are built in.
var redriveAt = map[string][]string{"gcp": body("deadLetterPolicy", "deadLetterTopic"), "aws": body("redrivePolicy")}

// TestQueueDeadLettersFirst holds on each call of a new claim that nothing is sent to dead
// letters before they are kept, and that nobody learns of the queue before what fails is.
func TestQueueDeadLettersFirst(t *testing.T) {
	t.Parallel()
	for _, settings := range []string{settingsQueue, "metadata: {name: p}\ndata: {}"} {
		for _, provider := range []string{"gcp", "aws"} {
			l := newQueue(t, provider, settings)
			published := 0
			for call := range 6 {
				kept := deadLettersOf(l) != ""
				rsp := l.next(t)
				desired := rsp.GetDesired().GetResources()
				redrives := object.String(desired[keyInstance].GetResource(), redriveAt[provider]...) != ""
				if redrives && !kept {
					t.Errorf("%s, call %d: messages go to dead letters that nobody keeps", provider, call)
				}
				if desired["dead-letter-publisher"] != nil && !kept {
					t.Errorf("%s, call %d: Pub/Sub may forward before dead letters are kept", provider, call)
				}
				if len(rsp.GetDesired().GetComposite().GetConnectionDetails()) > 0 {
					published++
					if !redrives {
						t.Errorf("%s, call %d: the queue is published before what fails is kept", provider, call)
					}
				}
			}
			if published == 0 {
				t.Errorf("%s: the queue is never published: %v", provider, l.run(t).GetConditions())
			}
		}
	}
}

// deadLettersOf is the part that keeps a claim's dead letters, once it is there.
func deadLettersOf(l *live) string {
	for _, part := range []string{keyDeadLetters, "dead-letter-subscription"} {
		if l.request.GetObserved().GetResources()[part] != nil {
			return part
		}
	}
	return ""
}

// TestQueueDeadLettersStay holds that what fails goes to the dead letters for as long as the
// queue lives, whatever its providers report for once.
func TestQueueDeadLettersStay(t *testing.T) {
	t.Parallel()
	for provider, path := range redriveAt {
		for _, gone := range []string{"", "metadata: {name: p}\ndata: {}"} {
			for _, part := range queueParts[provider] {
				l := aliveQueue(t, provider, settingsQueue)
				was := object.String(l.run(t).GetDesired().GetResources()[keyInstance].GetResource(), path...)
				delete(l.request.GetObserved().GetResources()[part].GetResource().GetFields(), "status")
				if gone != "" {
					l.settle(t, gone)
				}
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				if diff := cmp.Diff(was, object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), path...)); diff != "" || was == "" {
					t.Errorf("%s without the status of %s, settings gone: %t: -before, +after:\n%s", provider, part, gone != "", diff)
				}
				for _, want := range queueParts[provider] {
					if rsp.GetDesired().GetResources()[want] == nil {
						t.Errorf("%s without the status of %s, settings gone: %t: %s is no longer desired", provider, part, gone != "", want)
					}
				}
			}
		}
	}
}

// TestQueueConnection holds the keys of the connection Secret, and that each cloud's own
// credentials are in it and nobody else's.
func TestQueueConnection(t *testing.T) {
	t.Parallel()
	const nobody, name = "metadata: {name: p}\ndata: {}", "NAME"
	cases := map[string]struct {
		reason, provider, settings string
		want                       map[string]string
	}{
		"GCP": {"An app of Pub/Sub needs names, and an identity of its own.", "gcp", settingsQueue, map[string]string{
			"type": "gcp-pubsub", "queue": name, "topic": name, "deadLetterQueue": name + "-dlq", "project": "acme-prod",
			"host": "pubsub.googleapis.com", "port": "443",
		}},
		"AWS": {"An app of SQS needs URLs, and an identity of its own.", "aws", settingsQueue, map[string]string{
			"type": "aws-sqs", "queue": name, "deadLetterQueue": name + "-dlq", "region": "eu-west-1", "accountID": "123456789012",
			"url":           "https://sqs.eu-west-1.amazonaws.com/123456789012/" + name,
			"deadLetterURL": "https://sqs.eu-west-1.amazonaws.com/123456789012/" + name + "-dlq",
			"host":          "sqs.eu-west-1.amazonaws.com", "port": "443",
		}},
		"Azure": {"An app of Service Bus gets the key of its queue.", "azure", nobody, map[string]string{
			"type": "azure-servicebus", "queue": name, "deadLetterQueue": name + "/$DeadLetterQueue", "host": "orders.servicebus.windows.net",
			"port": "5671", "username": "app", "password": "top-secret",
			"connectionString": connectionText,
		}},
	}
	for provider, tc := range cases {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := aliveQueue(t, tc.provider, tc.settings)
			rsp := l.run(t)
			external := object.String(l.instance(), "metadata", "annotations", requested+"external-name")
			got := map[string]string{}
			for key, value := range rsp.GetDesired().GetComposite().GetConnectionDetails() {
				got[key] = strings.ReplaceAll(string(value), external, name)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			for _, c := range rsp.GetConditions() {
				if strings.Contains(c.GetMessage(), "top-secret") {
					t.Errorf("\n%s\nthe condition %s shows a key: %s", tc.reason, c.GetType(), c.GetMessage())
				}
				if c.GetStatus() != fnv1.Status_STATUS_CONDITION_TRUE {
					t.Errorf("\n%s\nthe condition %s is %s: %s", tc.reason, c.GetType(), c.GetReason(), c.GetMessage())
				}
			}
		})
	}
}

// TestQueueNeverEmitted holds that no queue of a claim is asked for what deletes it, what
// another cloud has not, or what its provider compares for ever.
func TestQueueNeverEmitted(t *testing.T) {
	t.Parallel()
	never := []string{
		"autoDeleteOnIdle", "forwardTo", "partitioningEnabled", "status", "maxMessageSizeInKilobytes", "requiresSession", "project",
		"enableMessageOrdering", "enableExactlyOnceDelivery", "pushConfig", "contentBasedDeduplication",
	}
	unfilled := []string{
		"Topic", "Subscription", "ServiceBusNamespace", "Queue", "QueueAuthorizationRule", "PrivateEndpoint", "ResourceGroup", "ManagementLock",
		"RoleAssignment", // by an id of ours
	}
	for name, settings := range map[string]string{"gcp": settingsQueue, "aws": settingsQueue, "azure": settingsQueue, "azure/Premium": settingsPremium} {
		provider, _, _ := strings.Cut(name, "/")
		l := aliveQueue(t, provider, settings, "  queue: {", "  queue: {"+accessOf[provider]+", ")
		for name, r := range l.run(t).GetDesired().GetResources() {
			o := r.GetResource()
			for _, field := range never {
				if object.Get(o, body(field)...) != nil {
					t.Errorf("%s: %s asks for %s", provider, name, field)
				}
			}
			kind := object.String(o, "kind")
			fills := strings.HasPrefix(group(o), "sqs.") || strings.HasSuffix(kind, "IAMMember")
			policies := list(o, "spec", "managementPolicies")
			if lates := len(policies) == 0 || slices.Contains(policies, "LateInitialize"); lates != fills {
				t.Errorf("%s: %s (%s) is filled in: %t, want %t", provider, name, kind, lates, fills)
			}
			if !fills && !slices.Contains(unfilled, kind) {
				t.Errorf("%s: %s is of the kind %s, of which nobody says whether it is filled in", provider, name, kind)
			}
		}
	}
}
