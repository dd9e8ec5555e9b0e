// Package tofu is what types share on IBM Cloud. No maintained Crossplane provider makes
// resources there, so a Workspace of provider-opentofu runs a fixed module.
package tofu

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kind runs an OpenTofu module, as the CRD of provider-opentofu names it.
var Kind = managed.Kind{Group: "opentofu", Version: "v1beta1", Kind: "Workspace"}

// Workspace runs a module. The module's text is the same for every claim: what a claim
// says reaches it through varmap alone.
func Workspace(r lifecycle.Resource, module string, variables object.Map) lifecycle.Part {
	return lifecycle.Part{
		Kind: Kind, Name: state(r),
		Body: object.Map{"source": "Inline", "inlineFormat": "HCL", "module": module, "varmap": variables},
	}
}

// state names the OpenTofu state of a Workspace, which is what the Workspace's external
// name selects. Where a resource outlives its claim the state stays behind, and OpenTofu
// destroys what is in a state and not in the module. So looking at a resource and managing
// it have a state each, for each claim, apart from the state of the claim that made the
// resource.
func state(r lifecycle.Resource) string {
	if !r.Adopted() {
		return r.Name
	}
	use := "adopt"
	if r.Life == lifecycle.Looked {
		use = "observe"
	}
	return claim.Label(use+"-"+r.Name, r.Claim.Namespace+"/"+r.Claim.Name+"/"+r.Name)
}

// Inside is where a Workspace has what it says of its resource: in variables and outputs.
var Inside = lifecycle.At{Asked: []string{"varmap"}, Is: []string{"outputs"}}

// OutputTags is where a Workspace shows the tags of its resource, also those that others set.
var OutputTags = [][]string{{"outputs", "tags"}}

// At is where a Workspace has a field: as a variable, and as an output.
func At(variable string) lifecycle.At {
	return lifecycle.At{Asked: []string{"varmap", variable}, Is: []string{"outputs", variable}}
}

// IsStorage reports whether a Workspace is of object storage: by the bucket that it makes,
// or by the CRN of the one that it looks at.
func IsStorage(o *structpb.Struct) bool {
	variables := object.Struct(o, "spec", "forProvider", "varmap")
	return object.String(variables, "bucket_name") != "" || strings.Contains(object.String(variables, "crn"), ":cloud-object-storage:")
}

// Tags are the tags that an adopted resource has, as its provider reports them, or as they
// were composed last while it reports none. The provider detaches tags that are left out.
// Those that a later step writes, or that are nobody's any more, are not asked for here.
func Tags(l lifecycle.Live) any {
	tags := tagsOf(l)
	return slices.DeleteFunc(tags, func(tag string) bool {
		key, _, _ := strings.Cut(tag, ":")
		return !l.IsOthers(key)
	})
}

func tagsOf(l lifecycle.Live) []string {
	for _, path := range [][]string{{"status", "atProvider", "outputs", "tags"}, {"spec", "forProvider", "varmap", "tags"}} {
		if tags := lifecycle.Strings(l.Main(), path...); len(tags) > 0 {
			return tags
		}
	}
	return []string{}
}
