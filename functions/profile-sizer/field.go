package profilesizer

import (
	"cmp"
	"math"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A field of managed resources, wherever a resource can have it. Between it and forProvider
// a version may have lists of one for objects: everything here reads and writes both.
type field struct{ forProvider, initProvider, atProvider []string }

func fieldAt(path ...string) field {
	under := func(parents ...string) []string { return append(parents, path...) }
	return field{under("spec", "forProvider"), under("spec", "initProvider"), under("status", "atProvider")}
}

// text, number and truth read one of the three places of a field.
func text(o *structpb.Struct, path []string) string { return object.Find(o, path...).GetStringValue() }

func number(o *structpb.Struct, path []string) (n float64, ok bool) {
	v, ok := object.Find(o, path...).GetKind().(*structpb.Value_NumberValue)
	if !ok {
		return 0, false
	}
	return v.NumberValue, true
}

func truth(o *structpb.Struct, path []string) (value, ok bool) {
	v, ok := object.Find(o, path...).GetKind().(*structpb.Value_BoolValue)
	if !ok {
		return false, false
	}
	return v.BoolValue, true
}

// textThere returns the text that the cloud reports, or where that is lost the one that was
// last asked for of what the cloud may have; else "".
func (f field) textThere(observed *structpb.Struct) string {
	if t := text(observed, f.atProvider); t != "" || !managed.Exists(observed) {
		return t
	}
	return f.textAsked(observed)
}

// textAsked returns the text that a resource asks for, or "".
func (f field) textAsked(o *structpb.Struct) string {
	return cmp.Or(text(o, f.forProvider), text(o, f.initProvider))
}

// truthAsked returns the truth that a resource asks for, and whether it says any.
func (f field) truthAsked(o *structpb.Struct) (value, said bool) {
	if value, said = truth(o, f.forProvider); said {
		return value, said
	}
	return truth(o, f.initProvider)
}

// there returns the number that the cloud reports, or where that is lost the one
// that was last asked for of what the cloud may have; else 0.
func (f field) there(observed *structpb.Struct) int {
	n, ok := number(observed, f.atProvider)
	if !ok && managed.Exists(observed) {
		return f.asked(observed)
	}
	return count(n)
}

// asked returns the number that a resource asks for, or 0.
func (f field) asked(o *structpb.Struct) int {
	n, ok := number(o, f.forProvider)
	if !ok {
		n, _ = number(o, f.initProvider)
	}
	return count(n)
}

// count makes a number of the cloud's a whole one; 0 of what is none.
func count(n float64) int {
	if !(n > 0 && n < math.MaxInt32) { // refuses NaN too
		return 0
	}
	return int(math.Ceil(n))
}

// gibOf returns MiB as whole GiB, never less.
func gibOf(mib float64) int { return count(mib / mebibytes) }

// below is how many steps of a field's path are objects in every version.
const below = 2

// write writes one place of a field. What is missing on the way is made in the form that the
// resource's other place has it, else in that of its version.
func (s *sized) write(o *structpb.Struct, value *structpb.Value, path []string) {
	twin := map[string]string{"forProvider": "initProvider", "initProvider": "forProvider"}[path[below-1]]
	form := object.Form{Like: object.Struct(o, path[0], twin), Listed: managed.ListsOfOne(o)}
	if at := object.Ensure(o, path[:below]...); at == nil || !form.Put(at, value, path[below:]...) {
		s.unwritten = true
	}
}

// putDisk writes the size of a disk where it counts for good, or where it counts at
// creation only, and never leaves one in both places.
func (s *sized) putDisk(o *structpb.Struct, value int, f field, atCreation bool) {
	place, other := f.forProvider, f.initProvider
	if atCreation {
		place, other = other, place
	}
	object.Remove(o, other...)
	s.write(o, object.Count(value), place)
}
