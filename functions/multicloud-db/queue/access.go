package queue

import (
	"fmt"
	"regexp"
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

// forms are how each cloud names an identity.
var forms = map[string]struct {
	of      *regexp.Regexp
	allowed string
}{
	cloud.GCP:   {principalGCP, "a member of IAM, such as serviceAccount:app@acme-prod.iam.gserviceaccount.com or principal://iam.googleapis.com/…"},
	cloud.AWS:   {principalAWS, "the ARN of a role, such as arn:aws:iam::123456789012:role/app"},
	cloud.Azure: {principalAzure, "the object id of an identity, such as 11111111-2222-3333-4444-555555555555"},
}

// isEverybody reports whether a principal stands for whoever there is, or for all of a pool,
// whose identities are made elsewhere: *, allUsers, allAuthenticatedUsers, and principalSet of
// a whole pool of workloads or people (https://cloud.google.com/iam/docs/principal-identifiers).
func isEverybody(principal string) bool {
	return principal == "*" || principal == "allUsers" || principal == "allAuthenticatedUsers" ||
		strings.HasPrefix(principal, "principalSet://") && strings.HasSuffix(principal, "/*")
}

// readAccess reads spec.queue.access.
func readAccess(call lifecycle.Call, r *object.Reader) []Grant {
	items, form := r.Objects("access"), forms[call.Claim.Provider]
	if call.Claim.Provider == cloud.IBM && r.Has("access") {
		r.Failf("access", "is not offered on %s, where a server has one user; take it out, and use the connection Secret", cloud.IBM)
	}
	if call.Claim.ExternalName != "" && len(items) > 0 {
		r.Failf("access", "is for a queue that its claim makes; who may use one that was there before is granted where it was made")
	}
	if len(items) > maxGrants {
		r.Failf("access", "%d entries are too many; allowed are at most %d", len(items), maxGrants)
	}
	var grants []Grant
	seen := map[Grant]int{}
	for i, item := range items {
		g := Grant{Principal: item.Short("principal", maxPrincipal), Role: item.OneOf("role", roleSend, roleReceive)}
		same := Grant{folded(g.Principal), g.Role}
		switch first, twice := seen[same]; {
		case g.Principal == "":
			item.Missingf("principal", "allowed is %s", form.allowed)
		case form.of != nil && !form.of.MatchString(g.Principal):
			item.Failf("principal", "%q is not allowed; allowed is %s", g.Principal, form.allowed)
		case g.Role == "":
			item.Missingf("role", "allowed are %s, %s", roleSend, roleReceive)
		case twice:
			r.Failf(fmt.Sprintf("access[%d]", i), "is the same as access[%d]; take one of the two out", first)
		}
		seen[same] = i
		item.Done()
		grants = append(grants, g)
	}
	return grants
}

// folded is a principal as it is compared with others. Clouds tell identities apart by case
// where Google Cloud names one by its pool alone (iamMemberIsCaseSensitive of
// terraform-provider-google).
func folded(principal string) string {
	if strings.HasPrefix(principal, "principal") {
		return principal
	}
	return strings.ToLower(principal)
}

// line writes grants in a line.
func line(grants []Grant) string {
	words := make([]string, 0, len(grants))
	for _, g := range grants {
		words = append(words, g.Role+" "+g.Principal)
	}
	return strings.Join(words, ", ")
}
