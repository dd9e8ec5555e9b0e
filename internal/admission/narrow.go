package admission

import (
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
)

// narrowed has the rules of a validator over a schema that has only the fields of the objects
// they judge. Each time that a rule asks for a field, the API server writes out all fields that
// the schema has beside it (Structural.Properties in schema/cel/model of
// k8s.io/apiextensions-apiserver v0.35.4), and a rule finds those alone that an object has.
func narrowed(v *cel.Validator, s *schema.Structural, objects ...any) *cel.Validator {
	if v == nil {
		return nil
	}
	out := over(*v, fieldsOf(*s, objects))
	return &out
}

// over is a validator with another schema, of which it has been made.
func over(v cel.Validator, s schema.Structural) cel.Validator {
	all := v.Properties
	v.Schema, v.Properties = &s, make(map[string]cel.Validator, len(s.Properties))
	for name, of := range s.Properties {
		if inner, ok := all[name]; ok {
			v.Properties[name] = over(inner, of)
		}
	}
	return v
}

// fieldsOf is a schema without the fields that no object has.
func fieldsOf(s schema.Structural, objects []any) schema.Structural {
	if s.Properties == nil {
		return s
	}
	all := s.Properties
	s.Properties = map[string]schema.Structural{} // and not nil: it is an object still
	for _, o := range objects {
		fields, _ := o.(map[string]any)
		for name := range fields {
			_, has := s.Properties[name]
			if of, ok := all[name]; ok && !has {
				s.Properties[name] = fieldsOf(of, inner(objects, name))
			}
		}
	}
	return s
}

// inner are the values of a field in objects.
func inner(objects []any, name string) []any {
	out := make([]any, 0, len(objects))
	for _, o := range objects {
		if fields, ok := o.(map[string]any); ok {
			out = append(out, fields[name])
		}
	}
	return out
}
