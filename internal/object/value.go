package object

import (
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"
)

// Map is the body of an object as it is written down in Go.
type Map = map[string]any

// New makes a protobuf struct of a body. A value that is nil is left out, so a
// body can name an optional field without an if around it.
func New(body Map) *structpb.Struct {
	return &structpb.Struct{Fields: fields(body)}
}

func fields(body Map) map[string]*structpb.Value {
	out := make(map[string]*structpb.Value, len(body))
	for k, v := range body {
		if v != nil {
			out[k] = Value(v)
		}
	}
	return out
}

// Value makes a protobuf value of what bodies are written with. It panics on
// any other type, which is a mistake in the program and not in its input.
func Value(value any) *structpb.Value {
	switch v := value.(type) {
	case *structpb.Value:
		return v
	case *structpb.Struct:
		return structpb.NewStructValue(v)
	case string:
		return Text(v)
	case bool:
		return structpb.NewBoolValue(v)
	case int:
		return Count(v)
	case float64:
		return structpb.NewNumberValue(v)
	case Map:
		return inner(fields(v))
	case map[string]string:
		texts := make(map[string]*structpb.Value, len(v))
		for k, item := range v {
			texts[k] = Text(item)
		}
		return inner(texts)
	case []string:
		return list(v)
	case []any:
		return list(v)
	default:
		panic(fmt.Sprintf("cannot put a %T into an object", value))
	}
}

// Text makes a value of a string, in one allocation.
func Text(s string) *structpb.Value {
	v := &struct {
		value structpb.Value
		kind  structpb.Value_StringValue
	}{kind: structpb.Value_StringValue{StringValue: s}}
	v.value.Kind = &v.kind
	return &v.value
}

// Count makes a value of a whole number, in one allocation.
func Count(n int) *structpb.Value {
	v := &struct {
		value structpb.Value
		kind  structpb.Value_NumberValue
	}{kind: structpb.Value_NumberValue{NumberValue: float64(n)}}
	v.value.Kind = &v.kind
	return &v.value
}

// inner makes a value of an object that is in another, in one allocation besides its fields.
func inner(fields map[string]*structpb.Value) *structpb.Value {
	v := &struct {
		value structpb.Value
		kind  structpb.Value_StructValue
		of    structpb.Struct
	}{}
	v.of.Fields = fields
	v.kind.StructValue = &v.of
	v.value.Kind = &v.kind
	return &v.value
}

func list[T any](items []T) *structpb.Value {
	l := &structpb.ListValue{Values: make([]*structpb.Value, len(items))}
	for i, item := range items {
		l.Values[i] = Value(item)
	}
	return structpb.NewListValue(l)
}
