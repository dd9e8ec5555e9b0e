package costtagger

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// isTakenOver reports whether a resource was there before the claim that manages it:
// function-multicloud-db asks for the tags that it has, those of the last time with them.
func (t *tagger) isTakenOver(o *structpb.Struct) bool {
	return t.labels != nil && object.String(o, "metadata", "annotations", annotationAdopt) == adoptManage
}

// record notes on a resource that was taken over which of its tags are written here, so that
// the step before can tell them from others' tags once nothing asks for them. A key of the last
// time is noted until the cloud reports it no more, since the provider is slower than this.
func (t *tagger) record(o, live *structpb.Struct, w *way, before []entry) {
	path, f := w.main()
	asked := f.entries(object.Get(o, append([]string{"spec", "forProvider"}, path...)...))
	e := t.encoded(w.cloud)
	isIn := func(all []entry, key string) bool {
		return slices.ContainsFunc(all, func(x entry) bool { return e.cloud.same(x.key) == e.cloud.same(key) })
	}
	var keys []string
	for _, mine := range e.tags {
		if isIn(asked, mine.key) && (!mine.retain || !isIn(before, mine.key)) {
			keys = append(keys, mine.key)
		}
	}
	there, told := w.there(live)
	for _, key := range costtag.Keys(live) {
		if !isIn(asked, key) && (!told || isIn(f.entries(there), key)) {
			keys = append(keys, key)
		}
	}
	object.Set(o, costtag.Record(keys), "metadata", "annotations", costtag.KeysAnnotation)
}

// there are the tags that the provider reports, and whether it tells: of a Workspace, which has
// no field for them in its status, what its module puts out.
func (w *way) there(live *structpb.Struct) (*structpb.Value, bool) {
	path, _ := w.main()
	at := object.Struct(live, "status", "atProvider")
	if workspaces[groupOf(object.String(live, "apiVersion"))] {
		at, path = object.Struct(at, "outputs"), path[len(path)-1:]
	}
	return reported(at, path)
}
