package queue

import (
	"cmp"
	"crypto/sha1" //nolint:gosec // RFC 9562 makes a UUID of version 5 of it; nothing is kept secret by it.
	"fmt"
	"regexp"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// principalAzure is the object id of an identity in the subscription's own tenant: Azure
// assigns a role to no other, and to nobody without an id.
var principalAzure = regexp.MustCompile(`^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$`)

// rolesAzure are Azure's own, by the claim's.
var rolesAzure = map[string]string{roleSend: "Azure Service Bus Data Sender", roleReceive: "Azure Service Bus Data Receiver"}

// assignments stands between scope and name in the id of a role assignment. By the id the
// provider finds one.
const assignments = "/providers/Microsoft.Authorization/roleAssignments/"

// grantAzure lets the claim's principals in, once the queue has the id that is their scope.
// Its dead letters are in it.
func grantAzure(in In, parts lifecycle.Parts) {
	id := in.At("id")
	if id == "" {
		return
	}
	for _, g := range in.Want.Grants {
		part := partsOf(g)[0]
		parts[part] = assignment(in.Object(part), id, rolesAzure[g.Role], strings.ToLower(g.Principal))
	}
}

// assignment assigns a role under a name that is the same each time. Azure takes no second
// assignment of the same scope, role and principal, whatever its name (azurerm pull request
// 28694): under a name of Azure's choice nobody would find again one that outlived its claim.
// No update changes the name: a live assignment keeps the one that it has.
func assignment(live *structpb.Struct, scope, role, principal string) lifecycle.Part {
	body := object.Map{"scope": scope, "roleDefinitionName": role, "principalId": principal}
	id, kind := externalName(live), kindAssignment
	switch {
	case id == "" && managed.Exists(live): // of which nobody knows yet how Azure names it
		kind.Unfilled = false
		if name := keeps(live, "name"); name != "" {
			body["name"] = name
		}
	case managed.Exists(live):
		body["name"] = cmp.Or(keeps(live, "name"), id[strings.LastIndex(id, "/")+1:])
	default:
		name := uuidOf(strings.ToLower(scope), role, principal)
		body["name"], id = name, scope+assignments+name
	}
	return lifecycle.Part{Kind: kind, Name: id, Body: body}
}

// keeps is a field that no update changes: as the cloud reports it, else as it was asked for.
func keeps(live *structpb.Struct, field string) string {
	return cmp.Or(object.String(live, "status", "atProvider", field), object.String(live, "spec", "forProvider", field))
}

func externalName(o *structpb.Struct) string {
	return object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation)
}

// ofQueues is the namespace of the UUIDs here, a random one.
var ofQueues = [16]byte{0x6f, 0x1d, 0x0c, 0x52, 0x8e, 0x0b, 0x4a, 0x77, 0x9b, 0x35, 0x2e, 0x60, 0xd4, 0xc1, 0x8a, 0x93}

// uuidOf is a UUID of version 5 (RFC 9562, section 5.5): the same for the same words.
func uuidOf(words ...string) string {
	sum := sha1.Sum(append(ofQueues[:], strings.Join(words, "\n")...)) //nolint:gosec // See the import.
	sum[6] = sum[6]&0x0f | 0x50
	sum[8] = sum[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", sum[0:4], sum[4:6], sum[6:8], sum[8:10], sum[10:16])
}
