package check

import (
	"context"
	"sync"

	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/victor-onl/crossplane-resources/internal/admission"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// An api is the API server that claims are written to.
type api struct {
	server func() (*admission.Server, error)
}

// servers by scope. To compile the rules of one takes as long as to judge hundreds of claims,
// so that it is done once, and beside the reading of the files.
var servers = map[string]*api{
	render.ScopeClaim:      {server: sync.OnceValues(admission.Claims)},
	render.ScopeNamespaced: {server: sync.OnceValues(admission.Namespaced)},
}

// warm begins to compile.
func (a *api) warm() { _, _ = a.server() } //nolint:errcheck // Who asks is told.

// create is what is said of a claim that is new.
func (a *api) create(ctx context.Context, d *manifest.Document) ([]admission.Refusal, error) {
	s, err := a.server()
	if err != nil {
		return nil, err
	}
	return s.RefuseCreate(ctx, runtime.DeepCopyJSON(d.Object)), nil
}

// update is what is said of a claim that is written over another one, which shows what was
// made.
func (a *api) update(ctx context.Context, before, after *manifest.Document, status *structpb.Struct) ([]admission.Refusal, error) {
	s, err := a.server()
	if err != nil {
		return nil, err
	}
	was := runtime.DeepCopyJSON(before.Object)
	if status != nil {
		was["status"] = runtime.DeepCopyJSONValue(integers(status.AsMap()))
	}
	return s.RefuseUpdate(ctx, was, runtime.DeepCopyJSON(after.Object)), nil
}

// integers has whole numbers as the API server decodes them.
func integers(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			v[key] = integers(inner)
		}
	case []any:
		for i, inner := range v {
			v[i] = integers(inner)
		}
	case float64:
		if whole := int64(v); float64(whole) == v {
			return whole
		}
	}
	return v
}
