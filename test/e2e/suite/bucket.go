package suite

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// allowDelete is the annotation with which a claim says that its data may go.
const allowDelete = "platform.victor.onl/allow-delete"

// isBucket reports whether a claim is of a bucket, which has no server and no password.
func isBucket(claim *unstructured.Unstructured) bool { return typeOf(claim) == "bucket" }

// buckets are the example claims of buckets in an env.
func buckets(t *testing.T, env string) []*unstructured.Unstructured {
	t.Helper()
	found := slices.DeleteFunc(Examples(t), func(c *unstructured.Unstructured) bool {
		return !isBucket(c) || c.GetNamespace() != "payments-"+env+"-infra"
	})
	if len(found) == 0 {
		t.Fatal("examples/claims has no bucket of", env)
	}
	return found
}

// Bucket makes buckets, edits them to their harm, finds buckets of somebody else under
// their names, and deletes them.
func (s *Suite) Bucket(t *testing.T) {
	dev, prod := buckets(t, "dev"), buckets(t, "prod")
	for _, c := range append(dev, prod...) {
		s.Apply(t, c)
	}
	for _, c := range append(dev, prod...) {
		s.Complete(t, c)
	}
	t.Run("Guard", func(t *testing.T) { s.keepsVersions(t, prod) })
	for _, c := range dev {
		provider, _ := Get(c, "spec", "provider").(string)
		if provider == "ibm" { // whose names are of a module that the stand-in does not run
			continue
		}
		t.Run("Foreign/"+provider, func(t *testing.T) { s.foreign(t, c) })
	}
	t.Run("Full", func(t *testing.T) { s.full(t, dev) })
	t.Run("Again", func(t *testing.T) { s.foundAgain(t, prod) })
}

// clearBuckets deletes all example claims of buckets that live: in dev with their data, as
// their annotation then says.
func (s *Suite) clearBuckets(t *testing.T) {
	t.Helper()
	live := s.there(t, append(buckets(t, "dev"), buckets(t, "prod")...))
	for _, c := range live {
		if c.GetNamespace() == "payments-dev-infra" {
			s.Patch(t, c, map[string]any{"metadata": map[string]any{"annotations": map[string]any{allowDelete: "true"}}})
		}
	}
	for _, c := range live {
		if c.GetNamespace() != "payments-dev-infra" {
			continue
		}
		s.waitFor(t, c, "the end of the lock", func(*unstructured.Unstructured) error {
			composed, err := s.Composed(t, c)
			if err == nil && composed["lock"] != nil {
				err = errors.New("it is locked")
			}
			return err
		})
	}
	s.removeWhole(t, live...)
}

