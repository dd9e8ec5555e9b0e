package managed

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ListsOfOne reports whether a managed resource has the version of its kind in which objects
// below spec.forProvider are lists of one, as Terraform has them: v1beta1 of cluster-scoped
// kinds, which is still served beside the versions with objects, and never a namespaced one.
// A Workspace of OpenTofu is of no provider of Upjet's. It is a guess by the version, for
// where an object has to be made and nothing that is there shows the form.
func ListsOfOne(o *structpb.Struct) bool {
	group, version, _ := strings.Cut(object.String(o, "apiVersion"), "/")
	return version == "v1beta1" && strings.HasSuffix(group, ".upbound.io") && !strings.HasSuffix(group, ".m.upbound.io") &&
		!strings.HasPrefix(group, "opentofu.")
}
