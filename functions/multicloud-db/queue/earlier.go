package queue

import "github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"

// earlier says of a queue that a claim has found again that it knows of no right but those of its
// own entries. A managed resource stands for one right, which it names: none tells which there
// are. On AWS they are in the queue's policy, which is written anew.
func earlier(in In) []string {
	if in.Life != lifecycle.Found {
		return nil
	}
	return []string{"it was there before this claim, and whoever an earlier claim let in is let in still: take away at the cloud what " +
		"spec.queue.access does not say"}
}
