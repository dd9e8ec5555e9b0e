package azure

import (
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// identity is the id of a user-assigned identity, of which subscription, group and name are the platform's.
var identity = regexp.MustCompile(`(?i)^/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\.ManagedIdentity/userAssignedIdentities/([^/]+)$`)

// Identity is the block by which a resource has one identity.
func Identity(id string) object.Map {
	return object.Map{"type": "UserAssigned", "identityIds": []string{spelt(id)}}
}

// Encrypt has a resource use a key of the platform's, by the one identity that may; at is what its kind calls the
// identity in the block of the key. Without a key Azure uses its own, which takes neither.
func Encrypt(body object.Map, key, identity, at string) {
	if key == "" {
		return
	}
	body["customerManagedKey"] = object.Map{"keyVaultKeyId": key, at: spelt(identity)}
	body["identity"] = Identity(identity)
}

// spelt is the id of an identity in the one spelling of its words that providers read back, whatever they were
// written in (FlattenSystemOrUserAssignedMap in go-azure-helpers): in another they would change the resource
// again at every look.
func spelt(id string) string {
	const words = "/subscriptions/$1/resourceGroups/$2/providers/Microsoft.ManagedIdentity/userAssignedIdentities/$3"
	return identity.ReplaceAllString(id, words)
}

// IsIdentity reports whether an id is that of a user-assigned identity.
func IsIdentity(id string) bool { return identity.MatchString(id) }

// GroupIn is the resource group in the id of what is in it, or "".
func GroupIn(id string) string {
	_, rest := cut(id, "/resourceGroups/")
	group, _, _ := strings.Cut(rest, "/")
	return group
}

// cut is strings.Cut without regard to case, by which Azure tells no two ids apart.
func cut(id, by string) (before, after string) {
	for i := range len(id) - len(by) + 1 {
		if strings.EqualFold(id[i:i+len(by)], by) {
			return id[:i], id[i+len(by):]
		}
	}
	return id, ""
}
