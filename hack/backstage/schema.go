package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"

	"sigs.k8s.io/yaml"
)

const definition = "apis/claims/definition.yaml"

// A schema is that of the claim's spec, as the XRD has it.
type schema object.Map

func readSchema(root string) (schema, error) {
	b, err := os.ReadFile(root + "/" + definition)
	if err != nil {
		return nil, fmt.Errorf("cannot read the XRD: %w", err)
	}
	var xrd struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema struct {
						Properties struct {
							Spec object.Map `json:"spec"`
						} `json:"properties"`
					} `json:"openAPIV3Schema"`
				} `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}
	if err := yaml.Unmarshal(b, &xrd); err != nil {
		return nil, fmt.Errorf("cannot decode %s: %w", definition, err)
	}
	if len(xrd.Spec.Versions) != 1 {
		return nil, fmt.Errorf("%s has %d versions; wanted is one", definition, len(xrd.Spec.Versions))
	}
	return xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties.Spec, nil
}

// at is the schema of a field.
func (s schema) at(path string) object.Map {
	at := object.Map(s)
	for name := range strings.SplitSeq(path, ".") {
		properties, _ := at["properties"].(object.Map)
		at, _ = properties[name].(object.Map)
	}
	return at
}

// words that an enumerated field takes, by its schema.
func words(s object.Map) []string {
	enum, _ := s["enum"].([]any)
	out := make([]string, 0, len(enum))
	for _, w := range enum {
		out = append(out, fmt.Sprint(w))
	}
	return out
}

// limits are what the XRD says of the values of a field.
func (s schema) limits(path string) object.Map {
	out := object.Map{}
	for _, key := range []string{"type", "pattern", "minimum", "maximum", "minLength", "maxLength", "maxItems"} {
		if v, ok := s.at(path)[key]; ok {
			out[key] = v
		}
	}
	return out
}
