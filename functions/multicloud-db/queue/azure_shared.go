package queue

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
)

// unprovenAzure is of a queue in a namespace of the platform's, beside what no claim may take
// over: queues have no tags, and those of the namespace tell nothing of them.
func unprovenAzure(in Held) string {
	if why := unfitFound(unfitAzure)(in); why != "" || !isShared(in) {
		return why
	}
	space := spaceIn(in.Want.NamespaceID)
	return fmt.Sprintf("a queue in the shared namespace %s has no tags that would tell whose it is; to have it, delete this claim, which leaves the queue, and "+
		"make it again with spec.externalName: %s/%s and spec.adopt: Manage, as far as settings policy.adoptNames allow that name", space, space, in.Name)
}

// sharesAzure reports whether a queue that was there before its claim stands in a namespace
// of the platform's, be it that of another region.
func sharesAzure(l lifecycle.Live) bool {
	space, _, _ := strings.Cut(l.Claim.ExternalName, "/")
	for _, region := range l.Provider().Regions {
		if space != "" && strings.EqualFold(spaceIn(region.Queue.NamespaceID), space) {
			return true
		}
	}
	return false
}

// spaceIn is the name of a namespace in its id, or "".
func spaceIn(id string) string { return id[strings.LastIndex(id, "/")+1:] }
