package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestFirstReport holds that the first report of a server which outlived its claim, with an id and
// nothing else, leads to no change of it: what somebody had set is not known yet.
func TestFirstReport(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "azure"} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newTuned(provider, "postgres", "prod", "lockTimeout: 5s")
			w.found, w.server = true, map[string]string{"random_page_cost": "1.1"}
			for range 2 {
				w.reconcile(t)
				instance := w.req.GetObserved().GetResources()[keyInstance].GetResource()
				object.Set(instance, object.Map{"id": "x"}, "status", "atProvider")
			}
			w.reconcile(t)
			if desired := w.rsp.GetDesired().GetResources()[keyInstance].GetResource(); managed.MayUpdate(desired) {
				t.Error("the provider may change a server of which it has told nothing")
			}
			for range 4 {
				w.reconcile(t)
			}
			if desired := w.rsp.GetDesired().GetResources()[keyInstance].GetResource(); !managed.MayUpdate(desired) {
				t.Error("the provider may not change a server of which it has told everything")
			}
			if diff := cmp.Diff("lock_timeout=5000 random_page_cost=1.1", w.has()); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
		})
	}
}

// TestWordOpen holds that the claim is told, while a word is open, that an edit goes along with it.
func TestWordOpen(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newTuned(provider, "postgres", "prod", "maxConnections: 500")
			w.settle(t)
			instance := w.req.GetObserved().GetResources()[keyInstance].GetResource()
			object.Set(instance, "db.m7g.large", "spec", "forProvider", "instanceClass")
			object.Set(instance, "db.m7g.medium", "status", "atProvider", "instanceClass")
			w.parameters, w.word = "maxConnections: 800", "friday"
			w.reconcile(t)
			const says = "what is edited until then goes along with it"
			if got := w.composed(); strings.Count(got, says) != 1 {
				t.Errorf("want %q once in %q", says, got)
			}
			w.settle(t)
			if got := w.composed(); provider != "aws" && strings.Contains(got, says) {
				t.Errorf("the word has counted, and the claim says %q", got)
			}
		})
	}
}

// TestSettingsLost holds that a parameter of IBM Cloud which the server has does not wait for a word once
// settings come back that were gone: nobody reports what the server has.
func TestSettingsLost(t *testing.T) {
	t.Parallel()
	const raw = "metadata: {name: platform-prod}\ndata: {policy: {parameters: {ibm: {postgres: {max_locks_per_transaction: \"128\"}}}}}"
	for name, parameters := range map[string]string{"Alone": "", "Beside": "maxConnections: 500"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTuned("ibm", "postgres", "prod", parameters)
			w.settings = raw
			w.settle(t)
			has, restarts := w.has(), w.restarts
			w.settings = "metadata: {name: platform-prod}\ndata: {policy: {requireNetwork: false}}"
			w.settle(t)
			w.settings = raw
			w.settle(t)
			if strings.Contains(w.composed(), "waits") || w.has() != has || w.restarts != restarts {
				t.Errorf("%d restarts; the server has %s, and had %s: %s", w.restarts-restarts, w.has(), has, w.composed())
			}
			w.settings = strings.Replace(raw, "128", "256", 1)
			w.settle(t)
			if !strings.Contains(w.composed(), "waits, since the server restarts for max_locks_per_transaction 256") || w.has() != has {
				t.Errorf("another value does not wait; the server has %s: %s", w.has(), w.composed())
			}
		})
	}
}
