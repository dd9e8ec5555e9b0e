// Package admission does to an object what an API server does that serves the CRDs
// which Crossplane makes of the XRDs: by the API server's own code.
package admission

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metavalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// A Server serves one CRD.
type Server struct {
	*Schema

	Namespaced bool
}

// Serve serves a CRD, which has to have the status as a subresource.
func Serve(crd *extv1.CustomResourceDefinition) (*Server, error) {
	v := crd.Spec.Versions[0]
	if v.Subresources == nil || v.Subresources.Status == nil {
		return nil, fmt.Errorf("the status of %s is no subresource", crd.Name)
	}
	s, err := NewSchema(v.Schema.OpenAPIV3Schema)
	if err != nil {
		return nil, fmt.Errorf("cannot use the schema of %s: %w", crd.Name, err)
	}
	return &Server{Schema: s, Namespaced: crd.Spec.Scope == extv1.NamespaceScoped}, nil
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
	if unknown := s.Decode(after); len(unknown) > 0 {
		return said(unknown, nil)
	}
	s.Decode(before)
	after["spec"] = runtime.DeepCopyJSONValue(before["spec"])
	return said(nil, s.validate(context.Background(), after, before))
}

func (s *Server) create(ctx context.Context, o map[string]any) (unknown []string, errs field.ErrorList) {
	if unknown := s.Decode(o); len(unknown) > 0 {
		return unknown, nil
	}
	delete(o, "status")
	return nil, s.validate(ctx, o, nil)
}

func (s *Server) update(ctx context.Context, before, after map[string]any) (unknown []string, errs field.ErrorList) {
	if unknown := s.Decode(after); len(unknown) > 0 {
		return unknown, nil
	}
	s.Decode(before) // as it was stored
	delete(after, "status")
	if status, ok := before["status"]; ok {
		after["status"] = runtime.DeepCopyJSONValue(status)
	}
	return nil, s.validate(ctx, after, before)
}

// validate is what the strategies of an API server's custom resources do, in their order:
// metadata, and then the schema.
func (s *Server) validate(ctx context.Context, after, before map[string]any) field.ErrorList {
	meta := &unstructured.Unstructured{Object: after}
	errs := metavalidation.ValidateObjectMetaAccessor(meta, s.Namespaced, metavalidation.NameIsDNSSubdomain, field.NewPath("metadata"))
	return ordered(append(errs, s.Refuse(ctx, errs, after, before)...))
}

// ordered has what the server says in the order of the fields: its own order is that of
// a map.
func ordered(errs field.ErrorList) field.ErrorList {
	slices.SortStableFunc(errs, func(a, b *field.Error) int { return cmp.Compare(order(a), order(b)) })
	return errs
}

// order has those without a field last.
func order(e *field.Error) string { return strings.ReplaceAll(e.Field, "<nil>", "~") }

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
