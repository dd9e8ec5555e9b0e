package queue

import (
	"cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// keyOf is the key of one of two parts that share one. A part that was found keeps the key that
// it has where the settings say none of queues: it may be seen before the part that tells of both.
func keyOf(in In, part, field string) string {
	if in.OfRegion.Queue.KMSKeyID != "" || !in.WasFound(part) {
		return in.Want.KMSKeyID
	}
	tells := in.Tells(part)
	if in.IsSought(part) {
		return object.String(tells[0], field)
	}
	return cmp.Or(object.String(tells[0], field), object.String(tells[1], field))
}

// keyAWS says what access to a queue does not come to where a key of the platform's encrypts
// it: the key's own policy, or the identity's, decides on the key
// (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html).
func keyAWS(in In) []string {
	if in.Want.KMSKeyID == "" || len(in.Want.Grants) == 0 {
		return nil
	}
	return []string{"spec.queue.access opens the queue, and not its key " + in.Want.KMSKeyID + ", which has to let in whoever sends (kms:GenerateDataKey and " +
		"kms:Decrypt) and whoever receives (kms:Decrypt)"}
}

// keyGCP says who has to be let in by a key of the platform's. It is no principal of the
// claim's: Pub/Sub encrypts by an identity of its own
// (https://cloud.google.com/pubsub/docs/encryption).
func keyGCP(in In) []string {
	if in.Want.KMSKeyID == "" {
		return nil
	}
	agent := "service-" + cmp.Or(in.Want.ProjectNumber, "{project number}") + "@" + agents
	return []string{"the key " + in.Want.KMSKeyID + " has to let in " + agent + " (roles/cloudkms.cryptoKeyEncrypterDecrypter), by which Pub/Sub encrypts, " +
		"whoever access lets in"}
}
