package provider

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	pubsub     = "pubsub.gcp.upbound.io/v1beta2"
	sqs        = "sqs.aws.m.upbound.io/v1beta1"
	servicebus = "servicebus.azure.m.upbound.io/v1beta1"
	spaceID    = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.ServiceBus/namespaces/ns"
)

func onPubSub(fields string) try { return try{pubsub, "Subscription", "q", "{topic: q" + fields + "}"} }

func onSQS(name, fields string) try {
	return try{sqs, "Queue", "", "{region: eu-west-1, name: " + name + ", fifoQueue: false" + fields + "}"}
}

func namespace(fields string) try {
	return try{"servicebus.azure.upbound.io/v1beta2", "ServiceBusNamespace", "ns", "{location: westeurope, resourceGroupName: rg, " + fields + "}"}
}

func onServiceBus(fields string) try {
	return try{servicebus, "Queue", "q", "{namespaceId: " + spaceID + fields + "}"}
}

// TestQueueKinds holds what the clouds refuse of queues.
func TestQueueKinds(t *testing.T) {
	t.Parallel()
	topic := func(name string) try { return try{pubsub, "Topic", name, "{}"} }
	redrive := func(count string) string {
		return `, redrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:000000000000:q-dlq","maxReceiveCount":` + count + `}'`
	}
	rule := try{servicebus, "QueueAuthorizationRule", "app", "{queueId: " + spaceID + "/queues/q, listen: true, send: true}"}
	lock := try{"authorization.azure.upbound.io/v1beta1", "ManagementLock", "", "{scope: " + spaceID + ", name: keep, lockLevel: CanNotDelete}"}
	standard := namespace("sku: Standard")
	trials{
		"NoTopic": {"A subscription is to a topic.", nil, nil, onPubSub(""), false, "Topic q does not exist"},
		"Ordering": {
			"A subscription is in order from the start.",
			[]try{topic("q"), onPubSub("")},
			nil, onPubSub(", enableMessageOrdering: true"), false, "enable_message_ordering",
		},
		"Filter":  {"A filter is for good.", []try{topic("q"), onPubSub("")}, nil, onPubSub(`, filter: "a"`), false, `the argument "filter"`},
		"Days":    {"Retention is read back in seconds.", []try{topic("q")}, nil, onPubSub(", messageRetentionDuration: 168h"), false, "whole seconds"},
		"Seconds": {"Retention in seconds is what is read back.", []try{topic("q")}, nil, onPubSub(", messageRetentionDuration: 604800s"), false, ""},
		"Bare": {
			"A bare name of a topic differs for ever.",
			[]try{topic("q"), topic("q-dlq")},
			nil, onPubSub(", deadLetterPolicy: {deadLetterTopic: q-dlq}"), false, "projects/{project}/topics/{name}",
		},
		"ByNumber": {
			"A project's number in a topic's name differs for ever.",
			[]try{topic("q"), topic("q-dlq")},
			nil, onPubSub(", deadLetterPolicy: {deadLetterTopic: projects/123/topics/q-dlq}"), false, "projects/{project}/topics/{name}",
		},
		"NoDeadLetters": {
			"Dead letters go to a topic that is there.",
			[]try{topic("q")},
			nil, onPubSub(", deadLetterPolicy: {deadLetterTopic: projects/acme/topics/q-dlq}"), false, "Resource not found",
		},
		"NoSubscription": {
			"A member is let into a subscription that is there.", nil, nil,
			try{pubsub, "SubscriptionIAMMember", "", "{subscription: q, role: roles/pubsub.subscriber, member: a}"},
			false, "Subscription q does not exist",
		},
		"SQS":      {"Dead letters go to a queue that is there.", []try{onSQS("q-dlq", "")}, nil, onSQS("q", redrive("5")), false, ""},
		"NoTarget": {"SQS knows no dead-letter queue before it is made.", nil, nil, onSQS("q", redrive("5")), false, "Dead letter target does not exist"},
		"Text":     {"A number in quotes is another one.", []try{onSQS("q-dlq", "")}, nil, onSQS("q", redrive(`"5"`)), false, "timeout while waiting"},
		"NoJSON":   {"A policy is JSON.", nil, nil, onSQS("q", ", policy: '{'"), false, "InvalidAttributeValue"},
		"TwoKeys": {
			"SQS encrypts in one way.",
			nil,
			nil, onSQS("q", ", kmsMasterKeyId: k, sqsManagedSseEnabled: true"), false, "one type of server-side encryption",
		},
		"FIFO": {
			"A queue is in order from the start.",
			[]try{onSQS("q", "")},
			nil,
			try{sqs, "Queue", "", "{region: eu-west-1, name: q, fifoQueue: true}"},
			false, "fifo_queue",
		},
		"Namespace":  {"A queue stands in a namespace.", nil, nil, onServiceBus(""), false, "ServiceBusNamespace ns does not exist"},
		"Capacity":   {"A Standard namespace has no units.", nil, nil, namespace("sku: Standard, capacity: 1"), false, "only supports `capacity` of 0"},
		"NoCapacity": {"A Premium namespace has some.", nil, nil, namespace("sku: Premium"), false, "of 1, 2, 4, 8 or 16"},
		"Premium": {
			"A namespace does not become Premium.",
			[]try{standard},
			nil, namespace("sku: Premium, capacity: 1"), false, `the argument "sku" from "Standard" to "Premium"`,
		},
		"Units":  {"Units go in both directions.", []try{namespace("sku: Premium, capacity: 4")}, nil, namespace("sku: Premium, capacity: 1"), false, ""},
		"Minute": {"A lock of a minute is PT1M.", []try{standard}, nil, onServiceBus(", lockDuration: PT60S"), false, "another form"},
		"Week":   {"A week is P7D.", []try{standard}, nil, onServiceBus(", defaultMessageTtl: PT168H"), false, "another form"},
		"Forms":  {"What Azure gives back is taken.", []try{standard}, nil, onServiceBus(", lockDuration: PT1M30S, defaultMessageTtl: P7D"), false, ""},
		"Sessions": {
			"A queue has sessions from the start.",
			[]try{standard, onServiceBus("")},
			nil, onServiceBus(", requiresSession: true"), false, "requires_session",
		},
		"NoQueue": {"A rule is of a queue.", []try{standard}, nil, rule, false, "Queue ns/q does not exist"},
		"Locked":  {"The lock of a namespace keeps its queues.", []try{standard, onServiceBus(""), lock}, nil, onServiceBus(""), true, "ScopeLocked"},
		"LockedRule": {
			"The lock of a namespace keeps the rules of its queues.",
			[]try{standard, onServiceBus(""), rule, lock},
			nil, rule, true, "ScopeLocked",
		},
		"OtherLock": {
			"The lock of a namespace with a longer name is another one.",
			[]try{standard, onServiceBus(""), {lock.apiVersion, lock.kind, "", "{scope: " + spaceID + "2, name: keep, lockLevel: CanNotDelete}"}},
			nil, onServiceBus(""), true, "",
		},
	}.run(t)
}

// TestComputed holds that a text which is left out stays, as it does at SQS.
func TestComputed(t *testing.T) {
	t.Parallel()
	c := newCloud()
	for _, q := range []try{onSQS("q", `, policy: '{"Version":"2012-10-17"}'`), onSQS("q", ", visibilityTimeoutSeconds: 60")} {
		if refusal := q.made(t, c); refusal != "" {
			t.Fatal(refusal)
		}
	}
	if diff := cmp.Diff(`{"Version":"2012-10-17"}`, c.Has("Queue", "q")["policy"]); diff != "" {
		t.Errorf("the policy: -want, +got:\n%s", diff)
	}
}
