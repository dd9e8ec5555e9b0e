package lifecycle

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// copyAsFound leaves an adopted resource as it is in the fields of AsFound, and in its size
// while it keeps that: what the cloud reports is asked for, as follow has it, and what it does not
// report is left out. The fields of Left are left out in any case.
func (r *Resource) copyAsFound(o *structpb.Struct) {
	fields := r.table.AsFound
	if r.KeepsSize() {
		fields = slices.Concat(fields, r.table.Sizes)
	}
	asked, there := object.Struct(r.Main(), "spec", "forProvider"), r.Body()
	for _, field := range fields {
		path := strings.Split(field, ".")
		put(o, path, r.follow(field, object.Get(asked, path...), object.Get(there, path...)))
	}
	if r.table.TagsAt != "" {
		path := strings.Split(r.table.TagsAt, ".")
		put(o, path, r.tagsOfOthers(object.Struct(asked, path...), object.Struct(there, path...)))
	}
	for _, field := range r.table.Left {
		leaveOut(o, strings.Split(field, "."))
	}
}

// put asks for a value, or leaves a field out that has none.
func put(o *structpb.Struct, path []string, v *structpb.Value) {
	if IsSaid(v) {
		object.Set(o, v, append([]string{"spec", "forProvider"}, path...)...)
		return
	}
	leaveOut(o, path)
}

// leaveOut takes a field off what is asked for.
func leaveOut(o *structpb.Struct, path []string) {
	last := len(path) - 1
	if parent := object.Struct(o, append([]string{"spec", "forProvider"}, path[:last]...)...); parent != nil {
		delete(parent.GetFields(), path[last])
	}
}

// tagsOfOthers are those of the tags that were asked for, and that the cloud reports, which stay,
// whatever the claim says.
func (r *Resource) tagsOfOthers(asked, is *structpb.Struct) *structpb.Value {
	out := &structpb.Struct{Fields: map[string]*structpb.Value{}}
	for _, key := range keysOf(asked, is) {
		if !r.IsOthers(key) {
			continue
		}
		if value, there := r.keptTag(key, asked, is); there {
			out.Fields[key] = structpb.NewStringValue(value)
		}
	}
	return structpb.NewStructValue(out)
}

// IsOthers reports whether a tag of a resource that was taken over is somebody else's, and so
// stays. A later step's own are known by their record: asked for as they were found, a tag would
// outlive the label that it is of. Those by which a provider of Crossplane marks a resource as
// that of its managed resource are nobody's once that is another one, and where the provider
// writes its own, the two would write over each other for ever.
func (l Live) IsOthers(key string) bool {
	return !costtag.IsOwned(key) && !costtag.IsAmong(l.Claim.Provider, costtag.Keys(l.Main()), key)
}
