package queue

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
)

// public is what is said of an endpoint that is reached from everywhere.
const public = "the endpoint is public, and lets nobody in without an identity"

// The reasons of the condition that says what the platform should know of a queue.
const (
	reasonPublic        = "PublicEndpoint"
	reasonNoDeadLetters = "NoDeadLetters"
	reasonAdopted       = "Adopted"
)

// ungranted is what is said where nobody is let in by the claim, of a cloud that has no keys.
func ungranted(in In) []string {
	if len(in.Want.Grants) > 0 {
		return nil
	}
	return []string{"the claim lets nobody in: name the app in spec.queue.access, or grant it elsewhere"}
}

func remarkGCP(in In) (reason, message string) {
	if in.Adopted() {
		return reasonAdopted, strings.Join(append([]string{"who may use it is granted elsewhere"}, expiresGCP(in.Live)...), "; ")
	}
	says := slices.Concat([]string{public}, ungranted(in), keyGCP(in), earlier(in))
	if in.Want.ProjectNumber == "" {
		return reasonNoDeadLetters, in.Setting("projectNumber") + " is not set, and dead letters need it: a message that fails comes again and again until " +
			"it is too old; " + strings.Join(says, "; ")
	}
	return reasonPublic, strings.Join(says, "; ")
}

// expiresGCP says that Pub/Sub deletes a subscription by itself.
func expiresGCP(l lifecycle.Live) []string {
	ttl := l.There("expirationPolicy", "ttl")
	if ttl == "" {
		return nil
	}
	return []string{"Pub/Sub deletes it, with its messages, after " + ttl + " without a consumer"}
}
