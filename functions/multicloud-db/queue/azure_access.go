package queue

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// principalAzure is the object id of an identity in the subscription's own tenant: Azure
// assigns a role to no other, and to nobody without an id.
var principalAzure = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// rolesAzure are Azure's own, by the claim's.
var rolesAzure = map[string]string{roleSend: "Azure Service Bus Data Sender", roleReceive: "Azure Service Bus Data Receiver"}

// grantAzure lets the claim's principals in, once the queue has the id that is their scope.
// Its dead letters are in it.
func grantAzure(in In, parts lifecycle.Parts) {
	id := in.At("id")
	if id == "" {
		return
	}
	for _, g := range in.Want.Grants {
		part, role, principal := partsOf(g)[0], rolesAzure[g.Role], strings.ToLower(g.Principal)
		as := cmp.Or(
			object.String(in.Object(part), "metadata", "annotations", managed.ExternalNameAnnotation),
			id+assignments+assignmentName(id, role, principal),
		)
		parts[part] = lifecycle.Part{Kind: kindAssignment, Name: as, Body: object.Map{
			"name": as[strings.LastIndex(as, "/")+1:], "scope": id, "roleDefinitionName": role, "principalId": principal,
		}}
	}
}

// assignments stands between scope and name in the id of a role assignment. By the id the
// provider finds it.
const assignments = "/providers/Microsoft.Authorization/roleAssignments/"

// assignmentName is the UUID of a role assignment, the same for the same three: Azure takes
// no second one of them under another name, not even from a claim that is made again
// (terraform-provider-azurerm pull request 28694).
func assignmentName(scope, role, principal string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(scope + "|" + role + "|" + principal)))
	text := hex.EncodeToString(sum[:])
	// Version 8, whose bits are whoever's that makes it (RFC 9562).
	return text[:8] + "-" + text[8:12] + "-8" + text[13:16] + "-8" + text[17:20] + "-" + text[20:32]
}
