package suite

import (
	"slices"
	"testing"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// next is a version that the packages are upgraded to.
const next = "v0.2.0"

// Upgrade takes all packages to a next version under live claims, and back. The
// Configuration asks for functions of its own version or later, so it follows them
// up, and goes before them on the way back.
func (s *Suite) Upgrade(t *testing.T) {
	claims := s.Live(t)
	before := s.Record(t, claims...)
	s.do(t, func() error { return s.Publish(next) })

	packages := make([]plane.Ref, 0, len(steps)+1)
	for _, name := range steps {
		packages = append(packages, plane.Ref{GVK: plane.Kind("pkg.crossplane.io/v1", "Function"), Name: name})
	}
	packages = append(packages, plane.Ref{GVK: plane.Kind("pkg.crossplane.io/v1", "Configuration"), Name: "crossplane-resources-" + s.Scope})

	for _, way := range []struct{ name, version string }{{"Up", next}, {"Back", Version}} {
		t.Run(way.name, func(t *testing.T) {
			for _, p := range packages {
				s.do(t, func() error { return s.Switch(t.Context(), p, way.version) })
			}
			s.Change(t, claims...)()
			s.Same(t, before, claims...)
		})
		slices.Reverse(packages)
	}
}
