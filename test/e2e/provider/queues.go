package provider

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// awsAccount is the AWS account of the stand-in, as the settings of the examples have it.
const awsAccount = "000000000000"

// project is the one that a thing is in: the settings of the examples have one for each env.
func project(name string) string {
	for _, env := range []string{"dev", "staging", "prod", "mgmt"} {
		if strings.Contains(name, "-"+env+"-") {
			return "acme-" + env
		}
	}
	return "acme"
}

// queues are the kinds of queues by group, without scope and domain, and kind: facts are from
// the providers' CRDs and connection functions, and what no update changes from the resources
// of Terraform's providers (resource_pubsub_subscription.go, sqs/queue.go,
// servicebus_queue_resource.go).
var queues = map[string]kind{
	"pubsub.gcp/Topic": {
		told: true, fixed: []string{"project"},
		status: func(b body, t Thing) map[string]any {
			return map[string]any{"id": topicID(t.ID), "project": "acme", "effectiveLabels": b["labels"]}
		},
		details: func(_ body, t Thing) map[string]string {
			return map[string]string{"id": topicID(t.ID), "topic": t.ID, "project": "acme"}
		},
	},
	"pubsub.gcp/Subscription": {
		told:    true,
		fixed:   []string{"topic", "filter", "enable_message_ordering"},
		inside:  func(b body) (string, string) { return "Topic", lastOf(b.text("topic")) },
		rejects: rejectsSubscription,
		// As the provider finds them in its state, where nobody asked for others.
		late: func(body) map[string]any {
			return map[string]any{"expirationPolicy": map[string]any{"ttl": "2678400s"}, "enableMessageOrdering": false}
		},
		status: func(b body, t Thing) map[string]any {
			return map[string]any{
				"id": "projects/" + project(t.ID) + "/subscriptions/" + t.ID, "project": project(t.ID),
				"topic": topicID(lastOf(b.text("topic"))), "effectiveLabels": b["labels"],
			}
		},
		details: func(b body, t Thing) map[string]string {
			return map[string]string{
				"id": "projects/" + project(t.ID) + "/subscriptions/" + t.ID, "topic": b.text("topic"), "subscription": t.ID, "project": project(t.ID),
			}
		},
	},
	"pubsub.gcp/TopicIAMMember":        member("Topic", "topic"),
	"pubsub.gcp/SubscriptionIAMMember": member("Subscription", "subscription"),

	"sqs.aws/Queue": {
		told: true, fixed: []string{"name", "fifo_queue"},
		name:     func(b body, _ string) string { return b.text("name") },
		id:       func(b body, _ int) string { return urlOf(b) },
		rejects:  rejectsQueue,
		computed: []string{"policy", "redrivePolicy", "redriveAllowPolicy", "sqsManagedSseEnabled", "kmsMasterKeyId"},
		status: func(b body, _ Thing) map[string]any {
			return map[string]any{"id": urlOf(b), "url": urlOf(b), "arn": arnOf(b.text("region"), b.text("name")), "tagsAll": b["tags"]}
		},
		details: func(b body, _ Thing) map[string]string { return map[string]string{"url": urlOf(b)} },
	},

	"servicebus.azure/ServiceBusNamespace": {
		told: true, fixed: []string{"resource_group_name", "location", "premium_messaging_partitions"},
		rejects: rejectsNamespace,
		forbids: func(has, asked body) string {
			was, is := has.text("sku"), asked.text("sku")
			if (was == "Premium") == (is == "Premium") {
				return ""
			}
			return replaces("sku", was, is)
		},
		keeps: lockedAt(namespaceID),
		taken: failed("create", "NamespaceUnavailable: The specified namespace is not available"),
		status: func(b body, t Thing) map[string]any {
			return map[string]any{"id": namespaceID(b, t), "endpoint": "https://" + t.ID + ".servicebus.windows.net:443/"}
		},
		// The key of everything in the namespace, which belongs into no claim's Secret.
		details: func(_ body, t Thing) map[string]string {
			return map[string]string{"attribute.default_primary_connection_string": "Endpoint=sb://" + t.ID + "/;SharedAccessKeyName=RootManageSharedAccessKey"}
		},
	},
	"servicebus.azure/Queue": {
		told: true, fixed: []string{"namespace_id", "requires_session", "requires_duplicate_detection", "partitioning_enabled"},
		name:    func(b body, externalName string) string { return lastOf(b.text("namespaceId")) + "/" + externalName },
		inside:  func(b body) (string, string) { return "ServiceBusNamespace", lastOf(b.text("namespaceId")) },
		rejects: rejectsDurations,
		keeps:   lockedAt(queueID),
		status:  func(b body, t Thing) map[string]any { return map[string]any{"id": queueID(b, t)} },
	},
	"servicebus.azure/QueueAuthorizationRule": {
		told: true, fixed: []string{"queue_id"},
		name:   func(b body, externalName string) string { return queueIn(b.text("queueId")) + "/" + externalName },
		inside: func(b body) (string, string) { return "Queue", queueIn(b.text("queueId")) },
		keeps:  lockedAt(ruleID),
		status: func(b body, t Thing) map[string]any { return map[string]any{"id": ruleID(b, t)} },
		details: func(b body, t Thing) map[string]string {
			space, queue, _ := strings.Cut(queueIn(b.text("queueId")), "/")
			key := "key+of/" + queue + "="
			return map[string]string{
				"attribute.primary_key": key, "attribute.secondary_key": "second+" + key,
				"attribute.primary_connection_string": fmt.Sprintf("Endpoint=sb://%s.servicebus.windows.net/;SharedAccessKeyName=%s;SharedAccessKey=%s;EntityPath=%s",
					space, lastOf(t.ID), key, queue),
			}
		},
	},
	"authorization.azure/RoleAssignment": {
		told: true, fixed: []string{"scope", "role_definition_name", "principal_id"}, status: id,
		name: func(b body, _ string) string {
			return b.text("scope") + "/" + b.text("roleDefinitionName") + "/" + b.text("principalId")
		},
		// Azure takes no second one of the same three, under whatever name (azurerm pull
		// request 28694).
		id: func(b body, serial int) string {
			return b.text("scope") + "/providers/Microsoft.Authorization/roleAssignments/" + cmp.Or(b.text("name"), fmt.Sprintf("%036d", serial))
		},
		keeps: lockedAt(func(b body, _ Thing) string { return b.text("scope") }),
	},
}

