// Package queue is the type queue: one message queue, with its dead letters, on four clouds.
package queue

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// The parts beside the instance, which holds the backlog: the subscription, the queue, and
// on IBM Cloud the server. A part whose name ends in a dash stands for one of each
// principal.
const (
	partTopic = "topic"

	partDeadLetters          = "dead-letter-queue"        // AWS
	partDeadLetterTopic      = "dead-letter-topic"        // GCP, as the next three
	partDeadLetterQueue      = "dead-letter-subscription" // without it the topic keeps nothing
	partDeadLetterPublisher  = "dead-letter-publisher"
	partDeadLetterSubscriber = "dead-letter-subscriber"

	partNamespace = "namespace"
	partRule      = "rule"
	partEndpoint  = "endpoint"

	partSender             = "sender-"
	partReceiver           = "receiver-"
	partDeadLetterReceiver = "dead-letter-receiver-"
)

// A Queue is everything that is decided of one queue. Numbers are text, "" where nobody
// says one.
type Queue struct {
	Visibility string // seconds
	Days       string // of retention
	Attempts   string

	Access string // all of Grants in a line, as the claim says them
	Grants []Grant

	// What the settings say, as far as their cloud has it.
	KMSKeyID, KMSIdentityID           string
	ResourceGroup, ResourceGroupID    string
	NamespaceID, SKU                  string
	SubnetID, PrivateDNSZoneID        string
	ProjectID, ProjectNumber, Account string

	Version      string   // IBM: the platform's, which no claim says
	AllowedCIDRs []string // IBM

	isLent bool // the key and its identity are the region's own
}

// In is what a cloud composes a queue of.
type In = lifecycle.In[Queue]

// Held is what is decided of a queue before its credential.
type Held = lifecycle.Held[Queue]

// Type of queues.
var Type = lifecycle.Type[Queue]{
	Name: claim.TypeQueue,
	Fields: []lifecycle.Field[Queue]{
		claimed("visibility", "visibilityTimeoutSeconds", lifecycle.Free, func(q *Queue) *string { return &q.Visibility }),
		retention(),
		claimed("attempts", "maxDeliveryAttempts", lifecycle.Free, func(q *Queue) *string { return &q.Attempts }),
		claimed("access", "access", lifecycle.Free, func(q *Queue) *string { return &q.Access }),

		setting("projectID", lifecycle.Joins, func(q *Queue) *string { return &q.ProjectID }),
		setting("projectNumber", lifecycle.Joins, func(q *Queue) *string { return &q.ProjectNumber }),
		setting("accountID", lifecycle.Joins, func(q *Queue) *string { return &q.Account }),
		setting("resourceGroup", lifecycle.Sticky, func(q *Queue) *string { return &q.ResourceGroup }),
		setting("resourceGroupID", lifecycle.Sticky, func(q *Queue) *string { return &q.ResourceGroupID }),
		regional("namespaceID", lifecycle.Sticky, func(q *Queue) *string { return &q.NamespaceID }),
		regional("sku", lifecycle.Sticky, func(q *Queue) *string { return &q.SKU }),
		regional("subnetID", lifecycle.Joins, func(q *Queue) *string { return &q.SubnetID }),
		regional("privateDNSZoneID", lifecycle.Joins, func(q *Queue) *string { return &q.PrivateDNSZoneID }),
		version(),
		keyed("kmsKeyID", func(q *Queue) *string { return &q.KMSKeyID }),
		keyed("kmsIdentityID", func(q *Queue) *string { return &q.KMSIdentityID }),
	},
	Tells: []string{"region"},
	Parts: []string{
		partTopic, partDeadLetters, partDeadLetterTopic, partDeadLetterQueue, partDeadLetterPublisher, partDeadLetterSubscriber,
		partNamespace, partRule, partEndpoint, "resource-group", "lock",
		partSender, partReceiver, partDeadLetterReceiver,
	},
	Inside: []string{partRule},
	Before: map[string][]string{
		lifecycle.Instance:       {partDeadLetters, partTopic, partDeadLetterTopic, partNamespace},
		partNamespace:            {"resource-group"},
		partEndpoint:             {partNamespace},
		partDeadLetterQueue:      {partDeadLetterTopic},
		partDeadLetterPublisher:  {partDeadLetterTopic},
		partDeadLetterSubscriber: {lifecycle.Instance},
		partSender:               {partTopic},
		partReceiver:             {lifecycle.Instance},
		partDeadLetterReceiver:   {partDeadLetterQueue},
	},
	Connection: []lifecycle.Key{
		{Name: "type", Required: true},
		{Name: "queue", Required: true},
		{Name: "topic"},
		{Name: "deadLetterQueue"},
		{Name: "url"},
		{Name: "deadLetterURL"},
		{Name: "host", Required: true},
		{Name: "port", Required: true},
		{Name: "project"},
		{Name: "region"},
		{Name: "accountID"},
		{Name: "connectionString"},
		{Name: "username"},
		{Name: "password"},
		{Name: "uri"},
		{Name: "ca.crt"},
	},
	Clouds: map[string]lifecycle.Cloud[Queue]{cloud.GCP: onGCP, cloud.AWS: onAWS, cloud.Azure: onAzure, cloud.IBM: onIBM},
	Read:   read,
	Status: status,
	KeyOf:  func(r settings.Region) string { return r.Queue.KMSKeyID },
	NameOf: nameOf,

	Longest: maxNamespace,
}

