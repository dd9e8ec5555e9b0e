package object

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/structpb"
)

// Object reads a nested object. A missing one reads as an empty one.
func (r *Reader) Object(key string) *Reader {
	child := newReader(nil, r.Path(key), r.found)
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
	if s == "" || form.MatchString(s) {
		return s
	}
	meant := ""
	if lower := strings.ToLower(s); len(s) <= maxShown && form.MatchString(lower) {
		meant = lower
	}
	r.Failf(key, "%s is not allowed; allowed is %s%s", quote(s), allowed, DidYouMean(meant))
	return s
}

// OneOf reads an optional string that is one of a few.
func (r *Reader) OneOf(key string, allowed ...string) string {
	s := r.String(key)
	if s != "" && !slices.Contains(allowed, s) {
		r.Failf(key, "%s is not allowed; allowed are %s%s", quote(s), strings.Join(allowed, ", "), DidYouMean(Nearest(s, allowed)))
	}
	return s
}

// Int reads an optional whole number within a range; 0 where it is missing.
func (r *Reader) Int(key string, least, most int) int {
	n := r.number(key, float64(least), float64(most), "whole GiB")
	if n != math.Trunc(n) {
		r.Failf(key, "%g is no whole number", n)
		return 0
	}
	return int(n)
}

// Number reads an optional number within a range; 0 where it is missing.
func (r *Reader) Number(key string, least, most float64) float64 {
	return r.number(key, least, most, "GiB")
}

// number reads one, and says in which unit a disk or a memory is counted.
func (r *Reader) number(key string, least, most float64, unit string) float64 {
	v := r.take(key)
	if v == nil {
		return 0
	}
	n, ok := v.GetKind().(*structpb.Value_NumberValue)
	if !ok {
		r.Failf(key, "%s is no number%s", Show(v), asNumber(key, v.GetStringValue(), unit))
		return 0
	}
	if !(n.NumberValue >= least && n.NumberValue <= most) { // refuses NaN too
		r.Failf(key, "%g is not allowed; allowed is %g to %g", n.NumberValue, least, most)
		return 0
	}
	return n.NumberValue
}

// figure at the beginning of what was to be a number.
var figure = regexp.MustCompile(`^[0-9]+`)

// asNumber says how to write a number that came as a string.
func asNumber(key, written, unit string) string {
	n := figure.FindString(written)
	switch {
	case strings.HasSuffix(key, "GiB"):
		return "; give " + unit + ", such as " + cmp.Or(n, "200")
	case n == written && n != "":
		return "; write it without quotes"
	}
	return ""
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
		out = append(out, newReader(item.GetStructValue(), r.Path(at), r.found))
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
