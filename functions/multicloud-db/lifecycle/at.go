package lifecycle

import (
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"
)

func (a At) asked() []string {
	if a.Asked == nil {
		return a.Is
	}
	return a.Asked
}

// reporter is the part that reports the field.
func (a At) reporter() string {
	if a.Apart {
		return a.Part
	}
	return Instance
}

// read takes a field out of a body, in the claim's words.
func (a At) read(body *structpb.Struct, path []string) string {
	if body == nil || a.Const == "" && len(path) == 0 {
		return ""
	}
	if a.Const != "" {
		return a.Const
	}
	text := Text(item(first(body, path)))
	if a.Unit > 0 {
		n, err := strconv.ParseFloat(text, 64)
		if err != nil || int(n)/a.Unit == 0 {
			return ""
		}
		return strconv.Itoa(int(n) / a.Unit)
	}
	if a.Word != nil && text != "" {
		return a.Word(text)
	}
	return text
}

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
