package bucket

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// public is the remark on a bucket with an endpoint that is reached from everywhere, and
// lets nobody in without an identity. What else there is to say of it follows.
func public(in In, more ...string) (reason, message string) {
	const identity = "lets nobody in without an identity"
	if in.Want.Unreached {
		return "NoNetwork", remarks(in, "the endpoint "+identity, more)
	}
	return "PublicEndpoint", remarks(in, "the endpoint is public, and "+identity, more)
}

// remarks are who reaches a bucket, and what else there is to say of it.
func remarks(in In, reached string, more []string) string {
	says := append([]string{reached}, more...)
	says = append(says, fewer(in)...)
	switch not := "versioning is on, though not by this claim, and stays on: "; {
	case !isVersioned(in) || in.Want.Expires:
	case ruleThere(in.Live) != nil:
		says = append(says, not+"the rule that deletes old versions was there, and stays as it is")
	default:
		says = append(says, not+"this claim makes no rule that deletes old versions")
	}
	return strings.Join(says, "; ")
}

// goneAtOnce is what is said of a bucket without versions, where the cloud has no soft
// delete.
func goneAtOnce(in In) []string {
	if isVersioned(in) {
		return nil
	}
	return []string{"versioning is off, and what is overwritten or deleted is gone at once"}
}

// fewer says that old versions go, which they do once their days are fewer. So does what
// was deleted of a bucket without versions, where the cloud has soft delete.
func fewer(in In) []string {
	was := daysAsked(in.Live)
	if isVersioned(in) && !in.Want.Expires || was <= in.Policy.RetentionDays {
		return nil
	}
	if !isVersioned(in) {
		days := in.Policy.RetentionDays
		if in.Claim.Provider == cloud.GCP {
			days = softDelete(days)
		}
		return []string{fmt.Sprintf("what is deleted is kept for %d days instead of %d", days, was)}
	}
	return []string{fmt.Sprintf("old versions are kept for %d days instead of %d, so older ones are deleted", in.Policy.RetentionDays, was)}
}