// keepsVersions holds that versioning which is on is not switched off, at admission or by
// the function, whichever speaks first.
func (s *Suite) keepsVersions(t *testing.T, claims []*unstructured.Unstructured) {
	t.Helper()
	before := s.asked(t, claims)
	versioning := func(on bool) map[string]any {
		return map[string]any{"spec": map[string]any{"bucket": map[string]any{"versioning": on}}}
	}
	for _, c := range claims {
		_, err := s.Client.Patch(t.Context(), plane.RefOf(c), versioning(false))
		if refused := (*plane.StatusError)(nil); errors.As(err, &refused) && strings.Contains(refused.Message, "spec.bucket.versioning") {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		s.WaitSaid(t, c, "Composed", "False", "spec.bucket.versioning", "on a live bucket; set it back to")
		s.Patch(t, c, versioning(true))
		s.WaitSaid(t, c, "Composed", "True")
	}
	s.same(t, before, claims)
}

// foreign puts a bucket of somebody else under the name that a claim has, in this account
// and in another one. The claim says so, and nothing of the bucket changes.
func (s *Suite) foreign(t *testing.T, like *unstructured.Unstructured) {
	t.Helper()
	claim := func() *unstructured.Unstructured {
		return Example(t, like.GetNamespace()+"/"+like.GetName(), passing+like.GetName())
	}
	c := claim()
	c.SetAnnotations(map[string]string{allowDelete: "true"})
	s.Apply(t, c)
	s.WaitReady(t, c)
	kind, name := s.holder(t, c)
	has := s.Provider.Cloud.Has(kind, name)
	s.remove(t, c)
	s.gone(t, kind, name)

	for _, key := range []string{"labels", "tags"} {
		if tags, ok := has[key].(map[string]any); ok {
			tags = maps.Clone(tags)
			tags["project"], has[key] = "somebody", tags
		}
	}
	for _, where := range []struct {
		elsewhere       bool
		condition, says string
	}{
		{false, "Composed", "was there before this claim"},
		{true, "Provisioned", kind},
	} {
		s.Provider.Cloud.Put(kind, name, has, where.elsewhere)
		history, updates := s.Provider.Cloud.History(), s.Provider.Cloud.Updates()
		c := claim()
		s.Apply(t, c)
		s.WaitSaid(t, c, where.condition, "False", where.says)
		s.remove(t, c)
		s.untouched(t, history, s.Provider.Cloud.History(), name)
		s.untouched(t, updates, s.Provider.Cloud.Updates(), name)
		if diff := cmp.Diff(has, s.Provider.Cloud.Has(kind, name)); diff != "" {
			t.Errorf("the bucket of somebody else: -before, +after:\n%s", diff)
		}
		s.Provider.Cloud.Take(kind, name)
	}
}

// untouched fails the test if the cloud did something to a thing, or in it.
func (s *Suite) untouched(t *testing.T, before, after []string, name string) {
	t.Helper()
	for _, e := range after[len(before):] {
		if strings.Contains(e, name) {
			t.Errorf("the bucket of somebody else: %s", e)
		}
	}
}

// full deletes claims in dev whose buckets are not empty: those stay until they are.
func (s *Suite) full(t *testing.T, claims []*unstructured.Unstructured) {
	t.Helper()
	for _, c := range claims {
		provider := Get(c, "spec", "provider")
		if provider != "gcp" && provider != "aws" { // the others keep an empty one, too
			continue
		}
		kind, name := s.holder(t, c)
		instance := must(s.Composed(t, c))(t)["instance"]
		s.Provider.Cloud.Fill(kind, name, true)
		s.remove(t, c)
		if err := plane.Wait(t.Context(), Patience, "the refusal of the cloud", func() error {
			o, err := s.Client.Get(t.Context(), plane.RefOf(instance))
			if err != nil {
				return err
			}
			if status, message := plane.Condition(o, "Synced"); status != "False" || !strings.Contains(message, "delete failed") {
				return fmt.Errorf("the condition Synced is %q: %s", status, message)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if s.Provider.Cloud.Has(kind, name) == nil {
			t.Errorf("%s/%s was deleted with all that is in it", kind, name)
		}
		s.Provider.Cloud.Fill(kind, name, false)
		s.gone(t, kind, name)
	}
}

// foundAgain deletes claims of prod, whose buckets stay, and makes them again.
func (s *Suite) foundAgain(t *testing.T, claims []*unstructured.Unstructured) {
	t.Helper()
	was := map[string]string{}
	for _, c := range claims {
		kind, name := s.holder(t, c)
		was[c.GetName()] = kind + "/" + name
	}
	history := len(s.Provider.Cloud.History())
	s.remove(t, claims...)
	for _, c := range claims {
		s.Apply(t, c)
	}
	s.WaitReady(t, claims...)
	for _, c := range claims {
		if kind, name := s.holder(t, c); kind+"/"+name != was[c.GetName()] {
			t.Errorf("%s is %s/%s, and was %s", c.GetName(), kind, name, was[c.GetName()])
		}
	}
	for _, e := range s.Provider.Cloud.History()[history:] {
		for _, name := range was {
			if e == "create "+name || e == "delete "+name {
				t.Errorf("a claim that is made again: %s", e)
			}
		}
	}
}

// holder is what the cloud calls a bucket, or on Azure its account.
func (s *Suite) holder(t *testing.T, claim *unstructured.Unstructured) (kind, name string) {
	t.Helper()
	o := must(s.Composed(t, claim))(t)["instance"]
	return o.GetKind(), o.GetAnnotations()["crossplane.io/external-name"]
}

// gone waits until the cloud has a thing no more.
func (s *Suite) gone(t *testing.T, kind, name string) {
	t.Helper()
	if err := plane.Wait(t.Context(), Patience, "the end of "+kind+"/"+name, func() error {
		if _, there := s.Provider.Cloud.Things()[kind+"/"+name]; there {
			return fmt.Errorf("%s/%s is still there", kind, name)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
