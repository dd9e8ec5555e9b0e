package queue

import (
	"cmp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// Kinds, as the CRDs of provider-azure name them. Their ids are made of names that are given,
// so that nothing has to be filled in.
var (
	kindQueueAzure = managed.Kind{Group: "servicebus.azure", Version: "v1beta1", Kind: "Queue", Unfilled: true}
	kindNamespace  = managed.Kind{Group: "servicebus.azure", Version: "v1beta2", Kind: "ServiceBusNamespace", Unfilled: true}
	kindRule       = managed.Kind{Group: "servicebus.azure", Version: "v1beta1", Kind: "QueueAuthorizationRule", Unfilled: true}
	kindEndpoint   = managed.Kind{Group: "network.azure", Version: "v1beta2", Kind: "PrivateEndpoint", Unfilled: true}
	kindAssignment = managed.Kind{Group: "authorization.azure", Version: "v1beta1", Kind: "RoleAssignment", Unfilled: true}
)

var onAzure = lifecycle.Cloud[Queue]{
	Mains:     []lifecycle.Main{mainAzure},
	Kinds:     []managed.Kind{kindNamespace, kindRule, kindEndpoint, kindAssignment, azure.KindGroup, azure.KindLock},
	With:      []string{partNamespace},
	Named:     map[string]func(string) string{partNamespace: namespaceName},
	Settles:   settleAzure,
	Compose:   composeAzure,
	Connect:   connectAzure,
	Look:      lookAzure,
	LooksIn:   looksInAzure,
	Lacks:     lacksAzure,
	Remark:    remarkAzure,
	Unfit:     unfitAzure,
	Unproven:  unprovenAzure,
	Shares:    sharesAzure,
	Protected: azure.IsLocked,
	Accesses:  accesses,
	Goes:      func(in In, part string) bool { return part == azure.PartLock && !in.Policy.Protected },
}

// Fields of the namespace stand at it, which has the region, the tags and the key.
var mainAzure = lifecycle.Main{
	Kind: kindQueueAzure,
	Tags: [][]string{{"tags"}},
	Told: []string{"id"},
	Fields: map[string]lifecycle.At{
		"region":           {Part: partNamespace, Apart: true, Is: []string{"location"}, Asked: []string{"location"}, Word: azure.Region},
		"visibility":       {Is: []string{"lockDuration"}, Word: secondsOf},
		"retention-days":   {Is: []string{"defaultMessageTtl"}, Word: daysOf},
		"attempts":         {Is: []string{"maxDeliveryCount"}},
		"resourceGroup":    {Part: partNamespace, Asked: []string{"resourceGroupName"}, Own: azure.GroupAt.Own, Always: true, Recorded: true, Lost: groupLost},
		"namespaceID":      {Is: []string{"namespaceId"}, Own: isOwnNamespace},
		"sku":              skuAt(),
		"subnetID":         ofPart(partEndpoint, lifecycle.Untold, "subnetId"),
		"privateDNSZoneID": ofPart(partEndpoint, lifecycle.Untold, "privateDnsZoneGroup", "privateDnsZoneIds"),
		"kmsKeyID":         ofPart(partNamespace, nil, "customerManagedKey", "keyVaultKeyId"),
		"kmsIdentityID":    ofPart(partNamespace, nil, "customerManagedKey", "identityId"),
	},
	AsFound: []string{
		"autoDeleteOnIdle", "batchedOperationsEnabled", "deadLetteringOnMessageExpiration", "duplicateDetectionHistoryTimeWindow",
		"expressEnabled", "forwardDeadLetteredMessagesTo", "forwardTo", "maxMessageSizeInKilobytes", "maxSizeInMegabytes", "namespaceId",
		"partitioningEnabled", "requiresDuplicateDetection", "requiresSession", "status",
	},
}

// ofPart is a field that a part is asked for, and reports.
func ofPart(part string, lost func(lifecycle.Live) string, path ...string) lifecycle.At {
	return lifecycle.At{Part: part, Apart: true, Is: path, Asked: path, Recorded: true, Lost: lost}
}

// skuAt is the namespace's SKU, which Azure may report in other letters.
func skuAt() lifecycle.At {
	at := ofPart(partNamespace, skuLost, "sku")
	at.Word = func(sku string) string {
		for _, known := range []string{settings.SKUStandard, settings.SKUPremium} {
			if strings.EqualFold(sku, known) {
				return known
			}
		}
		return sku
	}
	return at
}

// Names and sizes of what is composed.
const (
	rule         = "app" // the one key of the queue, which sends and receives
	maxMegabytes = 5120  // the most of Standard, which a queue cannot give back
	units        = 1     // of a Premium namespace, of which the step that sizes may make more
)

// isShared reports whether the queue stands in a namespace of the platform's.
func isShared(in Held) bool { return in.Want.NamespaceID != "" }

// isPremium reports whether the queue has a Premium namespace of its own.
func isPremium(in Held) bool { return !isShared(in) && in.Want.SKU == settings.SKUPremium }

func composeAzure(in In) (lifecycle.Parts, error) {
	if in.Adopted() {
		parts := looksInAzure(in.Held)
		parts[lifecycle.Instance] = lifecycle.Part{Kind: kindQueueAzure, Name: queueName(in.Name), Body: adoptedAzure(in)}
		if lock, ok := azure.LockOn(in.Resource, in.At("id")); ok {
			parts[azure.PartLock] = lock
		}
		return parts, nil
	}
	if err := refuseAzure(in); err != nil {
		return nil, err
	}
	parts := lifecycle.Parts{lifecycle.Instance: {Kind: kindQueueAzure, Name: in.Name, Body: bodyAzure(in)}}
	locked := in.At("id")
	if !isShared(in.Held) || locked != "" { // else a key would be made in a queue that may be somebody else's
		parts[partRule] = lifecycle.Part{
			Kind: kindRule, Name: rule, Writes: in.Publishes(partRule),
			Body: object.Map{"queueIdSelector": object.Map{"matchControllerRef": true}, "listen": true, "send": true, "manage": false},
		}
	}
	if !isShared(in.Held) {
		locked = namespaceID(in.Resource)
		parts[partNamespace] = lifecycle.Part{Kind: kindNamespace, Name: namespaceName(in.Name), Body: namespaceAzure(in)}
		if strings.EqualFold(azure.Group(in.Resource, in.Want.ResourceGroup), in.Name) {
			parts[azure.PartGroup] = azure.OwnGroup(in.Resource)
		}
		if endpoint, ok := endpointAzure(in); ok {
			parts[partEndpoint] = endpoint
		}
	}
	if lock, ok := azure.LockOn(in.Resource, locked); ok {
		parts[azure.PartLock] = lock
	}
	grantAzure(in, parts)
	return parts, refuseLocked(in)
}

// bodyAzure is a queue whose dead letters are built in: they have no time to live.
func bodyAzure(in In) object.Map {
	body := object.Map{
		"lockDuration":                     duration(number(in.Want.Visibility)),
		"maxDeliveryCount":                 number(in.Want.Attempts),
		"defaultMessageTtl":                "P" + in.Want.Days + "D", // for ever where it is unset
		"deadLetteringOnMessageExpiration": true,                     // unset, what is too old is dropped
		"maxSizeInMegabytes":               maxMegabytes,
	}
	if isShared(in.Held) {
		body["namespaceId"] = in.Want.NamespaceID
		return body
	}
	body["namespaceIdSelector"] = object.Map{"matchControllerRef": true}
	return body
}

// namespaceAzure is a namespace for one queue. Standard cannot be closed: rules and
// endpoints are Premium's (service-bus-ip-filtering of Microsoft's documentation).
func namespaceAzure(in In) object.Map {
	q := in.Want
	body := object.Map{
		"location":                   in.Region,
		"resourceGroupName":          azure.Group(in.Resource, q.ResourceGroup),
		"sku":                        cmp.Or(q.SKU, settings.SKUStandard),
		"minimumTlsVersion":          "1.2",
		"localAuthEnabled":           true, // the connection Secret has a key
		"publicNetworkAccessEnabled": isOpen(in.Held),
	}
	if !isPremium(in.Held) {
		return body // capacity and keys are refused
	}
	body["capacity"] = cmp.Or(unitsThere(in.Held), units)
	body["premiumMessagingPartitions"] = 1
	azure.Encrypt(body, q.KMSKeyID, q.KMSIdentityID, "identityId")
	return body
}

// endpointAzure is the way into a Premium namespace that is closed otherwise, once Azure has
// the namespace, which is named by its id alone.
func endpointAzure(in In) (lifecycle.Part, bool) {
	id := namespaceID(in.Resource)
	if in.Want.SubnetID == "" || id == "" {
		return lifecycle.Part{}, false
	}
	return lifecycle.Part{Kind: kindEndpoint, Name: in.Name, Body: object.Map{
		"location":          in.Region,
		"resourceGroupName": azure.Group(in.Resource, in.Want.ResourceGroup),
		"subnetId":          in.Want.SubnetID,
		"privateServiceConnection": object.Map{
			"name": in.Name, "isManualConnection": false, "privateConnectionResourceId": id, "subresourceNames": []string{"namespace"},
		},
		"privateDnsZoneGroup": object.Map{"name": "default", "privateDnsZoneIds": []string{in.Want.PrivateDNSZoneID}},
	}}, true
}

// connectAzure publishes the key of the queue's own rule, and never one of the namespace's.
func connectAzure(in In) lifecycle.Connection {
	if in.At("id") == "" {
		return lifecycle.Connection{}
	}
	name := queueName(in.Name)
	details := map[string]string{"type": "azure-servicebus", "queue": name, "deadLetterQueue": name + "/$DeadLetterQueue"}
	if in.Adopted() {
		space, _, _ := strings.Cut(in.Name, "/")
		return connection(space+"."+domainAzure, portAMQP, details)
	}
	written := in.Parts[partRule].Details
	text, key := string(written["attribute.primary_connection_string"]), string(written["attribute.primary_key"])
	host := hostOf(text)
	if host == "" || key == "" {
		return lifecycle.Connection{}
	}
	details["connectionString"], details["username"], details["password"] = text, rule, key
	return connection(host, portAMQP, details)
}

// Where Service Bus speaks AMQP over TLS.
const (
	domainAzure = "servicebus.windows.net"
	portAMQP    = 5671
)

// hostOf is the host in a connection string, which begins Endpoint=sb://name.domain/;
func hostOf(text string) string {
	_, rest, _ := strings.Cut(text, "Endpoint=sb://")
	host, _, _ := strings.Cut(rest, "/")
	return host
}
