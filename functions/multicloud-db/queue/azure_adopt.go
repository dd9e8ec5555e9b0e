package queue

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// queueName is a queue's own name in an external name.
func queueName(name string) string {
	_, queue, in := strings.Cut(name, "/")
	if !in {
		return name
	}
	return queue
}

func lookAzure(in Held) (lifecycle.Part, error) {
	switch space, queue, _ := strings.Cut(in.Name, "/"); {
	case space == "" || queue == "":
		return lifecycle.Part{}, fmt.Errorf("spec.externalName: %q is not allowed; allowed on azure is {namespace}/{queue}", in.Name)
	case groupOf(in) == "" && in.Answered:
		return lifecycle.Part{}, fmt.Errorf("%s: is missing, and the namespace that spec.externalName names is looked for in it", in.Setting("resourceGroup"))
	}
	return lifecycle.Part{
		Kind: kindQueueAzure, Name: queueName(in.Name), Looks: true,
		Body: object.Map{"namespaceIdSelector": object.Map{"matchControllerRef": true}},
	}, nil
}

// looksInAzure looks at the namespace of a queue that was there before its claim: it may have
// other queues in it.
func looksInAzure(in Held) lifecycle.Parts {
	space, _, _ := strings.Cut(in.Name, "/")
	return lifecycle.Parts{partNamespace: {
		Kind: kindNamespace, Name: space, Looks: true, Fate: lifecycle.Outlives,
		Body: object.Map{"location": in.Region, "resourceGroupName": lifecycle.Optional(groupOf(in))},
	}}
}

// groupOf is the resource group that a namespace is looked for in: that of the platform's
// namespace, where it is this one, else the settings'.
func groupOf(in Held) string {
	space, _, _ := strings.Cut(in.Name, "/")
	id := in.OfRegion.Queue.NamespaceID
	if strings.HasSuffix(strings.ToLower(id), "/namespaces/"+strings.ToLower(space)) {
		return azure.GroupIn(id)
	}
	return cmp.Or(in.Want.ResourceGroup, object.String(in.Object(partNamespace), "spec", "forProvider", "resourceGroupName"))
}

// adoptedAzure is a queue as it was found, but for what the claim says.
func adoptedAzure(in In) object.Map {
	body := object.Map{
		"lockDuration":      lifecycle.Optional(in.Kept("lockDuration")),
		"maxDeliveryCount":  asFound(in, in.Want.Attempts, "maxDeliveryCount"),
		"defaultMessageTtl": lifecycle.Optional(in.Kept("defaultMessageTtl")),
	}
	if said := in.Want.Visibility; said != "" {
		body["lockDuration"] = duration(number(said))
	}
	if said := in.Want.Days; said != "" {
		body["defaultMessageTtl"] = "P" + said + "D"
	}
	return body
}

// unfitAzure refuses a queue whose consumers do not compete for its messages, and one that
// keeps none.
func unfitAzure(l lifecycle.Live) string {
	switch {
	case l.Bool("requiresSession"):
		return "requires sessions, by which consumers do not compete for its messages"
	case l.At("forwardTo") != "":
		return fmt.Sprintf("forwards its messages to %q, and keeps none", l.At("forwardTo"))
	case l.Adopted():
		return "" // which keeps what follows
	case l.Bool("partitioningEnabled"):
		return "is partitioned, which no update changes, and no queue of a claim is"
	case l.Bool("requiresDuplicateDetection"):
		return "requires duplicate detection, which no update changes, and no queue of a claim does"
	}
	return ""
}
