package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// loseRecord takes every record off the main managed resource, as a restore without annotations does.
func (w *tunedWorld) loseRecord() {
	instance := w.req.GetObserved().GetResources()[keyInstance].GetResource()
	for key := range object.Struct(instance, "metadata", "annotations").AsMap() {
		if strings.HasPrefix(key, requested) {
			object.Remove(instance, "metadata", "annotations", key)
		}
	}
}

// TestParametersRecordLost holds that a lost record takes no parameter off a server, restarts none,
// and opens no window of RDS: what waits goes on waiting, although the claim still has an old word.
func TestParametersRecordLost(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
		for _, parameters := range []string{"maxConnections: 800", ""} {
			t.Run(provider+"/"+parameters, func(t *testing.T) {
				t.Parallel()
				w := newTuned(provider, "postgres", "prod", "maxConnections: 500")
				w.word = "old"
				for range 4 {
					w.reconcile(t)
				}
				w.parameters = parameters
				for range 3 {
					w.reconcile(t)
				}
				had, restarts := w.has(), w.restarts
				w.loseRecord()
				for i := range 4 {
					w.reconcile(t)
					if got := fatal(w.rsp); got != "" {
						t.Fatal(got)
					}
					if diff := cmp.Diff(had, w.has()); diff != "" || w.restarts != restarts {
						t.Fatalf("reconcile %d: %d restarts: -want, +got:\n%s\n%s", i, w.restarts-restarts, diff, w.composed())
					}
					desired := w.rsp.GetDesired().GetResources()[keyInstance].GetResource()
					if now, _ := object.Bool(desired, "spec", "forProvider", "applyImmediately"); now {
						t.Errorf("reconcile %d: the old word opens RDS's window", i)
					}
				}
				if word := object.String(w.rsp.GetDesired().GetResources()[keyInstance].GetResource(), "metadata", "annotations", requested+"apply-now"); word != "old" {
					t.Errorf("the old word is recorded as %q", word)
				}
				w.parameters, w.word = "maxConnections: 900", "new"
				for range 4 {
					w.reconcile(t)
				}
				if !strings.Contains(w.has(), "max_connections=900") {
					t.Errorf("a new word counts for nothing: %s", w.has())
				}
			})
		}
	}
}

// TestFlagsReported holds that a report of Cloud SQL which lacks the flags for once takes none off an
// instance that outlived its claim, and that a flag which somebody takes out of the managed resource
// stays out, although the cloud still reports it.
func TestFlagsReported(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string][]string{
		"Flags": {"status", "atProvider", "settings", "databaseFlags"}, "Settings": {"status", "atProvider", "settings"},
		"Report": {"status", "atProvider"}, "Status": {"status"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTuned("gcp", "postgres", "prod", "maxConnections: 500")
			w.found, w.server = true, map[string]string{"max_connections": "500", "random_page_cost": "1.1"}
			for i := range 8 {
				w.reconcile(t)
				if got := fatal(w.rsp); got != "" {
					t.Fatal(got)
				}
				if i > 2 {
					object.Remove(w.req.GetObserved().GetResources()[keyInstance].GetResource(), lost...)
				}
			}
			if diff := cmp.Diff("max_connections=500 random_page_cost=1.1", w.has()); diff != "" || w.restarts > 0 {
				t.Errorf("%d restarts: -want, +got:\n%s", w.restarts, diff)
			}
		})
	}
	w := newTuned("gcp", "postgres", "prod", "maxConnections: 500")
	w.found, w.server = true, map[string]string{"max_connections": "500", "random_page_cost": "1.1"}
	for range 4 {
		w.reconcile(t)
	}
	setFlags(w.req.GetObserved().GetResources()[keyInstance].GetResource(), map[string]string{"max_connections": "500"})
	for range 3 {
		w.reconcile(t)
	}
	if diff := cmp.Diff("max_connections=500", w.has()); diff != "" {
		t.Errorf("a flag comes back that somebody took out: -want, +got:\n%s", diff)
	}
}

// TestConnectionsTold holds what the step that sizes is told of connections where the server has
// others than the claim asks for, or nobody knows how many.
func TestConnectionsTold(t *testing.T) {
	t.Parallel()
	const formula = "metadata: {name: platform-prod}\ndata: {policy: {parameters: {%: {postgres: {max_connections: '{DBInstanceClassMemory/9531392}'}}}}}"
	for name, tc := range map[string]struct {
		reason, provider, settings, parameters, has, want string
		found                                             bool
	}{
		"GCP":     {"What waits is not there: the cloud tells what is.", "gcp", "", "maxConnections: 500", "300", "300", true},
		"Azure":   {"On Azure as well.", "azure", "", "maxConnections: 500", "300", "300", true},
		"AWS":     {"Nobody tells what an instance counts by that outlived its claim.", "aws", "", "maxConnections: 500", "300", "", true},
		"Formula": {"A formula is no number.", "aws", formula, "", "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTuned(tc.provider, "postgres", "prod", tc.parameters)
			w.found, w.settings = tc.found, strings.Replace(tc.settings, "%", tc.provider, 1)
			if tc.has != "" {
				w.server = map[string]string{"max_connections": tc.has}
			}
			for range 5 {
				w.reconcile(t)
				if got := fatal(w.rsp); got != "" {
					t.Fatal(got)
				}
			}
			told := object.String(w.rsp.GetDesired().GetResources()[keyInstance].GetResource(), "metadata", "annotations", requested+"max-connections")
			if told != tc.want {
				t.Errorf("\n%s\nwant %q, got %q", tc.reason, tc.want, told)
			}
		})
	}
}

// TestWordOfOddNumber holds that the word counts once on IBM Cloud for a number that JSON would write
// in another way: else it would stay open for every later edit.
func TestWordOfOddNumber(t *testing.T) {
	t.Parallel()
	w := newTuned("ibm", "postgres", "prod", "")
	w.word = "first"
	for range 2 {
		w.reconcile(t)
	}
	w.settings = "metadata: {name: platform-prod}\ndata: {policy: {parameters: {ibm: {postgres: {max_locks_per_transaction: \"0128\"}}}}}"
	w.word = "go"
	for range 4 {
		w.reconcile(t)
	}
	if word := object.String(w.rsp.GetDesired().GetResources()[keyInstance].GetResource(), "metadata", "annotations", requested+"apply-now"); word != "go" {
		t.Errorf("the word never counts: the record is %q; %s", word, w.composed())
	}
}

// TestApplyNowAdopted holds that the word with which the claim of an existing instance of RDS is made
// opens no window of its owner's.
func TestApplyNowAdopted(t *testing.T) {
	t.Parallel()
	w := newTuned("aws", "postgres", "prod", "")
	w.word = "go"
	spec := strings.Replace(w.spec(), ", parameters: {}", "", 1) + "  externalName: legacy\n  adopt: Observe\n"
	rsp := run(t, request(t, spec, "", nil))
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	record := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "metadata", "annotations", requested+"apply-now")
	if record != "go" {
		t.Errorf("the word of a new claim is recorded as %q", record)
	}
}
