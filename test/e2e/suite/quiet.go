package suite

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// How long nothing may be written once nothing was for a while. Crossplane looks at
// every XR at least once in that time.
const (
	settled = 10 * time.Second
	quiet   = 2 * time.Minute
)

// Quiet waits until all is done, and then for a write that nobody asked for.
func (s *Suite) Quiet(t *testing.T) {
	claims := append(s.Live(t), s.Served(t)...)
	before, since := s.versions(t, claims), time.Now()
	if err := plane.Wait(t.Context(), Patience, "the end of all writes", func() error {
		if now := s.versions(t, claims); !cmp.Equal(before, now) {
			diff := cmp.Diff(before, now)
			before, since = now, time.Now()
			return fmt.Errorf("still written: %s", diff)
		}
		if time.Since(since) < settled {
			return fmt.Errorf("quiet since %s", since)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	called := map[string]float64{}
	for _, f := range steps {
		called[f] = s.calls(t, f)
	}
	hold(t, quiet, func() {
		if diff := cmp.Diff(before, s.versions(t, claims)); diff != "" {
			t.Fatalf("written without need: -before, +after:\n%s", diff)
		}
	})
	for _, f := range steps {
		if n := s.calls(t, f) - called[f]; n < float64(len(claims)) {
			t.Errorf("%s was called %v times for %d claims: it was quiet because nobody looked", f, n, len(claims))
		}
	}
}

// versions are the resourceVersions of claims, XRs and all that belongs to them.
func (s *Suite) versions(t *testing.T, claims []*unstructured.Unstructured) map[string]string {
	t.Helper()
	versions := map[string]string{}
	for _, c := range claims {
		objects := append(s.all(t, c), must(s.XR(t, c))(t), must(s.Client.Get(t.Context(), plane.RefOf(c)))(t))
		for _, o := range objects {
			versions[plane.RefOf(o).String()] = o.GetResourceVersion()
		}
	}
	return versions
}
