package lifecycle

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// fullID is the least number of slashes in an id that ends in the name of its resource, such as
// projects/p/topics/name.
const fullID = 3

// IsOther reports whether what is observed of a part stands under another name than the part
// has now, or was told of a resource of another one: a provider leaves its last report in place
// until it has looked under the new name.
func (r *Resource) IsOther(part string) bool {
	named := r.named[part]
	if named == nil {
		return false
	}
	o, want := r.part(part), named(r.Name)
	asked, id := object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation), object.String(o, "status", "atProvider", "id")
	return asked != "" && !r.isCalled(asked, want) || strings.Count(id, "/") >= fullID && !r.isCalled(id, want)
}

// isCalled reports whether a name is the one that is wanted, or an id or a URL that ends in it.
func (r *Resource) isCalled(name, want string) bool {
	name = name[strings.LastIndex(name, "/")+1:]
	return name == want || r.Claim.Provider == cloud.Azure && strings.EqualFold(name, want)
}

// isUnseen reports whether nothing that is observed of a part tells of the resource that the
// part is to stand for: it was only looked at, as anybody's may be, or it has another name by
// now. Such a part is looked for first, and changed once its provider has told of it.
func (in In[S]) isUnseen(own Cloud[S], name string, p Part) bool {
	if in.adopted || name != Instance && !slices.Contains(own.With, name) {
		return false
	}
	o := in.Object(name)
	if managed.OnlyObserved(o) || in.IsOther(name) {
		return true
	}
	was := object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation)
	return p.Kind.Unfilled && p.Name != "" && was != "" && was != p.Name // the annotation is nobody's but ours
}
