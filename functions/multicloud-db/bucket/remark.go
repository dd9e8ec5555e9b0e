package bucket

import (
	"fmt"
	"strings"
)

// public is the remark on a bucket with an endpoint that is reached from everywhere, and
// lets nobody in without an identity. What else there is to say of it follows.
func public(in In, more ...string) (reason, message string) {
	const identity = "lets nobody in without an identity"
	more = append(more, fewer(in)...)
	switch not := "versioning is on, though not by this claim, and stays on: "; {
	case !isVersioned(in) || in.Want.Expires:
	case ruleThere(in.Live) != nil:
		more = append(more, not+"the rule that deletes old versions was there, and stays as it is")
	default:
		more = append(more, not+"this claim makes no rule that deletes old versions")
	}
	if in.Want.Unreached {
		return "NoNetwork", strings.Join(append([]string{"the endpoint " + identity}, more...), "; ")
	}
	return "PublicEndpoint", strings.Join(append([]string{"the endpoint is public, and " + identity}, more...), "; ")
}

// goneAtOnce is what is said of a bucket without versions, where the cloud has no soft
// delete.
func goneAtOnce(in In) []string {
	if isVersioned(in) {
		return nil
	}
	return []string{"versioning is off, and what is overwritten or deleted is gone at once"}
}

// fewer says that old versions go, which they do once their days are fewer.
func fewer(in In) []string {
	was := daysAsked(in.Live)
	if !in.Want.Expires || was <= in.Policy.RetentionDays {
		return nil
	}
	return []string{fmt.Sprintf("old versions are kept for %d days instead of %d, so older ones are deleted", in.Policy.RetentionDays, was)}
}
