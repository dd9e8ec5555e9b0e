package admission

import (
	"context"
	"fmt"
	"slices"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/common"
)

// A Schema is that of one version of a CRD, with its rules.
type Schema struct {
	Structural *schema.Structural
	validator  validation.SchemaValidator
	rules      *cel.Validator
}

// NewSchema compiles a schema.
func NewSchema(of *extv1.JSONSchemaProps) (*Schema, error) {
	internal := &apiextensions.JSONSchemaProps{}
	if err := extv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(of, internal, nil); err != nil {
		return nil, fmt.Errorf("cannot convert: %w", err)
	}
	structural, err := schema.NewStructural(internal)
	if err != nil {
		return nil, fmt.Errorf("is not structural: %w", err)
	}
	validator, _, err := validation.NewSchemaValidator(internal)
	if err != nil {
		return nil, fmt.Errorf("cannot validate: %w", err)
	}
	return &Schema{Structural: structural, validator: validator, rules: cel.NewValidator(structural, true, celconfig.PerCallLimit)}, nil
}

// Decode returns the fields that are not in the schema, which a strict request refuses
// before anything else, and gives the object its defaults.
func (s *Schema) Decode(o map[string]any) []string {
	unknown := pruning.PruneWithOptions(o, s.Structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	defaulting.Default(o, s.Structural)
	slices.Sort(unknown)
	return unknown
}

// unchecked is what a server says where an object is in the way of its rules.
const unchecked = "some validation rules were not checked because the object was invalid; " +
	"correct the existing errors to complete validation"

// Refuse is what the schema refuses of an object, which may be written over another one, and
// where neither that nor what is refused already is an obstacle what its rules refuse. Rules that
// something unchanged breaks are passed over.
func (s *Schema) Refuse(ctx context.Context, already field.ErrorList, after, before map[string]any) field.ErrorList {
	var unchanged []validation.ValidationOption
	var unbroken []cel.Option
	var old any
	if before != nil {
		old = before
		correlated := common.NewCorrelatedObject(after, before, &model.Structural{Structural: s.Structural})
		unchanged, unbroken = append(unchanged, validation.WithRatcheting(correlated)), append(unbroken, cel.WithRatcheting(correlated))
	}
	errs := validation.ValidateCustomResource(nil, after, s.validator, unchanged...)
	for _, e := range slices.Concat(already, errs) {
		switch e.Type { //nolint:exhaustive // The API server's own list of what is in the way of rules.
		case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong, field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
			return append(errs, field.Invalid(nil, nil, unchecked))
		}
	}
	broken, _ := narrowed(s.rules, s.Structural, after, old).Validate(ctx, nil, s.Structural, after, old, celconfig.RuntimeCELCostBudget, unbroken...)
	return append(errs, broken...)
}
