//go:build app

// Package app has a Backstage app look at the claims of a control plane by the account of
// backstage/kubernetes: make app.
package app

import (
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

var s *suite.Suite

func TestMain(m *testing.M) { suite.Main(m, "claims", plane.V2, &s) }

// apply applies objects of a file of the project, but for kinds that no cluster here serves.
func apply(t *testing.T, file string) {
	t.Helper()
	objects, err := plane.Read(suite.Root + "/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		if o.GroupVersionKind().Group != "argoproj.io" {
			s.Apply(t, o)
		}
	}
}

// parsed reads one object.
func parsed(t *testing.T, text string) *unstructured.Unstructured {
	t.Helper()
	objects, err := plane.Parse([]byte(text))
	if err != nil || len(objects) != 1 {
		t.Fatal("not one object:", text, err)
	}
	return objects[0]
}
