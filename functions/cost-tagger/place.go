package costtagger

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A place is an object on the way to a field, with what is observed there.
type place struct {
	desired      *structpb.Struct
	spec, status *structpb.Struct // of forProvider and atProvider; nil where nothing is
}

// A search is the way to one field of one resource.
type search struct {
	*tagger
	resource string
	field    *field
	encoded  *encoded
	exists   bool // the resource is observed
	listed   bool // objects of this version are lists of one
}

// tagFields writes to every field that the table has for a kind.
func (t *tagger) tagFields(name string, o *structpb.Struct, observed *fnv1.Resource, w *way) outcome {
	forProvider := object.Ensure(o, "spec", "forProvider")
	if forProvider == nil {
		return t.fail(name, "spec", "forProvider")
	}
	at := place{desired: forProvider}
	if observed != nil {
		at.spec = object.Struct(observed.GetResource(), "spec", "forProvider")
		at.status = object.Struct(observed.GetResource(), "status", "atProvider")
	}
	result := noField
	for _, f := range w.fields {
		if f.beside != "" && has(f.beside, at.desired, at.spec) {
			continue
		}
		s := search{tagger: t, resource: name, field: f, encoded: t.encoded(w.cloud), exists: observed != nil, listed: managed.ListsOfOne(o)}
		result = max(result, s.find(at, 0))
	}
	return result
}

func has(key string, objects ...*structpb.Struct) bool {
	for _, o := range objects {
		if _, ok := present(o, key); ok {
			return true
		}
	}
	return false
}

// find goes down to the field and writes it. A list on the way is walked: whether
// a step is an object, a list of one or a list of many differs by version.
func (s *search) find(at place, depth int) outcome {
	key := s.field.path[depth]
	if depth == len(s.field.path)-1 {
		return s.write(at, key)
	}
	v, ok := present(at.desired, key)
	if !ok {
		if !s.field.create {
			return noField
		}
		made := &structpb.Struct{Fields: map[string]*structpb.Value{}}
		v = structpb.NewStructValue(made)
		if s.listed {
			v = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{v}})
		}
		at.desired.Fields[key] = v
	}
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		return s.find(at.below(k.StructValue, key, 0), depth+1)
	case *structpb.Value_ListValue:
		result := noField
		for i, item := range k.ListValue.GetValues() {
			if item.GetStructValue() == nil {
				return s.failed(depth)
			}
			result = max(result, s.find(at.below(item.GetStructValue(), key, i), depth+1))
		}
		return result
	default:
		return s.failed(depth)
	}
}

func (s *search) failed(depth int) outcome {
	return s.fail(s.resource, append([]string{"spec", "forProvider"}, s.field.path[:depth+1]...)...)
}

// below is the place one step down, with what is observed at it.
func (p place) below(desired *structpb.Struct, key string, item int) place {
	if desired.Fields == nil {
		desired.Fields = map[string]*structpb.Value{}
	}
	return place{desired, step(p.spec, key, item), step(p.status, key, item)}
}

func step(s *structpb.Struct, key string, item int) *structpb.Struct {
	v := s.GetFields()[key]
	if items := v.GetListValue().GetValues(); item < len(items) {
		return items[item].GetStructValue()
	}
	return v.GetStructValue()
}

// write puts the tags into a field, over or beside what stands there.
func (s *search) write(at place, key string) outcome {
	here, ok := present(at.desired, key)
	if s.field.there && !ok {
		return noField
	}
	form := formOf(s.field.pair)
	if s.field.once && s.exists {
		// It cannot change any more: what the resource has is all it will have.
		return s.keep(form, at, key, at.spec.GetFields()[key], func(string) bool { return true })
	}
	if !ok {
		at.desired.Fields[key] = s.encoded.fresh(form).value
	} else if !s.encoded.merge(s.tagger, form, here) {
		return s.failed(len(s.field.path) - 1)
	}
	if len(s.in.ignore) > 0 {
		return s.keep(form, at, key, at.status.GetFields()[key], s.in.ignores)
	}
	return written
}

// keep adds to a field what the live resource has under the keys that are meant,
// and that is not desired otherwise.
func (s *search) keep(f form, at place, key string, live *structpb.Value, meant func(string) bool) outcome {
	here := f.entries(at.desired.GetFields()[key])
	all, desired := here, make(map[string]bool, len(here))
	for _, e := range here {
		desired[e.key] = true
	}
	for _, e := range f.entries(live) {
		if meant(e.key) && !desired[e.key] {
			all = append(all, e)
		}
	}
	if len(all) == 0 {
		return noField
	}
	if len(all) > len(here) {
		at.desired.Fields[key] = f.build(s.encoded.cut(s.tagger, all))
	}
	return written
}

// ignores says whether a foreign tag of that key stays on a live resource.
func (in *input) ignores(key string) bool {
	for _, k := range in.ignore {
		if start, ok := strings.CutSuffix(k, "*"); ok && strings.HasPrefix(key, start) || k == key {
			return true
		}
	}
	return false
}
