package queue

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds, as the CRDs of provider-gcp name them. An IAM member has an id that its provider
// makes, so that it is to be filled in.
var (
	kindSubscription  = managed.Kind{Group: "pubsub.gcp", Version: "v1beta2", Kind: "Subscription", Unfilled: true}
	kindTopic         = managed.Kind{Group: "pubsub.gcp", Version: "v1beta2", Kind: "Topic", Unfilled: true}
	kindTopicIAM      = managed.Kind{Group: "pubsub.gcp", Version: "v1beta2", Kind: "TopicIAMMember"}
	kindSubscriberIAM = managed.Kind{Group: "pubsub.gcp", Version: "v1beta2", Kind: "SubscriptionIAMMember"}
)

// The roles of Pub/Sub by which an identity publishes, and consumes.
const (
	publisher  = "roles/pubsub.publisher"
	subscriber = "roles/pubsub.subscriber"
)

// agents is where Pub/Sub's own identity of each project is.
const agents = "gcp-sa-pubsub.iam.gserviceaccount.com"

var onGCP = lifecycle.Cloud[Queue]{
	Mains: []lifecycle.Main{mainGCP},
	Kinds: []managed.Kind{kindTopic, kindTopicIAM, kindSubscriberIAM},
	With:  []string{partTopic, partDeadLetterTopic, partDeadLetterQueue},
	Named: map[string]func(string) string{
		lifecycle.Instance: itself, partTopic: itself, partDeadLetterTopic: deadLetterName, partDeadLetterQueue: deadLetterName,
	},
	Settles:  settle,
	Compose:  composeGCP,
	Connect:  connectGCP,
	Look:     lookGCP,
	Remark:   remarkGCP,
	Unfit:    unfitGCP,
	Unproven: unfitFound(unfitGCP),
	Outside:  outsideGCP,
	Accesses: accesses,
}

// Fields of the topics stand at them: a subscription has neither a region nor a key.
var mainGCP = lifecycle.Main{
	Kind: kindSubscription,
	// The labels are those alone that somebody asked for.
	Tags: [][]string{{"effectiveLabels"}, {"labels"}},
	Told: []string{"topic"},
	Fields: map[string]lifecycle.At{
		"region":         {Part: partTopic, Asked: []string{"messageStoragePolicy", "allowedPersistenceRegions"}},
		"visibility":     {Is: []string{"ackDeadlineSeconds"}},
		"retention-days": {Is: []string{"messageRetentionDuration"}, Word: daysOfSeconds},
		"attempts":       {Is: []string{"deadLetterPolicy", "maxDeliveryAttempts"}},
		"projectID":      {Asked: []string{"deadLetterPolicy", "deadLetterTopic"}, Is: []string{"project"}, Word: projectOf},
		"projectNumber":  {Part: partDeadLetterPublisher, Asked: []string{"member"}, Word: numberOf, Recorded: true, Lost: numberLost},
		"kmsKeyID":       {Part: partTopic, Apart: true, Is: []string{"kmsKeyName"}, Asked: []string{"kmsKeyName"}, Recorded: true, Lost: keyLost},
	},
	AsFound: []string{
		"bigqueryConfig", "cloudStorageConfig", "enableExactlyOnceDelivery", "enableMessageOrdering", "expirationPolicy", "filter",
		"messageTransforms", "pushConfig", "retainAckedMessages", "retryPolicy", "topic",
	},
	TagsAt: "labels",
	Resets: []string{"deadLetterPolicy.deadLetterTopic"},
}

// itself is the name of what is called as the queue is.
func itself(name string) string { return name }

// deadLetterName is the name of what keeps the dead letters.
func deadLetterName(name string) string { return name + "-dlq" }

// composeGCP composes the topic that is published to and the subscription that is the queue,
// and the same for dead letters: a topic without a subscription keeps nothing. What may fail
// as long as something is missing waits for it.
func composeGCP(in In) (lifecycle.Parts, error) {
	parts := lifecycle.Parts{lifecycle.Instance: {
		Kind: kindSubscription, Name: in.Name, Body: subscriptionGCP(in), Shows: shows(in, "deadLetterPolicy", "deadLetterTopic"),
	}}
	if in.Adopted() {
		return parts, nil // the topic is others', who may have more subscriptions to it
	}
	if err := sameAccount(in, "projectID", in.Provider().ProjectID, in.At("project")); err != nil {
		return nil, err
	}
	topic := func(part string) object.Map {
		return object.Map{
			"kmsKeyName": lifecycle.Optional(keyOf(in, part, "kmsKeyName")),
			// Pub/Sub is global: unset, the messages are stored near whoever publishes.
			"messageStoragePolicy": object.Map{"allowedPersistenceRegions": []string{in.Region}},
		}
	}
	dead := deadLetterName(in.Name)
	parts[partTopic] = lifecycle.Part{Kind: kindTopic, Name: in.Name, Body: topic(partTopic)}
	parts[partDeadLetterTopic] = lifecycle.Part{Kind: kindTopic, Name: dead, Body: topic(partDeadLetterTopic)}
	parts[partDeadLetterQueue] = lifecycle.Part{Kind: kindSubscription, Name: dead, Body: pull(dead, in.Want.Visibility, deadLetterDays)}
	if number := in.Want.ProjectNumber; number != "" && lifecycle.IsThere(in.Object(partDeadLetterQueue)) {
		// Pub/Sub forwards by an identity of its own, which without these rights forwards
		// nothing and says nothing. Before dead letters are kept it gets no right.
		agent := "serviceAccount:service-" + number + "@" + agents
		parts[partDeadLetterPublisher] = lifecycle.Part{Kind: kindTopicIAM, Body: object.Map{"topic": dead, "role": publisher, "member": agent}}
		parts[partDeadLetterSubscriber] = lifecycle.Part{Kind: kindSubscriberIAM, Body: object.Map{
			"subscription": in.Name, "role": subscriber, "member": agent,
		}}
	}
	grantGCP(in, parts)
	return parts, nil
}

