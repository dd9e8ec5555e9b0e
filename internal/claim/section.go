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
)

// Types are all of them, in the order that errors list them. What belongs to one type
// alone stands in the section of the spec that has its name.
var Types = []string{TypeDatabase, TypeBucket, TypeCache}

// Sized reports whether a type has a size on some cloud, so that a claim of it needs a
// profile, and the sizer looks for what it sizes.
func Sized(name string) bool { return name != TypeBucket }

// Fields of the spec and of each type's section, as the API has them.
var (
	specFields    = fields(reflect.TypeFor[v1alpha1.ResourceSpec]())
	sectionFields = map[string][]string{
		TypeDatabase: fields(reflect.TypeFor[v1alpha1.Database]()),
		TypeBucket:   fields(reflect.TypeFor[v1alpha1.Bucket]()),
		TypeCache:    fields(reflect.TypeFor[v1alpha1.Cache]()),
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
