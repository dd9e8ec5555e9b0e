package suite

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// passing begins the names of claims that a test makes for itself: what the cloud
// did for them is their test's affair.
const passing = "passing-"

// A Record is what must outlive everything: of which objects claims are made, what
// they are called in the cloud, their connections, and what the cloud ever created,
// deleted or gave another password.
type Record struct {
	Composed   map[string]string            // external name, by claim, name in the composition, kind and UID
	Connection map[string]map[string]string // the connection secret, by claim
	Passwords  map[string]string            // the password's own Secret, by claim
	Cloud      []string
}

// Record of claims that are ready.
func (s *Suite) Record(t *testing.T, claims ...*unstructured.Unstructured) Record {
	t.Helper()
	r := Record{Composed: map[string]string{}, Connection: map[string]map[string]string{}, Passwords: map[string]string{}}
	for _, c := range claims {
		key := c.GetNamespace() + "/" + c.GetName()
		for _, o := range s.all(t, c) {
			name := o.GetAnnotations()[resourceName]
			r.Composed[keyOf(c, o)] = o.GetAnnotations()["crossplane.io/external-name"]
			if name == "password" {
				r.Passwords[key] = fmt.Sprint(Get(o, "data", "password"))
			}
		}
		secret, _ := Get(c, "spec", "writeConnectionSecretToRef", "name").(string)
		data, err := s.Secret(t.Context(), c.GetNamespace(), secret)
		if err != nil {
			t.Fatal(err)
		}
		r.Connection[key] = map[string]string{}
		for k, v := range data {
			r.Connection[key][k] = string(v)
		}
	}
	r.Cloud = slices.DeleteFunc(s.Provider.Cloud.History(), func(e string) bool { return strings.Contains(e, passing) })
	return r
}

// keyOf an object of a claim.
func keyOf(claim, o *unstructured.Unstructured) string {
	return fmt.Sprintf("%s/%s %s %s %s", claim.GetNamespace(), claim.GetName(), o.GetAnnotations()[resourceName], o.GetKind(), o.GetUID())
}

// Same fails the test unless everything is as it was.
func (s *Suite) Same(t *testing.T, before Record, claims ...*unstructured.Unstructured) {
	t.Helper()
	if diff := cmp.Diff(before, s.Record(t, claims...)); diff != "" {
		t.Fatalf("something was lost, made twice or changed: -before, +after:\n%s", diff)
	}
}

// all finds every object that belongs to a claim's XR by its label, so also those
// that the XR has forgotten.
func (s *Suite) all(t *testing.T, claim *unstructured.Unstructured) []*unstructured.Unstructured {
	t.Helper()
	xr, err := s.XR(t, claim)
	if err != nil {
		t.Fatal(err)
	}
	return s.labelled(t, claim.GetNamespace(), xr.GetName())
}

func (s *Suite) labelled(t *testing.T, namespace, xr string) []*unstructured.Unstructured {
	t.Helper()
	var found []*unstructured.Unstructured
	for _, gvk := range append([]schema.GroupVersionKind{plane.Kind("v1", "Secret")}, s.Provider.Kinds()...) {
		if strings.Contains(gvk.Group, ".m.") == (s.Scope == "claims") && gvk.Group != "" {
			continue // of the other scope
		}
		in := namespace
		if gvk.Group != "" && s.Scope == "claims" {
			in = ""
		}
		items, err := s.Client.List(t.Context(), gvk, in, "crossplane.io/composite="+xr)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, items...)
	}
	return found
}
