package settings

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Layer is the data of one EnvironmentConfig.
type Layer struct {
	Name string
	Data *structpb.Value // an object; anything else is refused
}

// layerForm is a name that some claim reads.
var layerForm = regexp.MustCompile(`^platform(-(` + strings.Join(claim.Envs, "|") + `)(-[a-z][a-z0-9-]*)?)?$`)

// readLayers reads the names of layers. One that no claim reads would be awaited by none.
func readLayers(r *object.Reader) []string {
	names := r.Strings("layers")
	for i, name := range names {
		if !layerForm.MatchString(name) {
			r.Failf(
				fmt.Sprintf("layers[%d]", i), "%q is no layer; allowed are platform, platform-{env} and platform-{env}-{project}, with an env of %s",
				name, strings.Join(claim.Envs, ", "),
			)
		}
	}
	return names
}

// source is how messages name what layers say.
func source(layers []Layer) string {
	names := make([]string, 0, len(layers))
	for _, l := range layers {
		names = append(names, l.Name)
	}
	return "settings " + strings.Join(names, ", ") + ": data"
}

// Merge lays layers over each other, the strongest last: objects are merged, lists and all
// other values replaced, and null takes a key away. It shares with the layers what it does
// not have to change.
func Merge(layers []Layer) (*structpb.Struct, error) {
	out := &structpb.Struct{}
	for _, l := range layers {
		data := l.Data.GetStructValue()
		if _, null := l.Data.GetKind().(*structpb.Value_NullValue); data == nil && l.Data != nil && !null {
			return nil, fmt.Errorf("%s: %s is no object", source([]Layer{l}), object.Show(l.Data))
		}
		out = lay(out, data)
	}
	return out, nil
}

func lay(under, over *structpb.Struct) *structpb.Struct {
	switch {
	case len(over.GetFields()) == 0 && under != nil:
		return under
	case len(under.GetFields()) == 0 && over != nil && !hasNull(over):
		return over
	}
	out := &structpb.Struct{Fields: maps.Clone(under.GetFields())}
	if out.GetFields() == nil {
		out.Fields = make(map[string]*structpb.Value, len(over.GetFields()))
	}
	for key, v := range over.GetFields() {
		switch k := v.GetKind().(type) {
		case *structpb.Value_NullValue:
			delete(out.GetFields(), key)
		case *structpb.Value_StructValue:
			out.Fields[key] = structpb.NewStructValue(lay(under.GetFields()[key].GetStructValue(), k.StructValue))
		default:
			out.Fields[key] = v
		}
	}
	return out
}

// hasNull reports whether an object takes a key away, at any depth of objects.
func hasNull(s *structpb.Struct) bool {
	for _, v := range s.GetFields() {
		_, null := v.GetKind().(*structpb.Value_NullValue)
		if null || hasNull(v.GetStructValue()) {
			return true
		}
	}
	return false
}

// ParseLayers reads the settings that layers make together for the claims of one provider,
// and names the layer that has a mistake. Without any layer there are settings that say
// nothing.
func (k *Known) ParseLayers(layers []Layer, provider string) (*Settings, *structpb.Struct, error) {
	data, err := Merge(layers)
	if err != nil {
		return nil, nil, err
	}
	s, err := k.ParseFor(data, source(layers), provider)
	if err == nil {
		return s, data, nil
	}
	for _, l := range slices.Backward(layers) {
		if _, own := ParseFor(lay(&structpb.Struct{}, l.Data.GetStructValue()), source([]Layer{l}), provider); own != nil {
			return nil, nil, own
		}
	}
	return nil, nil, err // each is right for itself
}

// ParseFor reads settings for the claims of one provider: of the others' mistakes only those
// are told that leave nothing to read.
func ParseFor(data *structpb.Struct, source, provider string) (*Settings, error) {
	s, err := Parse(data, source)
	if err == nil {
		err = s.Check(provider)
	}
	return s, err
}