// pull is a subscription that consumers pull from. Without an expirationPolicy Pub/Sub
// deletes it, with its messages, after 31 days without a consumer.
func pull(topic, visibility string, days int) object.Map {
	return object.Map{
		"topic":                    topic,
		"ackDeadlineSeconds":       number(visibility),
		"messageRetentionDuration": fmt.Sprintf("%ds", days*secondsPerDay), // as Pub/Sub reports it
		"expirationPolicy":         object.Map{"ttl": ""},
		"retryPolicy":              object.Map{"minimumBackoff": "10s", "maximumBackoff": "600s"},
	}
}

func subscriptionGCP(in In) object.Map {
	if in.Adopted() {
		body := object.Map{"ackDeadlineSeconds": asFound(in, in.Want.Visibility, "ackDeadlineSeconds")}
		body["messageRetentionDuration"] = lifecycle.Optional(in.Kept("messageRetentionDuration"))
		if in.Want.Days != "" {
			body["messageRetentionDuration"] = fmt.Sprintf("%ds", days(in)*secondsPerDay)
		}
		if topic := in.Kept("deadLetterPolicy", "deadLetterTopic"); topic != "" {
			body["deadLetterPolicy"] = object.Map{
				"deadLetterTopic": topic, "maxDeliveryAttempts": asFound(in, in.Want.Attempts, "deadLetterPolicy", "maxDeliveryAttempts"),
			}
		}
		return body
	}
	body := pull(in.Name, in.Want.Visibility, days(in))
	if topic := deadLetterTopic(in); topic != "" {
		body["deadLetterPolicy"] = object.Map{"deadLetterTopic": topic, "maxDeliveryAttempts": number(in.Want.Attempts)}
	}
	return body
}

// deadLetterTopic is the topic's full name, or "" until dead letters are kept. A name with
// the number of a project in it, or without any, would differ for ever from what Pub/Sub
// reports.
func deadLetterTopic(in In) string {
	asked := object.String(object.Struct(in.Main(), "spec", "forProvider"), "deadLetterPolicy", "deadLetterTopic")
	if !lifecycle.IsThere(in.Object(partDeadLetterTopic)) || !lifecycle.IsThere(in.Object(partDeadLetterQueue)) {
		return asked
	}
	named := ""
	if in.Want.ProjectID != "" {
		named = "projects/" + in.Want.ProjectID + "/topics/" + deadLetterName(in.Name)
	}
	return cmp.Or(named, object.String(in.Object(partDeadLetterTopic), "status", "atProvider", "id"), asked)
}

func lookGCP(in Held) (lifecycle.Part, error) {
	if strings.Contains(in.Name, "/") {
		return lifecycle.Part{}, fmt.Errorf("spec.externalName: %q is not allowed; allowed on gcp is the name of a subscription, such as %s", in.Name,
			in.Name[strings.LastIndex(in.Name, "/")+1:])
	}
	return lifecycle.Part{Kind: kindSubscription, Name: in.Name, Looks: true, Body: object.Map{}}, nil
}

// unfitGCP refuses a subscription that nobody pulls from.
func unfitGCP(l lifecycle.Live) string {
	there := object.Struct(l.Main(), "status", "atProvider")
	for _, other := range []struct{ config, says string }{
		{"pushConfig", "pushEndpoint"}, {"bigqueryConfig", "table"}, {"cloudStorageConfig", "bucket"},
	} {
		if object.String(object.One(object.Get(there, other.config)), other.says) != "" {
			return "has a " + other.config + ", so that Pub/Sub delivers its messages elsewhere; only what consumers pull from is a queue"
		}
	}
	return ""
}

// connectGCP publishes the names once dead letters are kept.
func connectGCP(in In) lifecycle.Connection {
	topic, project := in.At("topic"), in.At("project")
	switch {
	case topic == "" || project == "":
		return lifecycle.Connection{}
	case !in.Adopted() && !isGuardedGCP(in):
		return lifecycle.Connection{Host: hostGCP, Port: portHTTPS}
	}
	details := map[string]string{"type": "gcp-pubsub", "queue": in.Name, "topic": shortTopic(topic, project), "project": project}
	if !in.Adopted() {
		details["deadLetterQueue"] = deadLetterName(in.Name)
	}
	return connection(hostGCP, portHTTPS, details)
}

// hostGCP serves the queues of all regions.
const hostGCP = "pubsub.googleapis.com"

// isGuardedGCP reports whether what fails often enough goes to the dead letters. Without
// projectNumber nothing goes there, and nothing is lost: it comes again.
func isGuardedGCP(in In) bool {
	parts := []string{lifecycle.Instance, partDeadLetterTopic, partDeadLetterQueue}
	if in.Want.ProjectNumber != "" {
		parts = append(parts, partDeadLetterPublisher, partDeadLetterSubscriber)
	}
	return in.At("deadLetterPolicy", "deadLetterTopic") != "" && allThere(in, parts...)
}

// shortTopic is a topic as a client of its project names it.
func shortTopic(topic, project string) string {
	return strings.TrimPrefix(topic, "projects/"+project+"/topics/")
}
