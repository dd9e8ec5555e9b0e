package object

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// longest value, in bytes, that an error repeats.
const maxShown = 80

// Show writes a value as an error repeats it, in one short line.
func Show(v *structpb.Value) string {
	if s, ok := v.GetKind().(*structpb.Value_StringValue); ok {
		return quote(s.StringValue)
	}
	switch v.GetKind().(type) {
	case *structpb.Value_StructValue:
		return "an object"
	case *structpb.Value_ListValue:
		return "a list"
	default:
		return fmt.Sprint(v.AsInterface())
	}
}

func quote(s string) string {
	if len(s) > maxShown {
		s = strings.ToValidUTF8(s[:maxShown], "") + "…"
	}
	return fmt.Sprintf("%q", s)
}
