package settings

import (
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Queue is what a platform has for queues in one region of a cloud.
type Queue struct {
	// KMSKeyID encrypts messages in place of the region's: see Region.
	KMSKeyID string
	// KMSIdentityID is the managed identity that may use that key on Azure.
	KMSIdentityID string

	// Azure: the namespace that new queues stand in, or what a namespace of their own is
	// like: its SKU, and the subnet and DNS zone of its private endpoint.
	NamespaceID, SKU           string
	SubnetID, PrivateDNSZoneID string
}

// The SKUs of a Service Bus namespace that queues are made in. Basic has no topics and no
// sessions, and cannot be told from a mistake.
const (
	SKUStandard = "Standard"
	SKUPremium  = "Premium"
)

// The forms of what names an account, by the clouds' own references: of a project
// https://cloud.google.com/resource-manager/docs/creating-managing-projects, of an account
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html.
var (
	projectIDForm     = regexp.MustCompile(`^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$`)
	projectNumberForm = regexp.MustCompile(`^[0-9]{6,20}$`)
	accountIDForm     = regexp.MustCompile(`^[0-9]{12}$`)
	namespaceIDForm   = regexp.MustCompile(`(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\.ServiceBus/namespaces/[^/]+$`)
)

// namespaceWords are the words between the names in a namespace's id, by their places.
var namespaceWords = map[int]string{1: "subscriptions", 3: "resourceGroups", 5: "providers", 6: "Microsoft.ServiceBus", 7: "namespaces"}

// spelt writes a namespace's id as its provider wants it. Azure itself takes and answers such
// words in any letters, and the provider reads ids in its own alone (terraform-provider-azurerm
// issue 30870).
func spelt(id string) string {
	words := strings.Split(id, "/")
	for place, word := range namespaceWords {
		if place < len(words) {
			words[place] = word
		}
	}
	return strings.Join(words, "/")
}

func readProject(r *object.Reader) (id, number string) {
	return r.Match("projectID", projectIDForm, "the id of a project, such as acme-prod"),
		r.Match("projectNumber", projectNumberForm, `the number of a project in quotes, such as "123456789012"`)
}

func readAccount(r *object.Reader) string {
	return r.Match("accountID", accountIDForm, `the 12 digits of an account in quotes, such as "123456789012"`)
}

func readQueue(provider string, r *object.Reader) Queue {
	q := Queue{KMSKeyID: r.String("kmsKeyID")}
	if provider == cloud.Azure {
		q.KMSIdentityID = r.String("kmsIdentityID")
		q.SKU = r.OneOf("sku", SKUStandard, SKUPremium)
		q.NamespaceID = spelt(r.Match("namespaceID", namespaceIDForm,
			"/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.ServiceBus/namespaces/{name}"))
		q.SubnetID, q.PrivateDNSZoneID = r.String("subnetID"), r.String("privateDNSZoneID")
	}
	r.Done()
	return q
}
