package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestConnectionsBySize holds with how many connections a new database of IBM Cloud is made, by its
// profile, and that no edit of the claim changes that later.
func TestConnectionsBySize(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason, provider, engine, profile, parameters, settings string
		want                                                    string
	}{
		"Small":  {"The 115 of IBM Cloud are as many as Cloud SQL has for the size, and more.", "ibm", "postgres", "small", "", "{}", ""},
		"Medium": {"A larger size takes as many as on Cloud SQL.", "ibm", "postgres", "medium", "", "{}", "max_connections=500"},
		"Large":  {"A larger size takes as many as on Cloud SQL.", "ibm", "postgres", "large", "", "{}", "max_connections=600"},
		"XLarge": {"A larger size takes as many as on Cloud SQL.", "ibm", "postgres", "xlarge", "", "{}", "max_connections=800"},
		"Claim":  {"What the claim says is stronger.", "ibm", "postgres", "large", "maxConnections: 200", "{}", "max_connections=200"},
		"Settings": {
			"What the settings say is stronger.", "ibm", "postgres", "large", "", "{policy: {parameters: {ibm: {postgres: {max_connections: '250'}}}}}",
			"max_connections=250",
		},
		"Changed": {"A profile that the settings changed may be smaller.", "ibm", "postgres", "large", "", "{profiles: {large: {memoryGiB: 4}}}", ""},
		"MySQL":   {"Nobody says how many MySQL has there.", "ibm", "mysql", "large", "", "{}", ""},
		"Gen2":    {"Nothing here sets the configuration of that plan.", "ibm", "postgres", "large", "", "{providers: {ibm: {plan: standard-gen2}}}", ""},
		"GCP":     {"Cloud SQL goes by the size itself.", "gcp", "postgres", "large", "", "{}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTuned(tc.provider, tc.engine, "prod", tc.parameters)
			w.profile, w.settings = tc.profile, "metadata: {name: platform-prod}\ndata: "+tc.settings
			w.settle(t)
			if diff := cmp.Diff(tc.want, w.has()); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s\n%s", tc.reason, diff, w.composed())
			}
			if strings.Contains(w.composed(), "spec.profile") {
				t.Errorf("\n%s\na default needs no word: %s", tc.reason, w.composed())
			}
			w.profile, w.restarts = "medium", 0
			w.settle(t)
			if diff := cmp.Diff(tc.want, w.has()); diff != "" || w.restarts > 0 {
				t.Errorf("another profile, after which the server restarted %d times: -want, +got:\n%s", w.restarts, diff)
			}
		})
	}
}

// TestConnectionsOfFound holds that a database which outlived its claim takes as many connections as it
// did, whatever the size says of a new one.
func TestConnectionsOfFound(t *testing.T) {
	t.Parallel()
	w := newTuned("ibm", "postgres", "prod", "")
	w.found, w.server = true, map[string]string{"max_connections": "115"}
	w.settle(t)
	if diff := cmp.Diff("max_connections=115", w.has()); diff != "" || w.restarts > 0 {
		t.Errorf("%d restarts: -want, +got:\n%s", w.restarts, diff)
	}
	instance := w.rsp.GetDesired().GetResources()[keyInstance].GetResource()
	if got := object.String(instance, "metadata", "annotations", requested+"max-connections"); got != "" {
		t.Errorf("%s connections are told to whoever sizes the database", got)
	}
}
