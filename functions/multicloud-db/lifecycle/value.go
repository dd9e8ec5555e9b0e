package lifecycle

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// first is the value at a path, by the first item of each list on the way: what is one
// object of a kind was a list of one in an older version of it.
func first(s *structpb.Struct, path []string) *structpb.Value {
	v := structpb.NewStructValue(s)
	for _, key := range path {
		if items := v.GetListValue().GetValues(); len(items) > 0 {
			v = items[0]
		}
		v = v.GetStructValue().GetFields()[key]
	}
	return v
}

// item is a value, or the first one of a list.
func item(v *structpb.Value) *structpb.Value {
	if items := v.GetListValue().GetValues(); len(items) > 0 {
		return items[0]
	}
	return v
}

// Text writes a string, a number or a boolean as text; anything else is "".
func Text(v *structpb.Value) string {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		return k.StringValue
	case *structpb.Value_NumberValue:
		return strconv.FormatFloat(k.NumberValue, 'f', -1, 64)
	case *structpb.Value_BoolValue:
		return strconv.FormatBool(k.BoolValue)
	default:
		return ""
	}
}

// Group is the API group of an object. The version is left out, since a newer provider
// may serve another.
func Group(o *structpb.Struct) string {
	g, _, _ := strings.Cut(object.String(o, "apiVersion"), "/")
	return g
}

// family is the API group of a kind, the same in both scopes: sql.gcp.
func family(o *structpb.Struct) string {
	g, _, _ := strings.Cut(Group(o), ".upbound.io")
	return strings.TrimSuffix(g, ".m")
}

// Strings are the strings of a list.
func Strings(o *structpb.Struct, path ...string) []string {
	var out []string
	for _, v := range object.Get(o, path...).GetListValue().GetValues() {
		out = append(out, v.GetStringValue())
	}
	return out
}
