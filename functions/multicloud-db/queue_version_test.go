package multiclouddb

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestQueueVersion holds that a server of queues shows which version it has, and keeps it when
// its managed resource is made again, whatever this product pins by now.
func TestQueueVersion(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason             string
		recorded, reported string // "" for what was composed
		forgets            bool
		want, shown        string
	}{
		"Pinned":          {"What is new gets the pinned version.", "", "", false, "4.2", "4.2"},
		"Older":           {"An earlier release of this product pinned an older version.", "3.13", "3.13.7", false, "3.13", "3.13"},
		"Moved":           {"IBM Cloud moves a server on by itself.", "3.13", "4.0.2", false, "3.13", "4.0"},
		"PinnedForgotten": {"A server whose managed resource is gone is what it was.", "", "", true, "4.2", "4.2"},
		"OlderForgotten":  {"The version of a server whose managed resource is gone is in the status alone.", "3.13", "3.13.7", true, "3.13", "3.13"},
		"MovedForgotten":  {"An older version than IBM Cloud's would be refused for good.", "3.13", "4.0.2", true, "4.0", "4.0"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveQueueIBM(t, settingsQueueIBM)
			if tc.recorded != "" {
				object.Set(l.instance(), tc.recorded, "metadata", "annotations", requested+"version")
				object.Set(l.instance(), tc.recorded, "spec", "forProvider", "varmap", "engine_version")
			}
			if tc.reported != "" {
				object.Set(l.instance(), tc.reported, "status", "atProvider", "outputs", "engine_version")
			}
			rsp := l.run(t)
			if tc.forgets {
				object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
				clear(l.request.GetObserved().GetResources())
				rsp = l.run(t)
			}
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\n%s", tc.reason, got)
			}
			resource := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "resource")
			got := []any{cacheAt(rsp, "varmap", "engine_version"), object.String(resource, "version"), object.String(resource, "engine")}
			if diff := cmp.Diff([]any{tc.want, tc.shown, "rabbitmq"}, got); diff != "" {
				t.Errorf("\n%s\nasked for, and shown: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestQueueShowsNoEngine holds that a queue that is no server shows none.
func TestQueueShowsNoEngine(t *testing.T) {
	t.Parallel()
	for _, provider := range queueClouds {
		status := aliveQueue(t, provider, settingsQueue).run(t).GetDesired().GetComposite().GetResource()
		for _, field := range []string{"engine", "version"} {
			if got := object.String(status, "status", "resource", field); got != "" {
				t.Errorf("%s: status.resource.%s is %q", provider, field, got)
			}
		}
	}
}
