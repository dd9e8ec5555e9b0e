package object

import "google.golang.org/protobuf/types/known/structpb"

// Find returns the value at the path, through objects and lists of one object alike: in the
// old versions of some kinds an object is a list of one. It returns nil where nothing or
// null is.
func Find(s *structpb.Struct, path ...string) *structpb.Value {
	for i, key := range path {
		v := Get(s, key)
		if i == len(path)-1 {
			return v
		}
		s = One(v)
	}
	return nil
}

// One returns the object that a value is, or the only one of a list; nil of all else.
func One(v *structpb.Value) *structpb.Struct {
	if items := v.GetListValue().GetValues(); len(items) == 1 {
		return items[0].GetStructValue()
	}
	return v.GetStructValue()
}

// Remove takes the value at the path out, through objects and lists of one object.
func Remove(s *structpb.Struct, path ...string) {
	last := len(path) - 1
	for _, key := range path[:last] {
		s = One(Get(s, key))
	}
	delete(s.GetFields(), path[last])
}

// A Form says how objects are made that are missing on the way to a field: as an object
// beside it has them, and where that has none as objects or as lists of one.
type Form struct {
	Like   *structpb.Struct
	Listed bool
}

// Put puts the value at the path, through objects and lists of one object, and makes what
// is missing on the way. It reports whether it could: a step that is neither, such as a
// list of two, stays as it is.
func (f Form) Put(s *structpb.Struct, value *structpb.Value, path ...string) bool {
	last, like := len(path)-1, f.Like
	for _, key := range path[:last] {
		v, twin := Get(s, key), Get(like, key)
		if v == nil || isBlank(v) {
			v = f.make(v, twin)
			set(s, key, v)
		}
		if s = One(v); s == nil {
			return false
		}
		like = One(twin)
	}
	set(s, path[last], value)
	return true
}

// make makes an object in the form of what is there, else of its twin, else of its version.
func (f Form) make(there, twin *structpb.Value) *structpb.Value {
	listed := f.Listed
	switch {
	case there != nil:
		listed = true // of none
	case twin != nil:
		listed = twin.GetListValue() != nil
	}
	made := structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{}})
	if listed {
		return structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{made}})
	}
	return made
}

// isBlank reports whether a value is a list of nothing, or of one null.
func isBlank(v *structpb.Value) bool {
	l := v.GetListValue()
	items := l.GetValues()
	return l != nil && (len(items) == 0 || len(items) == 1 && isNull(items[0]))
}

func isNull(v *structpb.Value) bool {
	_, null := v.GetKind().(*structpb.Value_NullValue)
	return null
}

func set(s *structpb.Struct, key string, value *structpb.Value) {
	if s.GetFields() == nil {
		s.Fields = map[string]*structpb.Value{}
	}
	s.Fields[key] = value
}