// member lets one identity into a topic or a subscription, whose provider makes the id.
func member(of, field string) kind {
	return kind{
		told: true, put: true, fixed: []string{field, "role", "member"}, status: id, // to let in again who is in changes nothing
		name: func(b body, _ string) string { return b.text(field) + "/" + b.text("role") + "/" + b.text("member") },
		id: func(b body, _ int) string {
			return "projects/acme/" + field + "s/" + b.text(field) + "/" + b.text("role") + "/" + b.text("member")
		},
		inside: func(b body) (string, string) { return of, lastOf(b.text(field)) },
	}
}

func topicID(name string) string { return "projects/" + project(name) + "/topics/" + name }

var (
	wholeSeconds = regexp.MustCompile(`^[0-9]+s$`)
	wholeTopic   = regexp.MustCompile(`^projects/[a-z][^/]*/topics/([^/]+)$`)
)

// rejectsSubscription is what Pub/Sub refuses, and what its provider would find another one
// than asked for at each look: nothing that says the same in other words is suppressed.
func rejectsSubscription(asked body, c *Cloud) string {
	dead, _ := asked.at("deadLetterPolicy", "deadLetterTopic").(string)
	m := wholeTopic.FindStringSubmatch(dead)
	switch keeps := asked.text("messageRetentionDuration"); {
	case keeps != "" && !wholeSeconds.MatchString(keeps):
		return "message_retention_duration is read back in whole seconds, and differs from " + keeps + " for ever"
	case dead != "" && m == nil:
		return "dead_letter_topic is read back as projects/{project}/topics/{name}, and differs from " + dead + " for ever"
	case dead != "" && c.things["Topic/"+m[1]] == nil:
		return "googleapi: Error 404: Resource not found (resource=" + m[1] + ")"
	}
	return ""
}

