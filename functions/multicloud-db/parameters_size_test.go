package multiclouddb

import (
	"os"
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

// TestConnectionsAsOnCloudSQL holds that the page on sizes has the same numbers for Google Cloud, which is where those of
// IBM Cloud are from.
func TestConnectionsAsOnCloudSQL(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/sizes.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, profile := range []string{"medium", "large", "xlarge"} {
		w := newTuned("ibm", "postgres", "dev", "")
		w.profile = profile
		w.reconcile(t)
		asked := object.String(w.rsp.GetDesired().GetResources()[keyInstance].GetResource(), "metadata", "annotations", requested+"max-connections")
		if row := "| " + profile + " | postgres | " + asked + " |"; asked == "" || !strings.Contains(string(page), row) {
			t.Errorf("%s is made with %q connections, and docs/sizes.md has no row %q", profile, asked, row)
		}
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
	lost := newTuned("ibm", "postgres", "prod", "")
	lost.settle(t)
	lost.req.Observed.Resources, lost.found = nil, true // the managed resource is gone, and the XR's status has the endpoint
	lost.server, lost.restarts = map[string]string{"max_connections": "115"}, 0
	lost.reconcile(t)
	if got := object.String(lost.rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "varmap", "configuration"); got != "" {
		t.Errorf("a database whose managed resource is gone is asked for with %s", got)
	}

	instance := w.rsp.GetDesired().GetResources()[keyInstance].GetResource()
	if got := object.String(instance, "metadata", "annotations", requested+"max-connections"); got != "" {
		t.Errorf("%s connections are told to whoever sizes the database", got)
	}
}
