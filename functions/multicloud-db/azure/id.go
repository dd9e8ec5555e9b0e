package azure

import (
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// identity is the id of a user-assigned identity, of which subscription, group and name are the platform's.
var identity = regexp.MustCompile(`(?i)^/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\.ManagedIdentity/userAssignedIdentities/([^/]+)$`)

// Identity is the block by which a resource has one identity. Its provider reads the words of the id in one
// spelling, whatever they were written in (FlattenSystemOrUserAssignedMap in go-azure-helpers), and would
// otherwise change the resource again at every look.
func Identity(id string) object.Map {
	const spelt = "/subscriptions/$1/resourceGroups/$2/providers/Microsoft.ManagedIdentity/userAssignedIdentities/$3"
	return object.Map{"type": "UserAssigned", "identityIds": []string{identity.ReplaceAllString(id, spelt)}}
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
