package suite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Live applies the example claims of databases, unless they are there, and returns them
// when they are ready.
func (s *Suite) Live(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	claims := slices.DeleteFunc(Examples(t), func(c *unstructured.Unstructured) bool { return typeOf(c) != "database" })
	for _, c := range claims {
		s.Apply(t, c)
	}
	s.WaitReady(t, claims...)
	return claims
}

// Only returns the claims whose names, with their namespace, are given.
func Only(claims []*unstructured.Unstructured, names ...string) []*unstructured.Unstructured {
	var found []*unstructured.Unstructured
	for _, c := range claims {
		for _, n := range names {
			if c.GetNamespace()+"/"+c.GetName() == n {
				found = append(found, c)
			}
		}
	}
	return found
}

// oneOfEach cloud, in prod.
func oneOfEach(claims []*unstructured.Unstructured) []*unstructured.Unstructured {
	return Only(claims, "payments-prod-infra/cloudsql-main", "payments-prod-infra/rds-main", "payments-prod-infra/azure-main", "payments-prod-infra/ibm-main")
}

// Change changes a cost tag of claims, which goes through every step of the
// pipeline, and returns a wait until it has arrived and all are ready.
func (s *Suite) Change(t *testing.T, claims ...*unstructured.Unstructured) (wait func()) {
	t.Helper()
	s.changes++
	value := strconv.Itoa(s.changes)
	for _, c := range claims {
		s.Patch(t, c, map[string]any{"spec": map[string]any{"tags": map[string]any{"change": value}}})
	}
	return func() {
		t.Helper()
		for _, c := range claims {
			s.waitFor(t, c, "the change", func(o *unstructured.Unstructured) error {
				if got := Get(o, "status", "cost", "tags", "change"); got != value {
					return fmt.Errorf("its tag is %v, not yet %s: %s", got, value, said(o))
				}
				return nil
			})
		}
		s.WaitReady(t, claims...)
	}
}

// Patch merges into a claim.
func (s *Suite) Patch(t *testing.T, claim *unstructured.Unstructured, patch map[string]any) {
	t.Helper()
	if _, err := s.Client.Patch(t.Context(), plane.RefOf(claim), patch); err != nil {
		t.Fatal(err)
	}
}

// waitFor waits until a claim is as a function says.
func (s *Suite) waitFor(t *testing.T, claim *unstructured.Unstructured, what string, f func(*unstructured.Unstructured) error) {
	t.Helper()
	if err := plane.Wait(t.Context(), Patience, what+" on "+plane.RefOf(claim).String(), func() error {
		o, err := s.Client.Get(t.Context(), plane.RefOf(claim))
		if err != nil {
			return err
		}
		return f(o)
	}); err != nil {
		t.Fatal(err)
	}
}

// WaitSaid waits until a condition of a claim has a status, and all words in its
// message.
func (s *Suite) WaitSaid(t *testing.T, claim *unstructured.Unstructured, kind, want string, words ...string) {
	t.Helper()
	s.waitFor(t, claim, kind, func(o *unstructured.Unstructured) error {
		status, message := plane.Condition(o, kind)
		if status != want {
			return fmt.Errorf("%s is %q, not %q: %s", kind, status, want, said(o))
		}
		for _, w := range words {
			if !strings.Contains(message, w) {
				return fmt.Errorf("%s says %q, without %q", kind, message, w)
			}
		}
		return nil
	})
}

// said returns what an object's conditions say that are not True.
func said(o *unstructured.Unstructured) string {
	var all []string
	for _, kind := range []string{"Synced", "Ready", "Composed", "Provisioned", "Sized", "CostTagged"} {
		if status, message := plane.Condition(o, kind); status != "True" {
			all = append(all, fmt.Sprintf("%s=%s %s", kind, status, message))
		}
	}
	return strings.Join(all, "; ")
}

// hold looks every second for a while that nothing goes wrong.
func hold(t *testing.T, d time.Duration, f func()) {
	t.Helper()
	for end := time.Now().Add(d); time.Now().Before(end); time.Sleep(time.Second) {
		f()
	}
}
