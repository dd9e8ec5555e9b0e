package suite

import (
	"path/filepath"
	"testing"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Settings deletes, breaks and restores the settings of live claims. One claim comes before
// them, and waits.
func (s *Suite) Settings(t *testing.T) {
	claims := append(oneOfEach(s.Live(t)), inProd(s.Served(t))...)
	before := s.Record(t, claims...)
	objects, err := plane.Read(filepath.Join(Root, "examples", "settings", "platform-prod.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	settings := objects[0]
	defer func() { s.Apply(t, settings) }()

	t.Run("Deleted", func(t *testing.T) {
		if err := s.Client.Delete(t.Context(), plane.RefOf(settings)); err != nil {
			t.Fatal(err)
		}
		s.Change(t, claims...)() // the claims stay healthy
		s.Same(t, before, claims...)
	})
	early := Example(t, "payments-prod-infra/rds-main", passing+"before-its-settings")
	t.Run("Early", func(t *testing.T) {
		s.Apply(t, early)
		s.WaitSaid(t, early, "Composed", "False", "there are no settings: no EnvironmentConfig platform, platform-prod or platform-prod-payments")
		if composed := must(s.Composed(t, early))(t); len(composed) > 0 {
			t.Errorf("a claim without settings has composed %d resources", len(composed))
		}
	})
	t.Run("Broken", func(t *testing.T) {
		broken := settings.DeepCopy()
		Set(t, broken, "no list", "data", "providers")
		s.Apply(t, broken)
		s.Change(t, claims...) // so that Crossplane looks at once
		for _, c := range claims {
			s.WaitSaid(t, c, "Composed", "False", "settings platform-prod: data.providers")
		}
		s.Same(t, before, claims...)
	})
	t.Run("Restored", func(t *testing.T) {
		if err := s.Client.Delete(t.Context(), plane.RefOf(settings)); err != nil {
			t.Fatal(err)
		}
		s.Apply(t, settings)
		s.WaitReady(t, early)
		s.remove(t, early)
		s.Change(t, claims...)()
		s.Same(t, before, claims...)
	})
}
