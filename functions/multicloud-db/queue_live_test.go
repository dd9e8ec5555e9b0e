package multiclouddb

import (
	"maps"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// queueClouds are those whose queue is a managed resource of its own.
var queueClouds = []string{"gcp", "aws", "azure"}

// specQueue is the spec of every live queue here.
const specQueue = `
  provider: gcp
  type: queue
  region: eu-west
  project: shop
  env: staging
  queue: {visibilityTimeoutSeconds: 90, retentionDays: 10, maxDeliveryAttempts: 8}
  writeConnectionSecretToRef: {name: orders}
`

// settingsQueue have all that a platform can say of queues, but for a network.
const settingsQueue = `
metadata: {name: platform-prod}
data:
  providers:
    gcp: {projectID: acme-prod, projectNumber: "123456789012", regions: {europe-west1: {queue: {kmsKeyID: key}}}}
    aws: {accountID: "123456789012", regions: {eu-west-1: {queue: {kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/main"}}}}
    azure: {resourceGroup: rg, regions: {westeurope: {queue: {sku: Standard}}}}
`

// settingsPremium give a queue on Azure a Premium namespace in a network.
const settingsPremium = `
metadata: {name: platform-prod}
data:
  providers:
    azure:
      resourceGroup: rg
      regions: {westeurope: {queue: {sku: Premium, subnetID: /subnets/a, privateDNSZoneID: /zones/a, kmsKeyID: key, kmsIdentityID: /id}}}
`

// sharedID is a namespace of the platform's.
const sharedID = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceBus/namespaces/shared"

// settingsShared have new queues stand in it.
const settingsShared = `
metadata: {name: platform-prod}
data: {providers: {azure: {resourceGroup: rg, regions: {westeurope: {queue: {namespaceID: ` + sharedID + `}}}}}}
`

// connectionText is what Azure writes of a rule.
const connectionText = "Endpoint=sb://orders.servicebus.windows.net/;SharedAccessKeyName=app;SharedAccessKey=top-secret;EntityPath=q"

const (
	keyDeadLetters = "dead-letter-queue"
	keyNamespace   = "namespace"
	keyRule        = "rule"
	keyTopic       = "topic"
)

// queueLeaves is what a provider reports of what it was asked for: all of it, an id, and what
// the cloud makes of it.
func queueLeaves(t *testing.T, name string, o *structpb.Struct) *structpb.Struct {
	t.Helper()
	there := fromYAML(t, "{}")
	maps.Copy(there.GetFields(), object.Struct(o, "spec", "forProvider").GetFields())
	external := object.String(o, externalNameAt...)
	id := "/ids/" + name
	add := map[string]string{}
	switch object.String(o, "kind") + " " + group(o) {
	case "Subscription pubsub.gcp.upbound.io":
		id, add["project"] = "projects/acme-prod/subscriptions/"+external, "acme-prod"
		add["topic"] = "projects/acme-prod/topics/" + object.String(there, "topic")
	case "Topic pubsub.gcp.upbound.io":
		id, add["project"] = "projects/acme-prod/topics/"+external, "acme-prod"
	case "Queue sqs.aws.upbound.io":
		queue := object.String(there, "name")
		add["arn"] = "arn:aws:sqs:eu-west-1:123456789012:" + queue
		id = "https://sqs.eu-west-1.amazonaws.com/123456789012/" + queue
		add["url"] = id
		object.Set(o, id, externalNameAt...)
	case "ServiceBusNamespace servicebus.azure.upbound.io":
		id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceBus/namespaces/" + external
	case "Queue servicebus.azure.upbound.io":
		space := object.String(there, "namespaceId")
		if space == "" {
			space = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceBus/namespaces/" + external
			object.Set(o, space, "spec", "forProvider", "namespaceId") // as a reference is resolved
		}
		id, add["namespaceId"] = space+"/queues/"+external, space
	}
	for key, value := range add {
		there.Fields[key] = structpb.NewStringValue(value)
	}
	there.Fields["id"] = structpb.NewStringValue(id)
	return there
}

// observeQueue has every desired resource be observed as its provider leaves it.
func observeQueue(t *testing.T, l *live, desired map[string]*fnv1.Resource) {
	t.Helper()
	for name, r := range desired {
		o := made(r.GetResource())
		seen := &fnv1.Resource{Resource: o}
		if object.String(o, "kind") != "Secret" {
			object.Set(o, fromYAML(t, `{project: shop, env: staging}`), "metadata", "labels")
			there := queueLeaves(t, name, o)
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
			object.Set(o, there, "status", "atProvider")
		}
		if name == keyRule {
			seen.ConnectionDetails = map[string][]byte{
				"attribute.primary_connection_string": []byte(connectionText),
				"attribute.primary_key":               []byte("top-secret"),
			}
		}
		l.request.Observed.Resources[name] = seen
	}
	for name := range l.request.GetObserved().GetResources() {
		if desired[name] == nil {
			delete(l.request.GetObserved().GetResources(), name)
		}
	}
}

// newQueue is a claim of a queue that nothing is composed of yet.
func newQueue(t *testing.T, provider, settings string, oldNew ...string) *live {
	t.Helper()
	l := &live{provider: provider, spec: strings.NewReplacer(oldNew...).Replace(strings.Replace(specQueue, "gcp", provider, 1))}
	l.request = request(t, xrHead+l.spec, settings, nil)
	return l
}

// next runs a claim once, and has what it desires be there.
func (l *live) next(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp := l.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	observeQueue(t, l, rsp.GetDesired().GetResources())
	if status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"); status != nil {
		object.Set(l.xr(), status, "status")
	}
	return rsp
}

