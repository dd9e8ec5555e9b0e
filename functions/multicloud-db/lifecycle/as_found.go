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
	if r.table.TagsAt != "" {
		fields = slices.Concat(fields, []string{r.table.TagsAt})
	}
	there := r.Body()
	for _, field := range fields {
		path := strings.Split(field, ".")
		v := object.Get(there, path...)
		if field == r.table.TagsAt {
			v = r.tagsOfOthers(v)
		}
		if IsSaid(v) {
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

// tagsOfOthers are those of the tags that the cloud reports which stay, whatever the claim says.
func (r *Resource) tagsOfOthers(v *structpb.Value) *structpb.Value {
	out := &structpb.Struct{Fields: map[string]*structpb.Value{}}
	for key, tag := range v.GetStructValue().GetFields() {
		if r.IsOthers(key) {
			out.Fields[key] = tag
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
