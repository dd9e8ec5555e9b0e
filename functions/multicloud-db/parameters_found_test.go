package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestParametersFound holds that a claim which is made again restarts no server that outlived it:
// what differs waits, and what somebody had set stays.
func TestParametersFound(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "azure", "ibm"} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newTuned(provider, "postgres", "prod", "maxConnections: 500")
			w.found, w.server = true, map[string]string{"max_connections": "300", "random_page_cost": "1.1"}
			for range 6 {
				w.reconcile(t)
				if got := fatal(w.rsp); got != "" {
					t.Fatal(got)
				}
			}
			if diff := cmp.Diff("max_connections=300 random_page_cost=1.1", w.has()); diff != "" || w.restarts > 0 {
				t.Errorf("%d restarts: -want, +got:\n%s", w.restarts, diff)
			}
			if !strings.Contains(w.composed(), "maxConnections: waits, since the server restarts for max_connections 500") {
				t.Errorf("the claim does not say what waits: %s", w.composed())
			}
			w.word = "now"
			for range 6 {
				w.reconcile(t)
			}
			if diff := cmp.Diff("max_connections=500 random_page_cost=1.1", w.has()); diff != "" || w.restarts != 1 {
				t.Errorf("%d restarts by the word: -want, +got:\n%s", w.restarts, diff)
			}
		})
	}
}

// TestParametersAdopted holds that a database which was there stays tuned as it is, whatever claim and
// settings say, and that the claim is told.
func TestParametersAdopted(t *testing.T) {
	t.Parallel()
	for _, adopt := range []string{"Observe", "Manage"} {
		for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
			spec := strings.Replace(specLive, "gcp", provider, 1) + "  externalName: legacy\n  adopt: " + adopt + "\n"
			settings := "metadata: {name: platform-staging}\ndata: {providers: {azure: {resourceGroup: rg}}, policy: {parameters: {" + provider +
				": {postgres: {work_mem: '4096'}}}}}"
			rsp := run(t, request(t, xrHead+spec, settings, nil))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			for name, r := range rsp.GetDesired().GetResources() {
				if strings.Contains(r.GetResource().String(), "work_mem") {
					t.Errorf("%s, %s: the settings tune %s", provider, adopt, name)
				}
			}
			spec = strings.Replace(spec, "name: orders", "name: orders, parameters: {maxConnections: 500}", 1)
			const want = "spec.database.parameters.maxConnections: is set beside spec.externalName, which names a database that stays tuned as it is"
			if got := fatal(run(t, request(t, xrHead+spec, settings, nil))); !strings.Contains(got, want) {
				t.Errorf("%s, %s: want %q in %q", provider, adopt, want, got)
			}
		}
	}
}

// TestParametersGen2 holds that a claim is told of a plan of which nothing here sets the configuration.
func TestParametersGen2(t *testing.T) {
	t.Parallel()
	w := newTuned("ibm", "postgres", "prod", "maxConnections: 500")
	w.settings = "metadata: {name: platform-prod}\ndata: {providers: {ibm: {plan: standard-gen2}}}"
	for range 3 {
		w.reconcile(t)
		const says = "spec.database.parameters.maxConnections: has no effect here, since nothing here sets the configuration of a database of plan standard-gen2"
		if got := fatal(w.rsp); got != "" || !strings.Contains(w.composed(), says) || w.has() != "" {
			t.Fatalf("%s%s, and the server has %q", got, w.composed(), w.has())
		}
	}
}

// TestParametersChangedByHand holds that a parameter which the claim names, and that somebody changed
// at Azure, is not set back by a restart: the claim says that it waits.
func TestParametersChangedByHand(t *testing.T) {
	t.Parallel()
	w := newTuned("azure", "postgres", "prod", "maxConnections: 500, lockTimeout: 5s")
	for range 4 {
		w.reconcile(t)
	}
	w.server["max_connections"], w.server["lock_timeout"], w.restarts = "700", "1", 0
	for range 10 {
		w.reconcile(t)
	}
	if diff := cmp.Diff("lock_timeout=5000 max_connections=700", w.has()); diff != "" || w.restarts > 0 {
		t.Errorf("%d restarts: -want, +got:\n%s", w.restarts, diff)
	}
	if !strings.Contains(w.composed(), "waits, since the server restarts for max_connections 500") {
		t.Errorf("the claim does not say what waits: %s", w.composed())
	}
}

