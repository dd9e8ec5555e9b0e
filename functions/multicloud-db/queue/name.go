package queue

import (
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// nameOf is the external name of a new queue. Azure's is its own namespace's as well, which is
// unique worldwide. A namespace that is there before its queue has the name already.
func nameOf(call lifecycle.Call) (string, error) {
	name := call.Claim.External()
	if call.Claim.Provider != cloud.Azure {
		return name, nil
	}
	space := call.Parts[partNamespace].Object
	if !managed.Exists(space) {
		return call.Unique(maxNamespace)
	}
	live := object.String(space, "metadata", "annotations", managed.ExternalNameAnnotation)
	asked := object.String(call.Parts[lifecycle.Instance].Object, "metadata", "annotations", managed.ExternalNameAnnotation)
	for _, was := range []string{asked, name} {
		if was != "" && namespaceName(was) == live {
			return was, nil
		}
	}
	return live, nil
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
