package costtagger

import (
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A way is how the tags of one resource are written: to the fields of the table, or to one
// field by its whole path.
type way struct {
	cloud  cloudID
	fields []*field
	path   []string
	form   form
}

// main is the field that says best what the cloud has: its path below spec.forProvider or
// status.atProvider, and its form. Of the table's it is the shortest, which is the
// resource's own.
func (w *way) main() ([]string, form) {
	if len(w.path) > 0 {
		return w.path[min(2, len(w.path)):], w.form
	}
	best := w.fields[0]
	for _, f := range w.fields {
		if len(f.path) < len(best.path) {
			best = f
		}
	}
	return best.path, formOf(best.pair)
}

// isManaged reports whether the way is of a managed resource. A nested composite has policies
// only where its author gave them a meaning, and what it composes is judged there.
func (w *way) isManaged() bool {
	return len(w.fields) > 0 || len(w.path) > 1 && w.path[1] == "forProvider"
}

// take writes the tags of one resource where they reach the cloud, and where they will once
// its provider may update it; where it is never changed, nothing is written.
func (t *tagger) take(name string, o *structpb.Struct, seen *fnv1.Resource, w *way) outcome {
	r := reaches
	if w.isManaged() {
		r = reachOf(o, seen.GetResource())
	}
	if w.isManaged() && managed.OnlyObserved(o) {
		t.judge(name, r, w, seen.GetResource())
		return withheldTags
	}
	var before []entry
	if t.isTakenOver(o) {
		path, f := w.main()
		before = f.entries(object.Get(o, append([]string{"spec", "forProvider"}, path...)...))
	}
	var result outcome
	if len(w.fields) > 0 {
		t.specify(o, seen)
		result = t.tagFields(name, o, seen, w)
	} else {
		result = t.write(name, o, w.path, w.cloud, w.form)
	}
	if result == written && t.isTakenOver(o) {
		t.record(o, seen.GetResource(), w, before)
	}
	if result != written || r == reaches || t.judge(name, r, w, seen.GetResource()) {
		t.passOn(o, seen.GetResource())
		return result
	}
	return withheldTags
}
