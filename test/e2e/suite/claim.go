package suite

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/envelope"
)

// APIVersion of claims and XRs.
const APIVersion = "platform.victor.onl/v1alpha1"

// resourceName says which of a composition's resources a composed object is.
const resourceName = "crossplane.io/composition-resource-name"

// Examples returns all example claims.
func Examples(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(Root, "examples", "claims", "*", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no claims in examples:", err)
	}
	var claims []*unstructured.Unstructured
	for _, f := range files {
		objects, err := plane.Read(f)
		if err != nil {
			t.Fatal(err)
		}
		claims = append(claims, objects...)
	}
	return claims
}

// Example returns a copy of an example under another name, such as that of
// payments-prod-infra/rds-main.
func Example(t *testing.T, path, name string) *unstructured.Unstructured {
	t.Helper()
	objects, err := plane.Read(filepath.Join(Root, "examples", "claims", path+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	o := objects[0]
	o.SetName(name)
	Set(t, o, name, "spec", "writeConnectionSecretToRef", "name")
	return o
}

// Set sets a field.
func Set(t *testing.T, o *unstructured.Unstructured, value any, path ...string) {
	t.Helper()
	if err := unstructured.SetNestedField(o.Object, value, path...); err != nil {
		t.Fatal(err)
	}
}

// Get returns a field, or nil.
func Get(o *unstructured.Unstructured, path ...string) any {
	v, _, err := unstructured.NestedFieldCopy(o.Object, path...)
	if err != nil {
		return nil
	}
	return v
}

// Apply applies a claim.
func (s *Suite) Apply(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	if _, err := s.Client.Apply(t.Context(), claim); err != nil {
		t.Fatal(err)
	}
}

// XR returns the XR of a claim: its own object where XRs are namespaced.
func (s *Suite) XR(t *testing.T, claim *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	t.Helper()
	o, err := s.Client.Get(t.Context(), plane.RefOf(claim))
	if err != nil || s.Scope == "namespaced" {
		return o, err
	}
	name, ok := Get(o, "spec", "resourceRef", "name").(string)
	if !ok {
		return nil, fmt.Errorf("%s has no XR yet", plane.RefOf(claim))
	}
	return s.Client.Get(t.Context(), plane.Ref{GVK: plane.Kind(APIVersion, "XResource"), Name: name})
}

// Composed returns the resources of a claim by their names in the composition.
func (s *Suite) Composed(t *testing.T, claim *unstructured.Unstructured) (map[string]*unstructured.Unstructured, error) {
	t.Helper()
	xr, err := s.XR(t, claim)
	if err != nil {
		return nil, err
	}
	refs, ok := Get(xr, "spec", "crossplane", "resourceRefs").([]any)
	if !ok {
		refs, _ = Get(xr, "spec", "resourceRefs").([]any)
	}
	composed := map[string]*unstructured.Unstructured{}
	for _, v := range refs {
		m, _ := v.(map[string]any)
		r := plane.Ref{GVK: plane.Kind(fmt.Sprint(m["apiVersion"]), fmt.Sprint(m["kind"])), Name: fmt.Sprint(m["name"])}
		if r.Namespace, ok = m["namespace"].(string); !ok && s.Scope == "namespaced" {
			r.Namespace = claim.GetNamespace()
		}
		o, err := s.Client.Get(t.Context(), r)
		if err != nil {
			return nil, err
		}
		composed[o.GetAnnotations()[resourceName]] = o
	}
	return composed, nil
}

// WaitReady waits until claims and their XRs are Synced and Ready.
func (s *Suite) WaitReady(t *testing.T, claims ...*unstructured.Unstructured) {
	t.Helper()
	for _, c := range claims {
		if err := s.Client.WaitCondition(t.Context(), Patience, plane.RefOf(c), "Synced", "Ready"); err != nil {
			t.Fatal(err)
		}
		xr, err := s.XR(t, c)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Client.WaitCondition(t.Context(), Patience, plane.RefOf(xr), "Synced", "Ready", "Composed", "Provisioned", "Sized", "CostTagged"); err != nil {
			t.Fatal(err)
		}
	}
}

// Golden returns the composed resources that the render of an example has, by
// their names in the composition, in the envelope of the suite's scope.
func (s *Suite) Golden(t *testing.T, claim *unstructured.Unstructured) map[string]*unstructured.Unstructured {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(Root, "test", "render", "testdata", claim.GetNamespace(), claim.GetName()+"-claim.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	objects, err := plane.Parse(b)
	if err != nil {
		t.Fatal(err)
	}
	golden := map[string]*unstructured.Unstructured{}
	for _, o := range objects {
		name := o.GetAnnotations()[resourceName]
		if name == "" {
			continue
		}
		if s.Scope == "namespaced" {
			if err := envelope.Namespaced(o.Object, claim.GetNamespace()); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		golden[name] = o
	}
	return golden
}
