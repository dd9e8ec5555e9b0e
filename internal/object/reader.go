package object

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/structpb"
)

// maxEntries of an object or a list that a person wrote. More is a mistake, or meant
// to keep a function busy.
const maxEntries = 500

// A Reader takes typed fields out of an object that a person wrote. The first
// field that does not fit is kept as an error of one sentence with its path, its
// value and what is allowed; after it every read gives the zero value. Fields
// that were never asked for are unknown, and refused by Done.
type Reader struct {
	path  string
	s     *structpb.Struct
	known map[string]bool
	err   *error
}

// Read starts to read an object whose own path is given, such as "spec".
func Read(s *structpb.Struct, path string) *Reader {
	return &Reader{path: path, s: s, known: map[string]bool{}, err: new(error)}
}

// Err returns the first thing that did not fit.
func (r *Reader) Err() error { return *r.err }

// Path returns the path of a field of the object.
func (r *Reader) Path(key string) string {
	if r.path == "" {
		return key
	}
	return r.path + "." + key
}

// Failf keeps an error of the author's, unless there is one already.
func (r *Reader) Failf(key, format string, args ...any) {
	if *r.err == nil {
		*r.err = fmt.Errorf("%s: %s", r.Path(key), fmt.Sprintf(format, args...))
	}
}

// Has says whether the object has the field, with a value that is not null.
func (r *Reader) Has(key string) bool {
	v, ok := r.s.GetFields()[key]
	if !ok {
		return false
	}
	_, null := v.GetKind().(*structpb.Value_NullValue)
	return !null
}

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
	for _, k := range r.Keys() {
		if _, ok := r.known[k]; !ok {
			r.Failf(k, "unknown field; the fields here are %s", r.names())
			return
		}
	}
}

func (r *Reader) names() string {
	names := make([]string, 0, len(r.known))
	for k, mine := range r.known {
		if mine {
			names = append(names, k)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (r *Reader) take(key string) *structpb.Value {
	r.known[key] = true
	if *r.err != nil || !r.Has(key) {
		return nil
	}
	return r.s.GetFields()[key]
}

// Object reads a nested object. A missing one reads as an empty one.
func (r *Reader) Object(key string) *Reader {
	child := &Reader{path: r.Path(key), known: map[string]bool{}, err: r.err}
	if v := r.take(key); v != nil {
		switch child.s = v.GetStructValue(); {
		case child.s == nil:
			r.Failf(key, "%s is no object", Show(v))
		case r.tooMany(key, len(child.s.GetFields())):
			child.s = nil
		}
	}
	return child
}

func (r *Reader) tooMany(key string, entries int) bool {
	if entries > maxEntries {
		r.Failf(key, "%d entries are too many; allowed are at most %d", entries, maxEntries)
	}
	return entries > maxEntries
}

// String reads an optional string.
func (r *Reader) String(key string) string {
	v := r.take(key)
	if v == nil {
		return ""
	}
	s, ok := v.GetKind().(*structpb.Value_StringValue)
	if !ok {
		r.Failf(key, "%s is no string; put it in quotes", Show(v))
		return ""
	}
	return s.StringValue
}

// Short reads an optional string of at most so many characters.
func (r *Reader) Short(key string, most int) string {
	s := r.String(key)
	if n := utf8.RuneCountInString(s); n > most {
		r.Failf(key, "%s has %d characters; allowed are at most %d", quote(s), n, most)
	}
	return s
}

// Match reads an optional string of a certain form.
func (r *Reader) Match(key string, form *regexp.Regexp, allowed string) string {
	s := r.String(key)
	if s != "" && !form.MatchString(s) {
		r.Failf(key, "%s is not allowed; allowed is %s", quote(s), allowed)
	}
	return s
}

// OneOf reads an optional string that is one of a few.
func (r *Reader) OneOf(key string, allowed ...string) string {
	s := r.String(key)
	if s != "" && !slices.Contains(allowed, s) {
		r.Failf(key, "%s is not allowed; allowed are %s", quote(s), strings.Join(allowed, ", "))
	}
	return s
}

// Int reads an optional whole number within a range; 0 where it is missing.
func (r *Reader) Int(key string, least, most int) int {
	n := r.Number(key, float64(least), float64(most))
	if n != math.Trunc(n) {
		r.Failf(key, "%g is no whole number", n)
		return 0
	}
	return int(n)
}

// Number reads an optional number within a range; 0 where it is missing.
func (r *Reader) Number(key string, least, most float64) float64 {
	v := r.take(key)
	if v == nil {
		return 0
	}
	n, ok := v.GetKind().(*structpb.Value_NumberValue)
	if !ok {
		r.Failf(key, "%s is no number", Show(v))
		return 0
	}
	if !(n.NumberValue >= least && n.NumberValue <= most) { // refuses NaN too
		r.Failf(key, "%g is not allowed; allowed is %g to %g", n.NumberValue, least, most)
		return 0
	}
	return n.NumberValue
}

// Bool reads an optional boolean; nil where it is missing.
func (r *Reader) Bool(key string) *bool {
	v := r.take(key)
	if v == nil {
		return nil
	}
	b, ok := v.GetKind().(*structpb.Value_BoolValue)
	if !ok {
		r.Failf(key, "%s is not allowed; allowed are true, false", Show(v))
		return nil
	}
	return &b.BoolValue
}

// list reads an optional list; nil where it is missing.
func (r *Reader) list(key string) []*structpb.Value {
	v := r.take(key)
	if v == nil {
		return nil
	}
	l, ok := v.GetKind().(*structpb.Value_ListValue)
	if !ok {
		r.Failf(key, "%s is no list", Show(v))
		return nil
	}
	if r.tooMany(key, len(l.ListValue.GetValues())) {
		return nil
	}
	return l.ListValue.GetValues()
}

// Strings reads an optional list of strings.
func (r *Reader) Strings(key string) []string {
	items := r.list(key)
	if items == nil {
		return nil
	}
	out := make([]string, 0, len(items))
	for i, item := range items {
		s, ok := item.GetKind().(*structpb.Value_StringValue)
		if !ok {
			r.Failf(fmt.Sprintf("%s[%d]", key, i), "%s is no string; put it in quotes", Show(item))
			return nil
		}
		out = append(out, s.StringValue)
	}
	return out
}

// Objects reads an optional list of objects.
func (r *Reader) Objects(key string) []*Reader {
	items := r.list(key)
	if items == nil {
		return nil
	}
	out := make([]*Reader, 0, len(items))
	for i, item := range items {
		at := fmt.Sprintf("%s[%d]", key, i)
		if item.GetStructValue() == nil {
			r.Failf(at, "%s is no object", Show(item))
			return nil
		}
		out = append(out, &Reader{path: r.Path(at), s: item.GetStructValue(), known: map[string]bool{}, err: r.err})
	}
	return out
}

// StringMap reads an optional object of strings.
func (r *Reader) StringMap(key string) map[string]string {
	child := r.Object(key)
	out := make(map[string]string, len(child.s.GetFields()))
	for _, k := range child.Keys() {
		out[k] = child.String(k)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
