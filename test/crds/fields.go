package crds

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Schemas are those of spec.forProvider and of status.atProvider of a CRD of the snapshot,
// such as rds.aws.upbound.io_instances, in its newest version.
func Schemas(name string) (spec, status v1.JSONSchemaProps, err error) {
	b, err := snapshot.ReadFile("snapshot/" + name + ".yaml")
	if err != nil {
		return spec, status, fmt.Errorf("cannot read the snapshot: %w", err)
	}
	crd := &v1.CustomResourceDefinition{}
	if err := yaml.Unmarshal(b, crd); err != nil {
		return spec, status, fmt.Errorf("cannot read %s: %w", name, err)
	}
	top := crd.Spec.Versions[len(crd.Spec.Versions)-1].Schema.OpenAPIV3Schema.Properties
	return top["spec"].Properties["forProvider"], top["status"].Properties["atProvider"], nil
}

// Sample is a value of a schema in which every field is set.
func Sample(s v1.JSONSchemaProps) *structpb.Value {
	switch s.Type {
	case "object":
		if s.AdditionalProperties != nil {
			return object.Value(map[string]string{"a": "b"})
		}
		out := &structpb.Struct{Fields: map[string]*structpb.Value{}}
		for name, p := range s.Properties {
			out.Fields[name] = Sample(p)
		}
		return object.Value(out)
	case "array":
		return object.Value([]any{Sample(*s.Items.Schema)})
	case "number", "integer":
		return object.Value(3)
	case "boolean":
		return object.Value(true)
	default:
		return object.Value("there")
	}
}

// Off is a sample with each switch off and each number 0.
func Off(v *structpb.Value) *structpb.Value {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		out := &structpb.Struct{Fields: map[string]*structpb.Value{}}
		for name, field := range k.StructValue.GetFields() {
			out.Fields[name] = Off(field)
		}
		return structpb.NewStructValue(out)
	case *structpb.Value_ListValue:
		out := &structpb.ListValue{}
		for _, item := range k.ListValue.GetValues() {
			out.Values = append(out.Values, Off(item))
		}
		return structpb.NewListValue(out)
	case *structpb.Value_BoolValue:
		return structpb.NewBoolValue(false)
	case *structpb.Value_NumberValue:
		return structpb.NewNumberValue(0)
	}
	return v
}

// Overlay writes the fields of one object over those of another.
func Overlay(into, from *structpb.Struct) {
	if into.GetFields() == nil {
		into.Fields = map[string]*structpb.Value{}
	}
	for name, v := range from.GetFields() {
		if inner := into.GetFields()[name].GetStructValue(); inner != nil && v.GetStructValue() != nil {
			Overlay(inner, v.GetStructValue())
			continue
		}
		into.Fields[name] = v
	}
}

// Leaves are the paths that two schemas have both, from a path on. A list is one.
func Leaves(a, b v1.JSONSchemaProps, at string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(a.Properties)) {
		there, both := b.Properties[name]
		path := strings.TrimPrefix(at+"."+name, ".")
		switch {
		case !both:
		case len(a.Properties[name].Properties) > 0:
			out = append(out, Leaves(a.Properties[name], there, path)...)
		default:
			out = append(out, path)
		}
	}
	return out
}
