package environment

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// keys of settings at the top, all but the last of which are objects. The decisive ones make an
// environment settings, whatever else is in there; the others are words that people have
// other uses for.
var (
	keys     = []string{"providers", "policy", "profiles", "tags", "controlPlane", "layers", "delivery"}
	decisive = keys[:2]
)

// FromContext returns the settings that an earlier step put into the pipeline's context,
// and reports whether there are any: under the key of their own, else in the environment,
// where a decisive key is there, or where all that is there is of settings. Of an
// environment that is shared with other steps only the settings' keys are returned, and
// those that look like one which is misspelt.
func FromContext(pipeline *structpb.Struct) (*structpb.Struct, bool) {
	if data := object.Struct(pipeline, ownKey); data != nil {
		return data, true
	}
	env := Of(pipeline)
	data := &structpb.Struct{Fields: make(map[string]*structpb.Value, len(env.GetFields()))}
	mine, others, decided := 0, 0, false
	for key, v := range env.GetFields() {
		isObject := v.GetStructValue() != nil
		switch {
		case key == "apiVersion" || key == "kind": // of the environment itself
			continue
		case slices.Contains(keys, key):
			data.Fields[key] = v
			if key == "profiles" && !isObject { // many people list profiles of something
				others++
				continue
			}
			mine++
			decided = decided || isObject && slices.Contains(decisive, key)
		case isObject && object.Nearest(key, keys) != "":
			data.Fields[key] = v
		default:
			others++
		}
	}
	if !decided && (mine == 0 || others > 0) {
		return nil, false
	}
	return data, true
}
