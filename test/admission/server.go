package admission

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	metavalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/common"
)

// A Server serves one CRD.
type Server struct {
	Structural *schema.Structural
	Namespaced bool
	schema     validation.SchemaValidator
	rules      *cel.Validator
}

// Serve serves a CRD, which has to have the status as a subresource.
func Serve(crd *extv1.CustomResourceDefinition) (*Server, error) {
	v := crd.Spec.Versions[0]
	if v.Subresources == nil || v.Subresources.Status == nil {
		return nil, fmt.Errorf("the status of %s is no subresource", crd.Name)
	}
	internal := &apiextensions.JSONSchemaProps{}
	if err := extv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(v.Schema.OpenAPIV3Schema, internal, nil); err != nil {
		return nil, fmt.Errorf("cannot convert the schema of %s: %w", crd.Name, err)
	}
	structural, err := schema.NewStructural(internal)
	if err != nil {
		return nil, fmt.Errorf("the schema of %s is not structural: %w", crd.Name, err)
	}
	validator, _, err := validation.NewSchemaValidator(internal)
	if err != nil {
		return nil, fmt.Errorf("cannot validate by the schema of %s: %w", crd.Name, err)
	}
	return &Server{
		Structural: structural,
		Namespaced: crd.Spec.Scope == extv1.NamespaceScoped,
		schema:     validator,
		rules:      cel.NewValidator(structural, true, celconfig.PerCallLimit),
	}, nil
}

// Create returns what the server says of an object that is created, and "" where it
// takes it. The object gets the defaults, and has no status yet.
func (s *Server) Create(o map[string]any) string {
	if said := s.decode(o); said != "" {
		return said
	}
	delete(o, "status")
	return s.validate(o, nil)
}

// Update is Create of an object that is written over another, as kubectl and
// Crossplane do. Such a write cannot change the status: what stands there is that of
// the object before.
func (s *Server) Update(before, after map[string]any) string {
	if said := s.decode(after); said != "" {
		return said
	}
	s.decode(before) // as it was stored
	delete(after, "status")
	if status, ok := before["status"]; ok {
		after["status"] = runtime.DeepCopyJSONValue(status)
	}
	return s.validate(after, before)
}

// UpdateStatus is Update by the subresource that has the status, and nothing else.
func (s *Server) UpdateStatus(before, after map[string]any) string {
	if said := s.decode(after); said != "" {
		return said
	}
	s.decode(before)
	after["spec"] = runtime.DeepCopyJSONValue(before["spec"])
	return s.validate(after, before)
}

// validate is what the strategies of an API server's custom resources do, in their
// order: metadata, schema, and where that is no obstacle the rules, of which those
// that something unchanged breaks are passed over.
func (s *Server) validate(after, before map[string]any) string {
	meta := &unstructured.Unstructured{Object: after}
	errs := metavalidation.ValidateObjectMetaAccessor(meta, s.Namespaced, metavalidation.NameIsDNSSubdomain, field.NewPath("metadata"))
	var unchanged []validation.ValidationOption
	var unbroken []cel.Option
	var old any
	if before != nil {
		old = before
		correlated := common.NewCorrelatedObject(after, before, &model.Structural{Structural: s.Structural})
		unchanged, unbroken = append(unchanged, validation.WithRatcheting(correlated)), append(unbroken, cel.WithRatcheting(correlated))
	}
	errs = append(errs, validation.ValidateCustomResource(nil, after, s.schema, unchanged...)...)
	for _, e := range errs {
		switch e.Type { //nolint:exhaustive // The API server's own list of what is in the way of rules.
		case field.ErrorTypeNotSupported, field.ErrorTypeRequired, field.ErrorTypeTooLong, field.ErrorTypeTooMany, field.ErrorTypeTypeInvalid:
			unchecked := field.Invalid(nil, nil, "some validation rules were not checked because the object was invalid; "+
				"correct the existing errors to complete validation")
			return sentence(append(errs, unchecked))
		}
	}
	broken, _ := s.rules.Validate(context.Background(), nil, s.Structural, after, old, celconfig.RuntimeCELCostBudget, unbroken...)
	return sentence(append(errs, broken...))
}

// sentence is what the server says, in the order of the fields: its own order is that of
// a map.
func sentence(errs field.ErrorList) string {
	if len(errs) == 0 {
		return ""
	}
	slices.SortStableFunc(errs, func(a, b *field.Error) int { return cmp.Compare(order(a), order(b)) })
	return errs.ToAggregate().Error()
}

// order has those without a field last.
func order(e *field.Error) string { return strings.ReplaceAll(e.Field, "<nil>", "~") }

// decode refuses fields that are not in the schema, as a strict request does before
// anything else, and gives the object its defaults.
func (s *Server) decode(o map[string]any) string {
	unknown := pruning.PruneWithOptions(o, s.Structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	defaulting.Default(o, s.Structural)
	if len(unknown) == 0 {
		return ""
	}
	slices.Sort(unknown)
	for i, path := range unknown {
		unknown[i] = fmt.Sprintf("unknown field %q", path)
	}
	return "strict decoding error: " + strings.Join(unknown, ", ")
}