func claimed(name, field string, rule lifecycle.Rule, of func(*Queue) *string) lifecycle.Field[Queue] {
	return lifecycle.Field[Queue]{Row: lifecycle.Row{Name: name, Path: "spec.queue." + field, Rule: rule}, Of: of}
}

// retention is the app's on IBM Cloud, in the arguments of the queue that the app declares.
func retention() lifecycle.Field[Queue] {
	f := claimed("retention-days", "retentionDays", lifecycle.GrowsWhereKept, func(q *Queue) *string { return &q.Days })
	f.On = []string{cloud.GCP, cloud.AWS, cloud.Azure}
	return f
}

// version is that of IBM Cloud's server: the other clouds' queues have none.
func version() lifecycle.Field[Queue] {
	return lifecycle.Field[Queue]{
		Row: lifecycle.Row{Name: "version", Path: "the server's version", Rule: lifecycle.Pinned, On: []string{cloud.IBM}},
		Of:  func(q *Queue) *string { return &q.Version },
	}
}

func setting(name string, rule lifecycle.Rule, of func(*Queue) *string) lifecycle.Field[Queue] {
	return lifecycle.Field[Queue]{Row: lifecycle.Row{Name: name, Path: name, Rule: rule}, Of: of}
}

// regional is a setting of queues in one region.
func regional(name string, rule lifecycle.Rule, of func(*Queue) *string) lifecycle.Field[Queue] {
	f := setting(name, rule, of)
	f.Path, f.Regional = "queue."+name, true
	return f
}

// keyed is of the key that encrypts, which may be the region's own: a queue that lives
// already follows no key that is meant for databases.
func keyed(name string, of func(*Queue) *string) lifecycle.Field[Queue] {
	f := regional(name, lifecycle.Follows, of)
	f.PathOf = func(q Queue) string { return q.keyPath(name) }
	f.Lent = func(in Held) bool { return in.Want.isLent && isEncrypted(in) }
	return f
}

// keyPath is the setting that says the key, or its identity.
func (q Queue) keyPath(name string) string {
	if q.isLent {
		return name
	}
	return "queue." + name
}

// isEncrypted reports whether a key of the settings encrypts the queue: none does on Azure
// outside a Premium namespace of the queue's own.
func isEncrypted(in Held) bool { return in.Claim.Provider != cloud.Azure || isPremium(in) }
