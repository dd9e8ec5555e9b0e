package check

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestGuardRegions holds of all examples, which are of every type, cloud and env there is,
// that the one edit which no resource takes is refused before the merge.
func TestGuardRegions(t *testing.T) {
	where, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := filepath.Glob(where + "/examples/claims/*/*.yaml")
	if err != nil || len(claims) < 40 {
		t.Fatal("no examples", err)
	}
	region := regexp.MustCompile(`(?m)^(  region: ).*\n`)
	before, now, edited := map[string]string{}, map[string]string{}, 0
	for _, f := range claims {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		at := filepath.Join(filepath.Base(filepath.Dir(f)), filepath.Base(f))
		before["before/"+at] = region.ReplaceAllString(string(b), "") // it is where the settings say
		now["now/"+at] = strings.Replace(before["before/"+at], "\nspec:\n", "\nspec:\n  region: us-east\n", 1)
		edited++
	}
	files(t, before)
	write(t, now)
	refused := 0
	for _, said := range said(t, Options{Base: "./before", Paths: []string{"now"}, Settings: []string{where + "/examples/settings"}}) {
		if strings.Contains(said, ": error guard: spec.region: ") && strings.Contains(said, ` cannot become "`) {
			refused++
		} else if !strings.Contains(said, ": warning labels: ") {
			t.Error(said)
		}
	}
	if refused != edited {
		t.Errorf("%d of %d edits are refused", refused, edited)
	}
}

// TestGuardEnded holds that an edit of a database whose version's support has ended is judged as one
// of a live database, and what is new is refused.
func TestGuardEnded(t *testing.T) {
	const head = "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: main, namespace: payments-prod-infra}\n" +
		"spec: {provider: azure, profile: small, region: "
	const was = head + "eu-west, database: {engine: postgres, version: \"14\"}}\n"
	later := func() time.Time { return time.Date(2027, time.March, 1, 0, 0, 0, 0, time.UTC) }
	cases := map[string]struct{ reason, before, now, want string }{
		"Size":   {"A live database is edited as before.", was, strings.Replace(was, "small", "medium", 1), ""},
		"Region": {"A live database stays where it is.", was, strings.Replace(was, "eu-west", "us-east", 1), `error guard: spec.region: `},
		"Word": {
			"An upgrade of it takes its word.", was, strings.Replace(was, "14", "17", 1),
			`error guard: spec.database.version: to become "17" is an upgrade that nobody takes back`,
		},
		"New": {"A new database does not get the version.", "", was, `error compose: spec.database.version: "14" is not offered for postgres on azure any more`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, map[string]string{"before/other.yaml": "", beforeAt: tc.before, nowAt: tc.now})
			got := strings.Join(said(t, Options{Base: "./before", Paths: []string{"now"}, Today: later}), "\n")
			got = strings.Join(regexp.MustCompile(`(?m)^.* labels: .*\n?`).Split(got, -1), "")
			if !strings.Contains(got, tc.want) || tc.want == "" && strings.Contains(got, "error") {
				t.Errorf("\n%s\nRun(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}

// TestGuardTypes holds an edit of each type that its own rules refuse, keep or take.
func TestGuardTypes(t *testing.T) {
	const head = "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: main, namespace: payments-prod-infra}\nspec: {provider: "
	cases := map[string]struct {
		reason, before, now string
		want                string // part of what is said of the edit; "" for no error
	}{
		"Bucket": {
			"Older versions that are kept go on to be kept.", "gcp, type: bucket, region: eu-west}", "gcp, type: bucket, region: eu-west, bucket: {versioning: false}}",
			`error guard: spec.bucket.versioning: "true" cannot become "false" on a live bucket`,
		},
		"Queue": {
			"Messages that may wait are not lost sooner.", "aws, type: queue, region: eu-west, queue: {retentionDays: 14}}", "aws, type: queue, region: " +
				"eu-west, queue: {retentionDays: 2}}",
			`error guard: spec.queue.retentionDays: "14" cannot become "2" on a live queue`,
		},
		"Database": {
			"A disk does not shrink.", "aws, profile: small, region: eu-west, database: {engine: mysql, storageGiB: 200}}",
			"aws, profile: small, region: eu-west, database: {engine: mysql, storageGiB: 100}}",
			`error guard: spec.database.storageGiB: "200" cannot become "100" on a live database`,
		},
		"Type": {
			"One type does not become another.", "ibm, profile: small, region: eu-west, database: {engine: postgres}}", "ibm, profile: small, region: " +
				"eu-west, type: cache}",
			`error guard: spec.type: "database" cannot become "cache" on a live database`,
		},
		"Secret": {
			"What a namespaced XR publishes stays under its name; a claim's own Secret is Crossplane's.",
			"gcp, type: bucket, region: eu-west, writeConnectionSecretToRef: {name: a}}", "gcp, type: bucket, region: eu-west, writeConnectionSecretToRef: " +
				"{name: b}}", "",
		},
		"Upgrade": {
			"In prod a newer version takes a second word.", `gcp, profile: small, region: eu-west, database: {engine: postgres, version: "16"}}`,
			`gcp, profile: small, region: eu-west, database: {engine: postgres, version: "17"}}`,
			`error guard: spec.database.version: to become "17" is an upgrade that nobody takes back`,
		},
		"Worded": {
			"With its version as the word an upgrade is taken.", `gcp, profile: small, region: eu-west, database: {engine: postgres, version: "16"}}`,
			`gcp, profile: small, region: eu-west, database: {engine: postgres, version: "17"}}`, "",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, map[string]string{beforeAt: head + tc.before + "\n", nowAt: head + tc.now + "\n"})
			if name == "Worded" {
				word := strings.Replace(head, "{name: main,", `{name: main, annotations: {platform.victor.onl/upgrade: "17"},`, 1)
				write(t, map[string]string{nowAt: word + tc.now + "\n"})
			}
			got := strings.Join(said(t, Options{Base: "./before", Paths: []string{"now"}}), "\n")
			got = strings.Join(regexp.MustCompile(`(?m)^.* labels: .*\n?`).Split(got, -1), "")
			if !strings.Contains(got, tc.want) || tc.want == "" && strings.Contains(got, "error") {
				t.Errorf("\n%s\nRun(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}
