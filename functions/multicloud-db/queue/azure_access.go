package queue

import (
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
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
		parts[partsOf(g)[0]] = lifecycle.Part{Kind: kindAssignment, Body: object.Map{
			"scope": id, "roleDefinitionName": rolesAzure[g.Role], "principalId": strings.ToLower(g.Principal),
		}}
	}
}
