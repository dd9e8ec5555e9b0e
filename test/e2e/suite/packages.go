package suite

import (
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// next is a version of ours behind the one that runs.
const next = "v0.1.1"

// Packages takes ours to their next version and back by nothing but kubectl apply of the
// manifests, as ArgoCD does, under live claims, and takes a function away. Nothing is installed
// twice, and no claim loses anything.
func (s *Suite) Packages(t *testing.T, claims []*unstructured.Unstructured) {
	before := s.Record(t, claims...)
	s.do(t, func() error { return s.Publish(next) })
	for _, way := range []struct{ name, version string }{{"Up", next}, {"Back", Version}} {
		t.Run(way.name, func(t *testing.T) {
			s.take(t, s.Take, way.version, claims)
			s.Same(t, before, claims...)
		})
	}
	t.Run("Missing", func(t *testing.T) {
		function := plane.Ref{GVK: plane.Kind("pkg.crossplane.io/v1", "Function"), Name: steps[2]}
		s.do(t, func() error { return s.Client.Delete(t.Context(), function) })
		s.do(t, func() error {
			return plane.Wait(t.Context(), Patience, "the end of "+function.Name, func() error { return s.runsNot(t, function.Name) })
		})
		changed := s.Change(t, claims[0])
		s.do(t, func() error {
			return plane.Wait(t.Context(), Patience, "the XR to say what is missing", func() error { return s.says(t, claims[0], function.Name) })
		})
		s.Same(t, before, claims...)
		s.take(t, s.Take, Version, claims)
		changed()
		s.Same(t, before, claims...)
	})
}

// Pinned has whoever pins the providers pin them, and change the versions of a cloud's. No
// provider is installed twice.
func (s *Suite) Pinned(t *testing.T) {
	s.do(t, func() error { return s.Pin(t.Context(), s.Scope) })
	s.do(t, func() error { return s.Once(t.Context()) })
}

// says whether the XR of a claim names a function that is missing.
func (s *Suite) says(t *testing.T, claim *unstructured.Unstructured, function string) error {
	t.Helper()
	xr, err := s.XR(t, claim)
	if err != nil {
		return err
	}
	status, message := plane.Condition(xr, "Synced")
	if status != "False" || !strings.Contains(message, function) || !strings.Contains(message, "cannot find an active FunctionRevision") {
		return fmt.Errorf("synced is %q: %s", status, message)
	}
	t.Log(message)
	return nil
}

// runsNot says whether a function has a revision still.
func (s *Suite) runsNot(t *testing.T, function string) error {
	t.Helper()
	all, err := s.Client.List(t.Context(), plane.Kind("pkg.crossplane.io/v1", "FunctionRevision"), "", "pkg.crossplane.io/package="+function)
	if err == nil && len(all) > 0 {
		return fmt.Errorf("it has %d revisions", len(all))
	}
	return err
}
