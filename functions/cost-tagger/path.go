package costtagger

import (
	"fmt"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// parsePath reads a field path as Crossplane writes them:
// metadata.labels[example.org/team], spec.items[0].name. What stands in brackets
// may have quotes.
func parsePath(path string) ([]string, error) {
	var keys []string
	for rest := path; rest != ""; {
		if rest[0] == '[' {
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return nil, fmt.Errorf("%q has a [ without a ]", path)
			}
			key := strings.Trim(rest[1:end], `"'`)
			if key == "" {
				return nil, fmt.Errorf("%q has empty brackets", path)
			}
			keys = append(keys, key)
			rest = rest[end+1:]
			if rest != "" && rest[0] != '[' && rest[0] != '.' {
				return nil, fmt.Errorf("%q has no dot after a ]", path)
			}
			if rest == "." {
				return nil, fmt.Errorf("%q ends in a dot", path)
			}
			rest = strings.TrimPrefix(rest, ".")
			continue
		}
		end := strings.IndexAny(rest, ".[")
		if end < 0 {
			end = len(rest)
		}
		if end == 0 || rest[end:] == "." {
			return nil, fmt.Errorf("%q has an empty step", path)
		}
		keys = append(keys, rest[:end])
		rest = strings.TrimPrefix(rest[end:], ".")
	}
	return keys, nil
}

// at returns the value at a path, whose steps may be places in a list; nil where
// nothing is.
func at(s *structpb.Struct, path []string) *structpb.Value {
	v := structpb.NewStructValue(s)
	for _, key := range path {
		switch {
		case v.GetStructValue() != nil:
			v = v.GetStructValue().GetFields()[key]
		case v.GetListValue() != nil:
			i, err := strconv.Atoi(key)
			if items := v.GetListValue().GetValues(); err == nil && i >= 0 && i < len(items) {
				v = items[i]
				continue
			}
			return nil
		default:
			return nil
		}
	}
	if _, null := v.GetKind().(*structpb.Value_NullValue); null {
		return nil
	}
	return v
}

// text writes a value that stands for a tag's: a string, or another scalar as YAML
// writes it.
func text(v *structpb.Value) (string, bool) {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		return k.StringValue, true
	case *structpb.Value_BoolValue:
		return strconv.FormatBool(k.BoolValue), true
	case *structpb.Value_NumberValue:
		return strconv.FormatFloat(k.NumberValue, 'f', -1, 64), true
	}
	return "", false
}
