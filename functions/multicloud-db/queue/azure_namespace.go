package queue

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// settleAzure keeps a live queue's way in, where the settings say none any more. A namespace
// of the queue's own is no setting's.
func settleAzure(in Held) Held {
	in = settle(in)
	q := &in.Want
	if in.Adopted() { // which is in a namespace of others
		q.SKU, q.SubnetID, q.PrivateDNSZoneID, q.KMSKeyID, q.KMSIdentityID = "", "", "", "", ""
		return in
	}
	if isOwnNamespace(in.Resource, q.NamespaceID) {
		q.NamespaceID = ""
	}
	if in.WasFound(partNamespace) && !isPremium(in) { // which takes no private endpoint
		in.Late(q.SubnetID, in.Regional("queue.subnetID"))
		q.SubnetID, q.PrivateDNSZoneID = "", ""
	}
	recordNamespace(in)
	if is, asked := asksPublic(in); asked && is && in.Object(partEndpoint) == nil {
		in.Late(q.SubnetID, in.Regional("queue.subnetID")) // whoever reaches it now would not any more
		q.SubnetID, q.PrivateDNSZoneID = "", ""
	}
	return in
}

// isOpen reports whether everybody may reach the namespace. One that was closed is not
// opened: its endpoint is composed once Azure has the namespace, which may be after the
// settings are gone.
func isOpen(in Held) bool {
	is, asked := asksPublic(in)
	return in.Want.SubnetID == "" && (is || !asked)
}

// refuseAzure refuses what no namespace is: half of what goes together, and a move.
func refuseAzure(in In) error {
	q := in.Want
	setting := func(name string) string { return in.Setting(in.Regional("queue." + name)) }
	said := in.OfRegion.Queue.NamespaceID
	switch own := in.Object(partNamespace); {
	case said != "" && (in.Exists() || in.Life == lifecycle.Forgotten) && own != nil && !isOwnNamespace(in.Resource, said):
		return fmt.Errorf("%s: the live queue has a namespace of its own, and cannot move to %q; take the setting out, or make a second claim and migrate",
			setting("namespaceID"), said)
	case isShared(in.Held):
		return nil
	case q.SubnetID != "" && !isPremium(in.Held):
		return fmt.Errorf("%s: %q is not allowed for a %s namespace, which takes no private endpoint; allowed is %s: %s", setting("subnetID"), q.SubnetID,
			settings.SKUStandard, setting("sku"), settings.SKUPremium)
	}
	var half error
	if !in.Exists() {
		half = azure.RefuseHalfNetwork(in.Resource, in.Regional("queue"), "subnetID", q.SubnetID, q.PrivateDNSZoneID)
	}
	if half == nil && isPremium(in.Held) {
		half = azure.RefuseHalfKey(in.Resource, in.Regional("queue"), q.KMSKeyID, q.KMSIdentityID)
	}
	return half
}

// lacksAzure is of a Premium namespace of the queue's own alone: no other takes a network.
func lacksAzure(in Held) (missing, means string) {
	if !isPremium(in) || !isOpen(in) {
		return "", ""
	}
	return in.Unset(in.Regional("queue.subnetID")), "the namespace is Premium, and its endpoint is public"
}

func remarkAzure(in In) (reason, message string) {
	if in.Adopted() {
		says := "who may use it, and its namespace, is for whoever made it; its keys are not published"
		if idle := in.There("autoDeleteOnIdle"); idle != "" && number(daysOf(idle)) > 0 && number(daysOf(idle)) < maxIdle {
			says += "; Azure deletes it after " + idle + " without use"
		}
		return reasonAdopted, says
	}
	var says []string
	shared, premium := isShared(in.Held), isPremium(in.Held)
	switch {
	case shared:
		says = append(says, "it stands in the platform's namespace "+in.Want.NamespaceID+", which says where its messages are, by which key they are encrypted, "+
			"and who reaches them")
	case isOpen(in.Held):
		says = append(says, "the endpoint is public, and lets nobody in without an identity or a key")
	}
	if key := in.Want.KMSKeyID; key != "" && !shared && !premium {
		says = append(says, in.Setting(in.Regional(in.Want.keyPath("kmsKeyID")))+" encrypts no Standard namespace, whose messages Azure's own key does")
	}
	closed := len(says) == 0
	says = append(says, earlier(in)...)
	switch {
	case len(says) == 0:
		return "", ""
	case shared:
		return "SharedNamespace", strings.Join(says, "; ")
	case closed:
		return "Composed", strings.Join(says, "; ")
	}
	return reasonPublic, strings.Join(says, "; ")
}

// maxIdle is fewer days than those after which Azure deletes a queue that it is not asked to.
const maxIdle = 10000
