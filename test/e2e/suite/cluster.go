package suite

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Cluster makes a cluster in dev, upgrades it, has its cloud move it on by itself, gives it other
// nodes, and deletes it with all that it is made of.
func (s *Suite) Cluster(t *testing.T) {
	c := Example(t, "payments-dev-infra/gke-main", passing+"gke-main")
	Set(t, c, map[string]any{"version": "1.35"}, "spec", "cluster")
	s.Apply(t, c)
	s.Complete(t, c)
	cluster := func(fields map[string]any) { s.Patch(t, c, map[string]any{"spec": map[string]any{"cluster": fields}}) }
	asks := func(version, size string) func(*unstructured.Unstructured) error {
		return func(*unstructured.Unstructured) error {
			composed, err := s.Composed(t, c)
			if err != nil {
				return err
			}
			asked, machine := at(composed["instance"], "spec.forProvider.minMasterVersion"), at(composed["nodes"], "spec.forProvider.nodeConfig.machineType")
			if asked != version || machine != size {
				return fmt.Errorf("version %v is asked for, and nodes of %v", asked, machine)
			}
			return nil
		}
	}
	t.Run("TwoMinors", func(t *testing.T) {
		_, err := s.Client.Patch(t.Context(), plane.RefOf(c), map[string]any{"spec": map[string]any{"cluster": map[string]any{"version": "1.37"}}})
		if refused := (*plane.StatusError)(nil); !errors.As(err, &refused) || !strings.Contains(refused.Message, "spec.cluster.version") {
			t.Errorf("two minors ahead are not refused at admission: %v", err)
		}
	})
	t.Run("Upgrade", func(t *testing.T) {
		cluster(map[string]any{"version": "1.36"})
		s.waitFor(t, c, "the upgrade", asks("1.36", "e2-medium"))
		s.WaitReady(t, c)
	})
	t.Run("Followed", func(t *testing.T) {
		instance := must(s.Composed(t, c))(t)["instance"]
		s.Provider.Cloud.Alter("Cluster", instance.GetAnnotations()["crossplane.io/external-name"], map[string]any{"minMasterVersion": "1.37"})
		s.Provider.Look(plane.RefOf(instance))
		s.waitFor(t, c, "the cloud's own upgrade", asks("1.37", "e2-medium"))
		s.WaitReady(t, c)
	})
	t.Run("Nodes", func(t *testing.T) {
		s.Patch(t, c, map[string]any{"spec": map[string]any{"profile": "medium"}})
		s.waitFor(t, c, "other nodes", asks("1.37", "n4-standard-4"))
		s.WaitReady(t, c)
	})
	s.remove(t, c)
	for _, name := range s.Provider.Cloud.Names() {
		if kind, thing, _ := strings.Cut(name, "/"); strings.Contains(thing, "-dev-"+passing+"gke") {
			s.gone(t, kind, thing)
		}
	}
}
