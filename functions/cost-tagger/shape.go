package costtagger

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A target is the field of a kind that its schema says holds tags.
type target struct {
	path      []string // nil where the kind has none
	cloud     cloudID
	form      form
	strings   bool   // a list of strings, whose form the schema does not say
	unwritten string // what the field is, where nothing is written there
}

// pairs are the names that providers give to the key and the value of a tag in a list of
// objects, and a flag that has to be true. Most of crossplane-contrib/provider-aws has the
// first, some of its kinds the third, and APIs in upper camel case the second.
var pairs = []pair{
	{"key", "value", "propagateAtLaunch"},
	{"Key", "Value", "PropagateAtLaunch"},
	{"tagKey", "tagValue", ""},
	{"TagKey", "TagValue", ""},
	{"name", "value", ""},
	{"keyName", "value", ""},
}

// What a field for tags is that is not written.
const (
	anyShape   = "of any shape"
	listShape  = "a list"
	fixedShape = "an object with fields of its own"
	otherShape = "neither a map nor a list"
)

// shapeOf reads how a field holds tags from its schema.
func (t *target) shapeOf(schema *structpb.Struct) {
	items := object.Struct(schema, "items")
	switch {
	case items != nil:
		t.listOf(items)
	case holdsStrings(schema):
	case object.Struct(schema, "properties") != nil:
		t.unwritten = fixedShape
	case open(schema) && object.String(schema, "type") == "object":
	case open(schema):
		t.unwritten = anyShape
	default:
		t.unwritten = otherShape
	}
}

// listOf reads the items of a list: strings, or objects with a key and a value, which have
// no other field that has to be there.
func (t *target) listOf(items *structpb.Struct) {
	if object.String(items, "type") == typeString {
		t.strings = true
		return
	}
	t.unwritten = listShape
	properties := object.Struct(items, "properties")
	for _, p := range pairs {
		if !isType(properties, p.key, typeString) || !isType(properties, p.value, typeString) {
			continue
		}
		if p.flag != "" && !isType(properties, p.flag, "boolean") {
			p.flag = ""
		}
		needs := func(v *structpb.Value) bool {
			return !slices.Contains([]string{p.key, p.value, p.flag}, v.GetStringValue())
		}
		if !slices.ContainsFunc(object.Get(items, "required").GetListValue().GetValues(), needs) {
			t.form, t.unwritten = form{pair: p}, ""
		}
		return
	}
}

// settle decides how a list of strings holds tags: as IBM Cloud's do, else as those that a
// step before has put there, which all have the same sign.
func (t *target) settle(o *structpb.Struct) {
	if !t.strings || t.unwritten != "" {
		return
	}
	if t.cloud == idIBM {
		t.form.between = colon
		return
	}
	here := object.Get(o, t.path...)
	for _, sign := range []string{equals, colon} {
		f := form{between: sign}
		lacks := func(e entry) bool { return e.key == "" || e.value.GetStringValue() == e.key }
		if there := f.entries(here); len(there) > 0 && !slices.ContainsFunc(there, lacks) {
			t.form = f
			return
		}
	}
	t.unwritten = "a list of strings"
}

const typeString = "string"

func isType(properties *structpb.Struct, name, want string) bool {
	return object.String(properties, name, "type") == want
}

// holdsStrings reports whether a schema is of a map of strings.
func holdsStrings(schema *structpb.Struct) bool {
	return object.String(schema, "additionalProperties", "type") == typeString
}

// open reports whether a schema lets anything in.
func open(schema *structpb.Struct) bool {
	unknown, _ := object.Bool(schema, "x-kubernetes-preserve-unknown-fields")
	additional, _ := object.Bool(schema, "additionalProperties")
	return unknown || additional
}
