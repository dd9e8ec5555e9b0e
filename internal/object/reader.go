package object

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// maxEntries of an object or a list that a person wrote. More is a mistake, or meant
// to keep a function busy.
const maxEntries = 500

// A Reader takes typed fields out of an object that a person wrote. What does not
// fit is kept as an error of one sentence with its path, its value and what is
// allowed, and reads as the zero value. Fields that were never asked for are unknown,
// and refused by Done.
type Reader struct {
	path  string
	s     *structpb.Struct
	known map[string]bool // by name, and whether an error suggests the field
	other []elsewhere
	found *mistakes
}

// Read starts to read an object whose own path is given, such as "spec".
func Read(s *structpb.Struct, path string) *Reader {
	return newReader(s, path, &mistakes{})
}

func newReader(s *structpb.Struct, path string, found *mistakes) *Reader {
	return &Reader{path: path, s: s, known: map[string]bool{}, found: found}
}

// Err returns what did not fit, in this object and in all that are read out of the
// same document.
func (r *Reader) Err() error { return r.found.err() }

// Path returns the path of a field of the object.
func (r *Reader) Path(key string) string {
	if r.path == "" {
		return key
	}
	return r.path + "." + key
}

// inside is the path of a field within its document: the path without the document's own
// name, such as "settings platform: ", which the sentence has said already.
func (r *Reader) inside(key string) string {
	path := r.Path(key)
	if _, within, named := strings.Cut(path, ": "); named {
		return within
	}
	return path
}

// Failf keeps an error of the author's, unless the field has one already.
func (r *Reader) Failf(key, format string, args ...any) {
	r.found.add(wrong, r.Path(key), fmt.Sprintf(format, args...))
}

// Missingf keeps an error about a field that is not there. Beside an unknown field it is
// not told.
func (r *Reader) Missingf(key, format string, args ...any) {
	r.found.add(missing, r.Path(key), "is missing; "+fmt.Sprintf(format, args...))
}

// Misplacedf keeps an error about a field that should not be where it is. It is told
// first, and what is missing is not told beside it.
func (r *Reader) Misplacedf(key, format string, args ...any) {
	r.found.add(unknown, r.Path(key), fmt.Sprintf(format, args...))
}

// elsewhere are fields that belong to another object.
type elsewhere struct {
	object string
	fields []string
}

// Elsewhere names fields that belong to another object, for those who write them here.
// Of a field that several have the first object is told.
func (r *Reader) Elsewhere(object string, fields ...string) {
	r.other = append(r.other, elsewhere{object, fields})
}

func (r *Reader) belongs(key string) (object string) {
	for _, o := range r.other {
		if slices.Contains(o.fields, key) {
			return o.object
		}
	}
	return ""
}

// Has says whether the object has the field, with a value that is not null.
func (r *Reader) Has(key string) bool {
	v, ok := r.s.GetFields()[key]
	return ok && !isNull(v)
}

// IsObject reports whether a field holds an object, of one that may hold something else.
func (r *Reader) IsObject(key string) bool { return r.s.GetFields()[key].GetStructValue() != nil }

// IsList reports whether a field is a list.
func (r *Reader) IsList(key string) bool { return r.s.GetFields()[key].GetListValue() != nil }

// Keys returns the object's keys in order.
func (r *Reader) Keys() []string {
	keys := make([]string, 0, len(r.s.GetFields()))
	for k := range r.s.GetFields() {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Ignore lets fields pass that somebody else reads, and that no error suggests.
func (r *Reader) Ignore(keys ...string) {
	for _, k := range keys {
		r.known[k] = false
	}
}

// Done refuses the fields that nobody asked for.
func (r *Reader) Done() {
	listed := false
	for _, k := range r.Keys() {
		if _, ok := r.known[k]; ok {
			continue
		}
		if r.found.full(unknown) {
			return
		}
		near, object := Nearest(k, r.suggested()), r.belongs(k)
		switch {
		case object != "":
			r.Misplacedf(k, "unknown field; it belongs under %s", object)
		case near != "":
			r.Misplacedf(k, "unknown field; did you mean %s?", r.inside(near))
		case listed:
			r.Misplacedf(k, "unknown field")
		default:
			r.Misplacedf(k, "unknown field; the fields here are %s", strings.Join(r.suggested(), ", "))
			listed = true
		}
	}
}

// suggested are the fields of the object that an error may suggest, in order.
func (r *Reader) suggested() []string {
	names := make([]string, 0, len(r.known))
	for k, mine := range r.known {
		if mine {
			names = append(names, k)
		}
	}
	slices.Sort(names)
	return names
}

func (r *Reader) take(key string) *structpb.Value {
	r.known[key] = true
	if !r.Has(key) {
		return nil
	}
	return r.s.GetFields()[key]
}