// TestApplyNow holds that the word has RDS apply what its maintenance window holds, until the
// instance has all of it, and counts once.
func TestApplyNow(t *testing.T) {
	t.Parallel()
	steps := []struct {
		reason, word string
		class, is    string // asked for, and reported
		applied      bool   // what the provider reports of applyImmediately
		want         bool
		record       string
	}{
		{"In prod a change waits for the window.", "", "db.m7g.large", "db.m7g.medium", false, false, ""},
		{"The word opens it.", "friday", "db.m7g.large", "db.m7g.medium", false, true, ""},
		{"It is open until the instance has what was asked for.", "friday", "db.m7g.large", "db.m7g.medium", true, true, ""},
		{"Then the word has counted.", "friday", "db.m7g.large", "db.m7g.large", true, false, "friday"},
		{"A later change waits again.", "friday", "db.m7g.xlarge", "db.m7g.large", true, false, "friday"},
		{"Without the word it waits as well.", "", "db.m7g.xlarge", "db.m7g.large", false, false, "friday"},
		{"The same word counts no more.", "friday", "db.m7g.xlarge", "db.m7g.large", false, false, "friday"},
		{"Another one does.", "monday", "db.m7g.xlarge", "db.m7g.large", false, true, "friday"},
	}
	w := newTuned("aws", "postgres", "prod", "")
	for range 3 {
		w.reconcile(t)
	}
	for i, s := range steps {
		w.word = s.word
		instance := w.req.GetObserved().GetResources()[keyInstance].GetResource()
		object.Set(instance, s.class, "spec", "forProvider", "instanceClass")
		object.Set(instance, s.is, "status", "atProvider", "instanceClass")
		object.Set(instance, s.applied, "status", "atProvider", "applyImmediately")
		w.reconcile(t)
		if got := fatal(w.rsp); got != "" {
			t.Fatal(got)
		}
		desired := w.rsp.GetDesired().GetResources()[keyInstance].GetResource()
		if now, _ := object.Bool(desired, "spec", "forProvider", "applyImmediately"); now != s.want {
			t.Errorf("step %d\n%s\napplyImmediately: want %t, got %t", i, s.reason, s.want, now)
		}
		if got := object.String(desired, "metadata", "annotations", requested+"apply-now"); got != s.record {
			t.Errorf("step %d\n%s\nrecord: want %q, got %q", i, s.reason, s.record, got)
		}
		if said := strings.Contains(w.composed(), "all that RDS holds for this instance's maintenance window is applied now"); said != s.want {
			t.Errorf("step %d\n%s\nComposed: %q", i, s.reason, w.composed())
		}
	}
}

// TestApplyNowWord holds that the word of a new claim counts for nothing later, and that it is short.
func TestApplyNowWord(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
		w := newTuned(provider, "postgres", "prod", "")
		w.word = "go"
		w.reconcile(t)
		record := object.String(w.rsp.GetDesired().GetResources()[keyInstance].GetResource(), "metadata", "annotations", requested+"apply-now")
		if record != "go" {
			t.Errorf("%s: the word of a new claim is recorded as %q", provider, record)
		}
		w.word = strings.Repeat("x", 64)
		w.reconcile(t)
		const want = "metadata.annotations: platform.victor.onl/apply-now has 64 characters; allowed is a word of at most 63"
		if got := fatal(w.rsp); !strings.Contains(got, want) {
			t.Errorf("%s: want %q in %q", provider, want, got)
		}
	}
}
