package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// now and before are the folders of a change.
const (
	nowAt    = "now/main.yaml"
	beforeAt = "before/main.yaml"
)

func TestBase(t *testing.T) {
	prod := edit(t, good, "payments-dev", "payments-prod", "gcp-payments-dev", "gcp-payments-prod")
	old := edit(t, good, "{engine: postgres}", `{engine: postgres, version: "13"}`)
	const allowed = "  annotations: {platform.victor.onl/allow-delete: \"true\"}\n"
	cases := map[string]struct {
		reason      string
		before, now map[string]string
		want        []string
	}{
		"Same": {"What is as it was is not said again.", map[string]string{beforeAt: good}, map[string]string{nowAt: good}, nil},
		"Reformed": {
			"Another form of the same words is no edit.",
			map[string]string{beforeAt: good},
			map[string]string{nowAt: edit(t, good, "{engine: postgres}", "\n    engine: \"postgres\"")},
			nil,
		},
		"Moved": {"A claim in another file is the same claim.", map[string]string{beforeAt: good}, map[string]string{"now/other/file.yaml": good}, nil},
		"Refused": {
			"What the guard refuses on a live resource is refused before the merge, in its words.",
			map[string]string{beforeAt: good},
			map[string]string{nowAt: edit(t, good, "engine: postgres", "engine: mysql")},
			[]string{
				`now/main.yaml:14: error guard: spec.database.engine: "postgres" cannot become "mysql" on a live database; set it back to "postgres", or make a ` +
					`second claim and migrate`,
			},
		},
		"Owned": {
			"A field that is misspelt is refused as in any claim.",
			map[string]string{beforeAt: good},
			map[string]string{nowAt: edit(t, good, "engine: postgres", "engin: postgres")},
			[]string{`now/main.yaml:14: error compose: spec.database.engin: unknown field; did you mean spec.database.engine?`},
		},
		"Held": {
			"What is kept of a live resource is said.",
			map[string]string{beforeAt: edit(t, good, "small", "large")},
			map[string]string{nowAt: good},
			[]string{
				"now/main.yaml:1: notice guard: Sized: small: db-custom-2-4096 (2 vCPU, 4 GiB), 512 GiB of disk; the disk keeps its 512 GiB although 64 " +
					"are asked for, since a disk never shrinks",
			},
		},
		"Nothing": {
			"An edit that comes to nothing is told.",
			map[string]string{beforeAt: good},
			map[string]string{nowAt: edit(t, good, "region: eu-west", "region: europe-west1")},
			[]string{"now/main.yaml:1: notice guard: the edit changes nothing of what is composed"},
		},
		"Unmade": {
			"A claim that was refused has made nothing, so that its mistakes may be mended.",
			map[string]string{beforeAt: edit(t, good, "eu-west", "moon")},
			map[string]string{nowAt: edit(t, good, "eu-west", "eu-central")},
			nil,
		},
		"Older": {
			"A version that is offered no more is no fault of who edits something else.",
			map[string]string{beforeAt: old},
			map[string]string{nowAt: edit(t, old, "small", "large")},
			[]string{
				"now/main.yaml:1: warning guard: the edit is not judged as one of a live resource, since the claim was refused before too; " +
					"docs/edits.md says what it comes to",
				`now/main.yaml:14: warning compose: spec.database.version: "13" is not offered for postgres on gcp; allowed are 14, 15, 16, 17, 18`,
			},
		},
		"New": {
			"A claim that is new is judged as one.",
			map[string]string{beforeAt: good},
			map[string]string{
				nowAt:          good,
				"now/new.yaml": edit(t, good, "name: main", "name: new", "-dev-main", "-dev-new", "eu-west", "moon"),
			},
			[]string{`now/new.yaml:13: error compose: spec.region: "moon" is unknown; allowed are`},
		},
		"Loosed": {
			"A resource that goes with its claim from now on is a loss to come.",
			map[string]string{beforeAt: prod},
			map[string]string{nowAt: edit(t, prod, "  labels:", allowed+"  labels:", "spec:", "spec:\n  deletionPolicy: Delete")},
			[]string{"now/main.yaml:12: warning guard: from now on gcp-payments-prod-main goes with its claim, and its data with it; so far it outlives the claim"},
		},
		"DeletedInProd": {
			"What outlives its claim goes on to cost.",
			map[string]string{beforeAt: prod},
			map[string]string{"now/x.yaml": "{}"},
			[]string{
				"before/main.yaml:1: warning deleted: the claim is deleted, and database gcp-payments-prod-main outlives it: it stays in the cloud, and costs " +
					"what it costs, until somebody deletes it there",
			},
		},
		"DeletedInDev": {
			"What does not outlive its claim is lost.",
			map[string]string{beforeAt: good},
			map[string]string{"now/x.yaml": "{}"},
			[]string{"before/main.yaml:1: warning deleted: the claim is deleted, and database gcp-payments-dev-main goes with it, and its data"},
		},
		"DeletedUnmade": {
			"A claim that made nothing leaves nothing.",
			map[string]string{beforeAt: edit(t, good, "eu-west", "moon")},
			map[string]string{"now/x.yaml": "{}"},
			[]string{"before/main.yaml:1: warning deleted: the claim is deleted; it was refused, so that it has made nothing"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, tc.before)
			write(t, tc.now)
			got := said(t, Options{Base: "./before", Paths: []string{"now"}})
			for i := range got { // a list of all regions is long
				got[i], _, _ = strings.Cut(got[i], " us-east")
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nRun(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
