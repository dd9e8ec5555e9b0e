package queue

import (
	"cmp"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// nameOf is the external name of a new queue. Azure's is its own namespace's as well, which is
// unique worldwide. A namespace that this claim made before its queue has the name already, by
// whatever salt; one of another name is none of this claim's.
func nameOf(call lifecycle.Call) (string, error) {
	name := call.Claim.External()
	if call.Claim.Provider != cloud.Azure {
		return name, nil
	}
	space, main := call.Parts[partNamespace].Object, call.Parts[lifecycle.Instance].Object
	live := spaceMade(space)
	if live == "" {
		return call.Unique(maxNamespace)
	}
	if !managed.OnlyObserved(main) && namespaceName(externalName(main)) == live {
		return externalName(main), nil
	}
	switch {
	case namespaceName(name) == live:
		return name, nil
	case call.Claim.IsUnique(live, maxNamespace):
		return live, nil
	}
	return call.Unique(maxNamespace)
}

// spaceMade is the name of a namespace that was asked for by the claim, or "" of one that was
// never more than looked at: a claim may look at anybody's, and be put right after.
func spaceMade(space *structpb.Struct) string {
	if !managed.Exists(space) || managed.OnlyObserved(space) && !lifecycle.WasCreated(space) {
		return ""
	}
	return cmp.Or(externalName(space), spaceIn(object.String(space, "status", "atProvider", "id")))
}

// maxNamespace is the length, in characters, of a namespace's name, which ends in neither of
// these words (internal/services/servicebus/validate of terraform-provider-azurerm).
const maxNamespace = 50

var reservedEnds = []string{"-sb", "-mgmt"}

// namespaceName is the name of a queue's own namespace: the queue's, but where Azure takes
// none like that.
func namespaceName(name string) string {
	for _, end := range reservedEnds {
		if strings.HasSuffix(name, end) {
			return claim.Shorten(name, name, maxNamespace)
		}
	}
	if len(name) > maxNamespace {
		return claim.Shorten(name, name, maxNamespace)
	}
	return name
}
