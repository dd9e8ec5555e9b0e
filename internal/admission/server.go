// Package admission does to an object what an API server does that serves the CRDs
// which Crossplane makes of the XRDs: by the API server's own code.
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
	unknown, errs := s.create(context.Background(), o)
	return said(unknown, errs)
}

// Update is Create of an object that is written over another, as kubectl and
// Crossplane do. Such a write cannot change the status: what stands there is that of
// the object before.
func (s *Server) Update(before, after map[string]any) string {
	unknown, errs := s.update(context.Background(), before, after)
	return said(unknown, errs)
}

// UpdateStatus is Update by the subresource that has the status, and nothing else.
func (s *Server) UpdateStatus(before, after map[string]any) string {
	if unknown := s.decode(after); len(unknown) > 0 {
		return said(unknown, nil)
	}
	s.decode(before)
	after["spec"] = runtime.DeepCopyJSONValue(before["spec"])
	return said(nil, s.validate(context.Background(), after, before))
}

func (s *Server) create(ctx context.Context, o map[string]any) (unknown []string, errs field.ErrorList) {
	if unknown := s.decode(o); len(unknown) > 0 {
		return unknown, nil
	}
	delete(o, "status")
	return nil, s.validate(ctx, o, nil)
}

func (s *Server) update(ctx context.Context, before, after map[string]any) (unknown []string, errs field.ErrorList) {
	if unknown := s.decode(after); len(unknown) > 0 {
		return unknown, nil
	}
	s.decode(before) // as it was stored
	delete(after, "status")
	if status, ok := before["status"]; ok {
		after["status"] = runtime.DeepCopyJSONValue(status)
	}
	return nil, s.validate(ctx, after, before)
}

// unchecked is what a server says where an object is in the way of its rules.
const unchecked = "some validation rules were not checked because the object was invalid; " +
	"correct the existing errors to complete validation"

// validate is what the strategies of an API server's custom resources do, in their
// order: metadata, schema, and where that is no obstacle the rules, of which those
// that something unchanged breaks are passed over.
func (s *Server) validate(ctx context.Context, after, before map[string]any) field.ErrorList {
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
			return ordered(append(errs, field.Invalid(nil, nil, unchecked)))
		}
	}
	broken, _ := s.rules.Validate(ctx, nil, s.Structural, after, old, celconfig.RuntimeCELCostBudget, unbroken...)
	return ordered(append(errs, broken...))
}

// ordered has what the server says in the order of the fields: its own order is that of
// a map.
func ordered(errs field.ErrorList) field.ErrorList {
	slices.SortStableFunc(errs, func(a, b *field.Error) int { return cmp.Compare(order(a), order(b)) })
	return errs
}

// order has those without a field last.
func order(e *field.Error) string { return strings.ReplaceAll(e.Field, "<nil>", "~") }

// decode returns the fields that are not in the schema, which a strict request refuses
// before anything else, and gives the object its defaults.
func (s *Server) decode(o map[string]any) []string {
	unknown := pruning.PruneWithOptions(o, s.Structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	defaulting.Default(o, s.Structural)
	slices.Sort(unknown)
	return unknown
}

// said is what the server says, in one sentence.
func said(unknown []string, errs field.ErrorList) string {
	if len(unknown) > 0 {
		quoted := make([]string, 0, len(unknown))
		for _, path := range unknown {
			quoted = append(quoted, fmt.Sprintf("unknown field %q", path))
		}
		return "strict decoding error: " + strings.Join(quoted, ", ")
	}
	if len(errs) == 0 {
		return ""
	}
	return errs.ToAggregate().Error()
}
