package lifecycle

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// copyAsFound leaves an adopted resource as it is in the fields of AsFound, and in its size
// while it keeps that: what the cloud reports is asked for, and what it does not report is
// left out. The fields of Left are left out in any case.
func (r *Resource) copyAsFound(o *structpb.Struct) {
	fields := r.table.AsFound
	if r.KeepsSize() {
		fields = slices.Concat(fields, r.table.Sizes)
	}
	there := r.Body()
	for _, field := range fields {
		path := strings.Split(field, ".")
		if v := unowned(object.Get(there, path...)); IsSaid(v) {
			object.Set(o, v, append([]string{"spec", "forProvider"}, path...)...)
			continue
		}
		leaveOut(o, path)
	}
	for _, field := range r.table.Left {
		leaveOut(o, strings.Split(field, "."))
	}
}

// leaveOut takes a field off what is asked for.
func leaveOut(o *structpb.Struct, path []string) {
	last := len(path) - 1
	if parent := object.Struct(o, append([]string{"spec", "forProvider"}, path[:last]...)...); parent != nil {
		delete(parent.GetFields(), path[last])
	}
}

// unowned is a value without the tags by which a provider of Crossplane marks a resource as
// that of its managed resource: those of an earlier one are no tags of anybody any more, and
// where the provider writes its own, the two would write over each other for ever.
func unowned(v *structpb.Value) *structpb.Value {
	fields := v.GetStructValue().GetFields()
	if !slices.ContainsFunc(costtag.Owned, func(key string) bool { return fields[key] != nil }) {
		return v
	}
	out := &structpb.Struct{Fields: make(map[string]*structpb.Value, len(fields))}
	for key, tag := range fields {
		if !costtag.IsOwned(key) {
			out.Fields[key] = tag
		}
	}
	return structpb.NewStructValue(out)
}
