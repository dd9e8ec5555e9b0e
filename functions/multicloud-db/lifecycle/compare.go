package lifecycle

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// unset is how a line of a comparison names a field without a value.
const unset = "unset"

// A comparison of what a managed resource is to ask for with what the cloud reports.
type comparison struct {
	table  Main
	status *structpb.Struct // status.atProvider
	lines  []string
}

// differ are the fields of spec.forProvider whose values are not what the cloud reports, a
// line each, by their paths.
func (l Live) differ(desired *structpb.Struct) []string {
	c := &comparison{table: l.table, status: object.Struct(l.Main(), "status", "atProvider")}
	body := object.Struct(desired, "spec", "forProvider")
	c.walk(inside(body, l.table.Inside.Asked), inside(c.status, l.table.Inside.Is), nil)
	c.leftOut(body)
	slices.Sort(c.lines)
	return c.lines
}

func inside(s *structpb.Struct, path []string) *structpb.Struct {
	if len(path) == 0 {
		return s
	}
	return object.Struct(s, path...)
}

func (c *comparison) walk(body, there *structpb.Struct, at []string) {
	for _, key := range slices.Sorted(maps.Keys(body.GetFields())) {
		path := append(slices.Clone(at), key)
		want, is := body.GetFields()[key], there.GetFields()[key]
		inner := object.One(want)
		switch {
		case slices.Contains(c.table.Ours, strings.Join(path, ".")):
		case inner != nil:
			c.walk(inner, object.One(is), path)
		case !c.isSame(path, want, is):
			c.add(path, c.told(path, is), want)
		}
	}
}

// leftOut adds the fields that the cloud reports and nobody asks for any more: of the type,
// such as a standby, and of the kind those that its provider would reset. The step that sizes writes those that are counted in a unit.
func (c *comparison) leftOut(body *structpb.Struct) {
	for _, at := range c.table.Fields {
		if path := strings.Join(at.asked(), "."); slices.Contains(c.table.Left, path) || slices.Contains(c.table.Lasts, path) {
			continue // what is there stays
		}
		if at.Part == "" && at.Is != nil && at.Unit == 0 && first(body, at.asked()) == nil && at.read(c.status, at.Is) != "" {
			c.add(at.asked()[len(c.table.Inside.Asked):], first(c.status, at.Is), nil)
		}
	}
	for _, field := range c.table.Resets {
		path := strings.Split(field, ".")
		if is := first(c.status, path); plain(is) != "" && first(body, path) == nil {
			c.add(path, is, nil)
		}
	}
}

func (c *comparison) add(path []string, is, want *structpb.Value) {
	line := strings.Join(path, ".") + ": " + show(path, is) + " becomes " + show(path, want)
	if !slices.Contains(c.lines, line) { // two fields of the type may share a path
		c.lines = append(c.lines, line)
	}
}

// at are the fields of the type that a kind has at a path.
func (c *comparison) at(path []string) []At {
	var out []At
	for _, at := range c.table.Fields {
		if at.Part == "" && at.Is != nil && slices.Equal(at.asked(), slices.Concat(c.table.Inside.Asked, path)) {
			out = append(out, at)
		}
	}
	return out
}

// told is what the cloud reports of the field at a path, which may be reported elsewhere.
func (c *comparison) told(path []string, is *structpb.Value) *structpb.Value {
	for _, at := range c.at(path) {
		if v := first(c.status, at.Is); v != nil {
			return v
		}
	}
	return is
}

// isSame reports whether a value that is to be asked for is the one that is there. A field
// of the type is compared in the claim's words: 17 is 17.4, West Europe is westeurope.
func (c *comparison) isSame(path []string, want, is *structpb.Value) bool {
	if areSame(want, c.told(path, is)) {
		return true
	}
	fields := c.at(path)
	return len(fields) > 0 && !slices.ContainsFunc(fields, func(at At) bool {
		return at.Word == nil || at.Word(Text(want)) != at.Word(Text(first(c.status, at.Is)))
	})
}

// areSame reports whether two values mean the same: a number and its digits, an unset field
// and its zero, lists in any order, a list of one and its item, and a name and the URL that
// ends with it.
func areSame(want, is *structpb.Value) bool {
	a, b := want.GetStringValue(), is.GetStringValue()
	if a != "" && b != "" && (strings.EqualFold(a, b) && strings.HasPrefix(a, "/") || strings.HasSuffix(a, "/"+b) || strings.HasSuffix(b, "/"+a)) {
		return true
	}
	return plain(want) == plain(is)
}

// plain writes a value as JSON without what does not count: "" where nothing does.
func plain(v *structpb.Value) string {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		out := map[string]string{}
		for key, field := range k.StructValue.GetFields() {
			if text := plain(field); text != "" {
				out[key] = text
			}
		}
		if len(out) == 0 {
			return ""
		}
		return written(out)
	case *structpb.Value_ListValue:
		var out []string
		for _, item := range k.ListValue.GetValues() {
			if text := plain(item); text != "" {
				out = append(out, text)
			}
		}
		switch slices.Sort(out); len(out) {
		case 0:
			return ""
		case 1:
			return out[0]
		}
		return written(out)
	}
	switch text := Text(v); text {
	case "0", "false":
		return ""
	default:
		return text
	}
}

func written(v any) string {
	out, _ := json.Marshal(v) //nolint:errcheck,errchkjson // Strings can always be written.
	return string(out)
}

// maxShown is the length, in characters, of a value in a line of a comparison.
const maxShown = 80

// show writes a value in a line: never one of a field that may hold a secret.
func show(path []string, v *structpb.Value) string {
	text := Text(v)
	if items := v.GetListValue().GetValues(); len(items) > 0 && !slices.ContainsFunc(items, func(i *structpb.Value) bool { return Text(i) == "" }) {
		words := make([]string, 0, len(items))
		for _, item := range items {
			words = append(words, Text(item))
		}
		text = "[" + strings.Join(words, " ") + "]"
	}
	name := strings.ToLower(strings.Join(path, "."))
	_, isSwitch := v.GetKind().(*structpb.Value_BoolValue)
	switch runes := []rune(text); {
	case !IsSaid(v):
		return unset
	case text == "":
		return object.Show(v)
	case !isSwitch && (strings.Contains(name, "password") || strings.Contains(name, "secret")):
		return "…"
	case len(runes) > maxShown:
		return string(runes[:maxShown-1]) + "…"
	}
	return text
}
