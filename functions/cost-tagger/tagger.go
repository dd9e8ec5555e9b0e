package main

import (
	"maps"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// An encoded set of tags is made once for each cloud that a call meets. Its
// values are shared by all resources: nothing ever changes a value, only replaces
// it.
type encoded struct {
	tags map[string]*structpb.Value
	own  map[string]bool
}

// A tagger tags the resources of one call, and keeps what there is to report.
type tagger struct {
	tags                []tag
	clouds              [cloudCount]*encoded
	labels, annotations map[string]*structpb.Value

	tagged   int
	untagged map[string]bool   // kinds
	adjusted map[string]bool   // sentences
	failed   map[string]string // path that holds no object, by resource
}

func newTagger(c *claim.Claim, settings map[string]string) *tagger {
	t := &tagger{untagged: map[string]bool{}, adjusted: map[string]bool{}, failed: map[string]string{}}
	var notes []string
	t.tags, notes = logical(c, settings)
	t.adjust(notes)
	t.labels, t.annotations = metadata(c)
	return t
}

func (t *tagger) adjust(notes []string) {
	for _, n := range notes {
		t.adjusted[n] = true
	}
}

// tag edits one desired resource in place. Whatever is wrong with it, it stays.
func (t *tagger) tag(name string, o *structpb.Struct) {
	if o == nil {
		t.failed[name] = "resource"
		return
	}
	t.mark(name, o, t.labels, "metadata", "labels")
	t.mark(name, o, t.annotations, "metadata", "annotations")

	kind, group := object.String(o, "kind"), groupOf(object.String(o, "apiVersion"))
	f, ok := fieldOf(group, kind)
	if !ok {
		if !native(group) {
			t.untagged[kind] = true
		}
		return
	}
	e := t.encoded(f.cloud)
	if !t.mark(name, o, e.tags, f.path...) {
		return
	}
	t.tagged++
	if here := object.Struct(o, f.path...); len(here.GetFields()) > clouds[f.cloud].most {
		t.drop(clouds[f.cloud], e, here)
	}
}

// mark puts values into the object at the path, over what stands there.
func (t *tagger) mark(name string, o *structpb.Struct, values map[string]*structpb.Value, path ...string) bool {
	last := len(path) - 1
	parent := object.Ensure(o, path[:last]...)
	if parent == nil {
		t.failed[name] = strings.Join(path, ".")
		return false
	}
	v, ok := parent.GetFields()[path[last]]
	if !ok {
		parent.Fields[path[last]] = structpb.NewStructValue(&structpb.Struct{Fields: maps.Clone(values)})
		return true
	}
	s := v.GetStructValue()
	if s == nil {
		t.failed[name] = strings.Join(path, ".")
		return false
	}
	if s.GetFields() == nil {
		s.Fields = maps.Clone(values)
		return true
	}
	maps.Copy(s.GetFields(), values)
	return true
}

func (t *tagger) encoded(id cloudID) *encoded {
	if t.clouds[id] == nil {
		tags, notes := clouds[id].encode(t.tags)
		t.adjust(notes)
		e := &encoded{tags: make(map[string]*structpb.Value, len(tags)), own: map[string]bool{}}
		for _, tag := range tags {
			e.tags[tag.key] = structpb.NewStringValue(tag.value)
			e.own[tag.key] = tag.own
		}
		t.clouds[id] = e
	}
	return t.clouds[id]
}

// drop takes off what is more than the cloud's limit.
func (t *tagger) drop(c cloud, e *encoded, here *structpb.Struct) {
	keys := make([]string, 0, len(here.GetFields()))
	for k := range here.GetFields() {
		keys = append(keys, k)
	}
	for _, k := range excess(keys, func(k string) bool { return e.own[k] }, c.most) {
		delete(here.GetFields(), k)
		t.adjusted[c.tooMany(k)] = true
	}
}
