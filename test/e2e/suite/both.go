package suite

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Both installs the other Configuration beside this one. It is refused as a whole,
// with a message that says why; the first one goes on.
func (s *Suite) Both(t *testing.T) {
	claims := s.Live(t)
	before := s.Record(t, claims...)
	other := map[string]string{"claims": "namespaced", "namespaced": "claims"}[s.Scope]
	objects, err := plane.Read(filepath.Join(Root, "package", other, "install.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(objects, func(o *unstructured.Unstructured) bool { return o.GetKind() == "Configuration" })
	if i < 0 {
		t.Fatal("there is no Configuration for", other)
	}
	configuration := objects[i]
	s.Apply(t, configuration)
	if err := plane.Wait(t.Context(), Patience, "the refusal", func() error {
		o, err := s.Client.Get(t.Context(), plane.RefOf(configuration))
		if err != nil {
			return err
		}
		status, message := plane.Condition(o, "Healthy")
		for _, words := range []string{"only-one-of-crossplane-resources-claims-and-namespaced", "crossplane-resources-" + s.Scope} {
			if status != "False" || !strings.Contains(message, words) {
				return fmt.Errorf("the condition Healthy is %q without %q: %s", status, words, message)
			}
		}
		t.Log(message)
		return nil
	}); err != nil {
		t.Error(err)
	}
	s.Change(t, claims...)()
	s.Same(t, before, claims...)
	s.remove(t, configuration)
	s.Change(t, claims...)()
	s.Same(t, before, claims...)
}
