package suite

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// refused is what a claim says whose cloud is not installed.
const refused = "is not on this cluster, and what is there of it stays as it is"

// OneCloud has claims of the cloud that is installed alone, and of another, and goes to the
// Configuration for all clouds and back by kubectl apply. The own claim never notices, the other
// one is told what is wrong, and is composed while its cloud is there; what it had stays.
func (s *Suite) OneCloud(t *testing.T, cloud, own, other string) {
	mine, others := Example(t, "payments-prod-infra/"+own, "one-"+own), Example(t, "payments-prod-infra/"+other, "one-"+other)
	s.installed(t, cloud)
	s.Apply(t, mine)
	s.Apply(t, others)
	s.WaitReady(t, mine)
	s.WaitSaid(t, others, "Composed", "False", "spec.provider", refused, cloud)
	if uids := s.uids(t, others); len(uids) > 0 {
		t.Error("composed of a cloud that is not there:", uids)
	}
	before := s.Record(t, mine)
	var had map[string]string
	if !t.Run("All", func(t *testing.T) {
		s.do(t, func() error { return s.Move(t.Context(), s.Scope, Version, "") })
		s.installed(t, "aws", "azure", "gcp", "ibm")
		s.Change(t, others)
		s.WaitSaid(t, others, "Composed", "True")
		s.waitFor(t, others, "what is composed", func(*unstructured.Unstructured) error {
			if had = s.uids(t, others); len(had) == 0 {
				return errors.New("nothing is")
			}
			return nil
		})
		s.Change(t, mine)()
		s.Same(t, before, mine)
	}) {
		return
	}
	t.Run("Back", func(t *testing.T) {
		s.do(t, func() error { return s.Move(t.Context(), s.Scope, Version, cloud) })
		s.Change(t, others)
		s.WaitSaid(t, others, "Composed", "False", "spec.provider", refused, cloud)
		if diff := cmp.Diff(had, s.uids(t, others)); diff != "" {
			t.Errorf("what the other cloud had: -before, +after:\n%s", diff)
		}
		s.Change(t, mine)()
		s.Same(t, before, mine)
	})
}

// installed holds whose providers there are.
func (s *Suite) installed(t *testing.T, clouds ...string) {
	t.Helper()
	got, err := s.Clouds(t.Context())
	if diff := cmp.Diff(clouds, got); err != nil || diff != "" {
		t.Errorf("clouds: %v: -want, +installed:\n%s", err, diff)
	}
}

// uids are the objects that a claim has, by their names in the composition. Nothing of them is
// being deleted.
func (s *Suite) uids(t *testing.T, claim *unstructured.Unstructured) map[string]string {
	t.Helper()
	composed, err := s.Composed(t, claim)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(composed)) {
		if composed[name].GetDeletionTimestamp() != nil {
			t.Errorf("%s is being deleted", name)
		}
		out[name] = string(composed[name].GetUID())
	}
	return out
}