// aliveQueue composes a claim by settings until all that belongs to it is there.
func aliveQueue(t *testing.T, provider, settings string, oldNew ...string) *live {
	t.Helper()
	l := newQueue(t, provider, settings, oldNew...)
	for range 4 {
		l.next(t)
	}
	return l
}

// queueParts are all parts of a live queue with those settings.
var queueParts = map[string][]string{
	"gcp":   {"dead-letter-publisher", "dead-letter-subscriber", "dead-letter-subscription", "dead-letter-topic", keyInstance, keyTopic},
	"aws":   {keyDeadLetters, keyInstance},
	"azure": {keyInstance, keyNamespace, keyRule},
}

// queueSays reads what a queue is asked to be, off each cloud's own fields.
func queueSays(desired map[string]*fnv1.Resource, provider string) (visibility, retention, attempts string) {
	at := func(path ...string) string {
		return lifecycle.Text(object.Get(desired[keyInstance].GetResource(), append([]string{"spec", "forProvider"}, path...)...))
	}
	switch provider {
	case "aws":
		return at("visibilityTimeoutSeconds"), at("messageRetentionSeconds"), at("redrivePolicy")
	case "azure":
		return at("lockDuration"), at("defaultMessageTtl"), at("maxDeliveryCount")
	}
	return at("ackDeadlineSeconds"), at("messageRetentionDuration"), at("deadLetterPolicy", "maxDeliveryAttempts")
}

// placeOfQueue says which queue the managed resources stand for, and what of each would take
// another one, or other dead letters.
func placeOfQueue(desired map[string]*fnv1.Resource) map[string]any {
	out := map[string]any{}
	for name, r := range desired {
		o := r.GetResource()
		if object.String(o, "kind") == "Secret" || name == keyLock {
			continue
		}
		of := placeOf(o)
		for _, path := range [][]string{
			body("topic"), body("subscription"), body("name"), body("fifoQueue"), body("sku"), body("namespaceId"), body("subnetId"),
			body("premiumMessagingPartitions"), body("messageStoragePolicy"), body("deadLetterPolicy", "deadLetterTopic"), body("expirationPolicy"),
		} {
			if v := object.Get(o, path...); v != nil {
				of[strings.Join(path, ".")] = v.AsInterface()
			}
		}
		out[name] = of
	}
	return out
}
