package queue

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The roles of a claim.
const (
	roleSend    = "send"
	roleReceive = "receive"
)

// maxGrants is how many identities a claim lets in: each is in the one policy of a queue on
// AWS, which has 20 statements at most.
const maxGrants = 20

// maxPrincipal is the length, in characters, of what names an identity.
const maxPrincipal = 512

// A Grant lets a principal send or receive.
type Grant struct{ Principal, Role string }

// readAccess reads spec.queue.access.
func readAccess(call lifecycle.Call, r *object.Reader) []Grant {
	items := r.Objects("access")
	if call.Claim.Provider == cloud.IBM && r.Has("access") {
		r.Failf("access", "is not offered on %s, where a server has one user; take it out, and use the connection Secret", cloud.IBM)
	}
	if len(items) > maxGrants {
		r.Failf("access", "%d entries are too many; allowed are at most %d", len(items), maxGrants)
	}
	var grants []Grant
	seen := map[Grant]int{}
	for i, item := range items {
		g := Grant{Principal: item.Short("principal", maxPrincipal), Role: item.OneOf("role", roleSend, roleReceive)}
		switch first, twice := seen[g]; {
		case g.Principal == "":
			item.Missingf("principal", "name the identity that the %s has", g.Role)
		case g.Role == "":
			item.Missingf("role", "allowed are %s, %s", roleSend, roleReceive)
		case twice:
			r.Failf(fmt.Sprintf("access[%d]", i), "is the same as access[%d]; take one of the two out", first)
		}
		seen[g] = i
		item.Done()
		grants = append(grants, g)
	}
	return grants
}

// line writes grants in a line.
func line(grants []Grant) string {
	words := make([]string, 0, len(grants))
	for _, g := range grants {
		words = append(words, g.Role+" "+g.Principal)
	}
	return strings.Join(words, ", ")
}
