package queue

import (
	"cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// What a queue is in fields of a part that is gone, or that stands for nothing yet, read off
// the other parts. It holds the queue to what is there, and to no mistake in the settings by
// which nothing was ever made.

// keyLost is the key of both topics, by that of the dead letters.
func keyLost(l lifecycle.Live) string {
	key := func(part string) string { return object.String(l.Object(part), "spec", "forProvider", "kmsKeyName") }
	return cmp.Or(key(partTopic), key(partDeadLetterTopic))
}

// numberLost is the project's number, by the right of its Pub/Sub to consume.
func numberLost(l lifecycle.Live) string {
	member := l.Object(partDeadLetterSubscriber)
	if !managed.Exists(member) {
		return ""
	}
	return numberOf(object.String(member, "spec", "forProvider", "member"))
}

// accountLost is the account, by either queue.
func accountLost(l lifecycle.Live) string {
	return cmp.Or(accountIn(l.At("arn")), accountIn(object.String(l.Object(partDeadLetters), "status", "atProvider", "arn")))
}
