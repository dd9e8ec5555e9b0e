package suite

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Restore restores live databases into new claims, on each cloud, by the commands of the page on
// it: with the data of a point in time, and a password that opens the copy. The providers start
// again, the claims are deleted and made again: nothing is restored twice, and the sources stay as
// they are. A copy that is deleted at its cloud is made anew, which its claim says.
func (s *Suite) Restore(t *testing.T) {
	var sources, copies, secrets []*unstructured.Unstructured
	var books []*runbook
	for _, name := range []string{"cloudsql", "rds", "azure", "ibm"} {
		source := Example(t, "payments-prod-infra/"+name+"-main", name+"-main")
		s.Apply(t, source)
		sources = append(sources, source)
	}
	s.WaitReady(t, sources...)
	before := s.Record(t, sources...)
	at := time.Now().UTC().Add(time.Second).Format(time.RFC3339) // since the sources were made, and before the copies are
	time.Sleep(2 * time.Second)
	for _, source := range sources {
		r := s.runbook(t, source, passing+source.GetName(), at)
		books, copies = append(books, r), append(copies, r.claim)
	}
	lostRows(t, books)
	for i, c := range copies {
		s.restored(t, sources[i], c)
		if secret := must(s.Composed(t, c))(t)["password"]; secret != nil {
			secrets = append(secrets, &unstructured.Unstructured{Object: map[string]any{
				"apiVersion": "v1", "kind": "Secret", "data": secret.Object["data"],
				"metadata": map[string]any{"name": secret.GetName(), "namespace": secret.GetNamespace()},
			}})
		}
	}
	history := len(s.Provider.Cloud.History())
	s.Provider.Cloud.Forget()
	s.withAll(t, copies)
	for _, c := range append(secrets, copies...) {
		c.SetResourceVersion("")
		s.Apply(t, c)
	}
	for i, c := range copies {
		s.restored(t, sources[i], c)
	}
	for _, e := range s.Provider.Cloud.History()[history:] {
		for _, c := range copies {
			if e == "create "+s.inCloud(t, c) || strings.HasPrefix(e, "destroy ") || strings.HasPrefix(e, "password ") {
				t.Errorf("a claim that is made again: %s", e)
			}
		}
	}
	for _, r := range books {
		switch cloudOf(r.claim) {
		case "azure":
			r.anotherPassword(t)
		case "aws":
			r.lost(t)
		}
	}
	s.Same(t, before, sources...)
	discard(t, books)
}

// withAll deletes claims, and waits until all that they were made of is gone as well.
func (s *Suite) withAll(t *testing.T, claims []*unstructured.Unstructured) {
	t.Helper()
	for _, c := range claims {
		for name, o := range must(s.Composed(t, c))(t) {
			if name != "password" && name != "connection" {
				s.Provider.Look(plane.RefOf(o)) // by a process that remembers nothing
			}
		}
	}
	s.removeWhole(t, claims...)
}

// restored holds that a claim's database is a copy of another one's, and that what the claim
// publishes opens it.
func (s *Suite) restored(t *testing.T, source, c *unstructured.Unstructured) {
	t.Helper()
	s.WaitReady(t, c)
	thing, of := s.Provider.Cloud.Things()[s.inCloud(t, c)], s.inCloud(t, source)
	if thing.Source != of {
		t.Errorf("%s is made of %q, and not of %s", s.inCloud(t, c), thing.Source, of)
	}
	s.opens(t, c)
}

// letGo deletes claims with what they have at their clouds.
func (s *Suite) letGo(t *testing.T, claims []*unstructured.Unstructured) {
	t.Helper()
	for _, c := range claims {
		s.Patch(t, c, map[string]any{
			"metadata": map[string]any{"annotations": map[string]any{"platform.victor.onl/allow-delete": "true"}},
			"spec":     map[string]any{"deletionPolicy": "Delete"},
		})
	}
	for _, c := range claims {
		s.waitFor(t, c, "nothing keeps it", func(o *unstructured.Unstructured) error {
			main := must(s.Composed(t, o))(t)["instance"]
			if policies := fmt.Sprint(Get(main, "spec", "managementPolicies")); Get(main, "spec", "deletionPolicy") == "Orphan" ||
				s.Scope == "namespaced" && !strings.Contains(policies, "Delete") && !strings.Contains(policies, "*") {
				return fmt.Errorf("%s is still kept", main.GetName())
			}
			return nil
		})
	}
	s.remove(t, claims...)
}