func urlOf(b body) string {
	return "https://sqs." + b.text("region") + ".amazonaws.com/" + awsAccount + "/" + b.text("name")
}

func arnOf(region, name string) string {
	return "arn:aws:sqs:" + region + ":" + awsAccount + ":" + name
}

// rejectsQueue is what SQS refuses, and what its provider waits for until it gives up: it
// compares JSON with what it reads back, of which keys and spaces do not count, and types do.
func rejectsQueue(asked body, c *Cloud) string {
	switch {
	case asked.text("kmsMasterKeyId") != "" && flag("sqsManagedSseEnabled")(asked):
		return "InvalidAttributeValue: You can use one type of server-side encryption (SSE) at one time"
	case asked.text("redrivePolicy") != "":
		policy := body{}
		if err := json.Unmarshal([]byte(asked.text("redrivePolicy")), &policy); err != nil {
			return "InvalidAttributeValue: Invalid value for the parameter RedrivePolicy"
		}
		if _, isNumber := policy["maxReceiveCount"].(float64); !isNumber {
			return "waiting for SQS Queue attributes to create: timeout while waiting for state to become 'equal'"
		}
		target := policy.text("deadLetterTargetArn")
		if c.things["Queue/"+target[strings.LastIndex(target, ":")+1:]] == nil {
			return "InvalidParameterValue: Value " + target + " for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist."
		}
	}
	for _, field := range []string{"policy", "redriveAllowPolicy"} {
		if v := asked.text(field); v != "" && !json.Valid([]byte(v)) {
			return "InvalidAttributeValue: Invalid value for the parameter " + field
		}
	}
	return ""
}

func rejectsNamespace(asked body, _ *Cloud) string {
	capacity := asked.number("capacity")
	switch {
	case asked.text("sku") != "Premium" && capacity > 0:
		return "service bus SKU \"" + asked.text("sku") + "\" only supports `capacity` of 0"
	case asked.text("sku") == "Premium" && !slices.Contains([]float64{1, 2, 4, 8, 16}, capacity):
		return "service bus SKU \"Premium\" only supports `capacity` of 1, 2, 4, 8 or 16"
	}
	return ""
}

// The forms in which Azure gives a duration back: no field is as large as one of the next.
var durations = map[string]*regexp.Regexp{
	"lockDuration": regexp.MustCompile(`^PT([1-5]M)?([1-5]?[0-9]S)?$`), "defaultMessageTtl": regexp.MustCompile(`^P[1-9][0-9]*D$`),
}

// rejectsDurations is what the provider waits for until it gives up, at each update: it
// compares durations as texts.
func rejectsDurations(asked body, _ *Cloud) string {
	for _, field := range slices.Sorted(maps.Keys(durations)) {
		if v := asked.text(field); v != "" && (!durations[field].MatchString(v) || v == "PT0S") {
			return "waiting for state to become 'succeeded': " + field + " is read back in another form than " + v
		}
	}
	return ""
}

func namespaceID(b body, t Thing) string { return azureAt(b, "ServiceBus/namespaces/") + t.ID }

func queueID(b body, t Thing) string { return b.text("namespaceId") + "/queues/" + lastOf(t.ID) }

func ruleID(b body, t Thing) string { return b.text("queueId") + "/authorizationRules/" + lastOf(t.ID) }

// queueIn names a queue by its id: its namespace's name, and its own.
func queueIn(id string) string {
	_, rest, _ := strings.Cut(id, "/namespaces/")
	return strings.Replace(rest, "/queues/", "/", 1)
}
