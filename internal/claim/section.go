package claim

import (
	"reflect"
	"strings"

	"github.com/victor-onl/crossplane-resources/apis/v1alpha1"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The types of a claim. A claim that does not say is about a database.
const (
	TypeDatabase = "database"
	TypeBucket   = "bucket"
	TypeCache    = "cache"
	TypeQueue    = "queue"
	TypeCluster  = "cluster"
)

// Types are all of them, in the order that errors list them. What belongs to one type
// alone stands in the section of the spec that has its name.
var Types = []string{TypeDatabase, TypeBucket, TypeCache, TypeQueue, TypeCluster}

// Sized reports whether a type has a size on some cloud, so that the sizer looks for what
// it sizes.
func Sized(name string) bool { return name != TypeBucket }

// NeedsProfile reports whether a claim of a type has to say a profile. A queue has a size on
// some clouds only, and a smallest one there.
func NeedsProfile(name string) bool { return name != TypeBucket && name != TypeQueue }

// Fields of the spec and of each type's section, as the API has them.
var (
	specFields    = fields(reflect.TypeFor[v1alpha1.ResourceSpec]())
	sectionFields = map[string][]string{
		TypeDatabase: fields(reflect.TypeFor[v1alpha1.Database]()),
		TypeBucket:   fields(reflect.TypeFor[v1alpha1.Bucket]()),
		TypeCache:    fields(reflect.TypeFor[v1alpha1.Cache]()),
		TypeQueue:    fields(reflect.TypeFor[v1alpha1.Queue]()),
		TypeCluster:  fields(reflect.TypeFor[v1alpha1.Cluster]()),
	}
)

func fields(t reflect.Type) []string {
	names := make([]string, 0, t.NumField())
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// Section reads what the claim says of its own type; whoever composes the type decodes
// it. Its mistakes are told with those of the rest of the claim. A section of another
// type is one.
func (c *Claim) Section() *object.Reader {
	for _, other := range Types {
		if other != c.Type && c.spec.Has(other) {
			c.spec.Misplacedf(other, "belongs to type %s, and spec.type is %q; set spec.type: %s, or take spec.%s out", other, c.Type, other, other)
		}
	}
	section := c.spec.Object(c.Type)
	section.Elsewhere("spec", specFields...)
	return section
}
