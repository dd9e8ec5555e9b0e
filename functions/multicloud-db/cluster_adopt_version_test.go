package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterAdoptedVersion holds which versions a cluster that was taken over is asked for: one minor
// ahead, and never so far ahead of nodes that nobody here upgrades.
func TestClusterAdoptedVersion(t *testing.T) {
	t.Parallel()
	const field = "spec.cluster.version: "
	cases := map[string]struct{ reason, provider, otherwise, to, word, want, refused string }{
		"NextGCP": {
			"Nodes of 1.34 may stay behind a control plane of 1.36.", "gcp", "{}", "1.36", "1.36", "1.36", "",
		},
		"UnwordedGCP": {
			"In prod an upgrade takes a second word.", "gcp", "{}", "1.36", "", "", field + `to become "1.36" is an upgrade that nobody takes back`,
		},
		"FarGCP": {
			"GKE takes no nodes that are three minors older.", "gcp", `{nodePool: [{version: 1.33.4-gke.2}, {version: 1.35.0-gke.1}]}`, "1.36", "1.36", "",
			field + `"1.36" is more than 2 minors ahead of the oldest nodes, which have "1.33"; allowed is "1.35" at most until their owner has upgraded them`,
		},
		"TwoGCP":   {"No cloud jumps a minor.", "gcp", "{}", "1.37", "1.37", "", field + `"1.37" is more than one minor ahead of "1.35"`},
		"DownGCP":  {"No cloud goes back.", "gcp", "{}", "1.34", "", "", field + `"1.35" cannot become "1.34"`},
		"MovedGCP": {"Google has moved it on, and nobody asks for anything.", "gcp", "{masterVersion: 1.36.1-gke.1}", "1.35", "", "", ""},
		"NextAWS":  {"Who names the version has looked at the nodes.", "aws", "{}", "1.36", "1.36", "1.36", ""},
		"MovedAWS": {"AWS has moved it on, and nobody asks for anything.", "aws", `{version: "1.36"}`, "1.35", "", "", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := adoptedCluster(t, tc.provider, "Manage", "{}")
			l.reports(t, tc.otherwise)
			if tc.to != "1.35" {
				l.edit(t, `version: "1.35"`, `version: "`+tc.to+`"`)
			}
			if tc.word != "" {
				object.Set(l.xr(), tc.word, "metadata", "annotations", "platform.victor.onl/upgrade")
			}
			rsp := l.run(t)
			if got := fatal(rsp); !strings.Contains(got, tc.refused) || tc.refused == "" && got != "" {
				t.Fatalf("\n%s\nfatal is %q", tc.reason, got)
			}
			if tc.refused != "" {
				return
			}
			if got := askedVersion(tc.provider, composed(rsp)); got != tc.want {
				t.Errorf("\n%s\nthe version asked for is %q, want %q", tc.reason, got, tc.want)
			}
			if tc.want == "" {
				return
			}
			l.reports(t, `{masterVersion: 1.36.0-gke.1, version: "1.36"}`)
			if got := askedVersion(tc.provider, composed(l.run(t))); got != tc.want {
				t.Errorf("\n%s\nonce it is there, the version asked for is %q", tc.reason, got)
			}
		})
	}
}

// askedVersion is the version that a cluster is asked for, or "".
func askedVersion(provider string, body map[string]any) string {
	v, _ := body[map[string]string{"gcp": "minMasterVersion", "aws": "version"}[provider]].(string)
	return v
}

// TestClusterAdoptedUnseen holds that nobody upgrades in dev, where no other second word is asked for,
// a cluster whose nodes are not seen, without saying that these were looked at.
func TestClusterAdoptedUnseen(t *testing.T) {
	t.Parallel()
	for provider, otherwise := range map[string]string{"gcp": `{nodePool: [], nodeVersion: ""}`, "aws": "{}"} {
		l := adoptedCluster(t, provider, "Manage", otherwise)
		l.spec = strings.Replace(l.spec, "env: prod", "env: dev", 1)
		l.edit(t)
		l.reports(t, otherwise)
		l.edit(t, `version: "1.35"`, `version: "1.36"`)
		want := `spec.cluster.version: to become "1.36" needs the annotation platform.victor.onl/upgrade: "1.36" on the claim, since nobody here sees`
		if got := fatal(l.run(t)); !strings.Contains(got, want) {
			t.Errorf("%s: %s", provider, got)
		}
		object.Set(l.xr(), "1.36", "metadata", "annotations", "platform.victor.onl/upgrade")
		rsp := l.run(t)
		if got := askedVersion(provider, composed(rsp)); got != "1.36" {
			t.Errorf("%s: with the word %q is asked for: %s", provider, got, fatal(rsp))
		}
		l.reports(t, otherwise)
		object.Set(l.xr(), object.Value(object.Map{}), "metadata", "annotations")
		if got := fatal(l.run(t)); got != "" {
			t.Errorf("%s: on its way, without the word: %s", provider, got)
		}
	}
}

// TestClusterAdoptedMovedOn holds that of a cluster of GKE which was upgraded once, and which Google
// has moved on since, no newer version is asked for: the provider takes "1.37" for newer than the
// patch that runs.
func TestClusterAdoptedMovedOn(t *testing.T) {
	t.Parallel()
	l := adoptedCluster(t, "gcp", "Manage", "{}")
	l.reports(t, "{}")
	l.edit(t, `version: "1.35"`, `version: "1.36"`)
	object.Set(l.xr(), "1.36", "metadata", "annotations", "platform.victor.onl/upgrade")
	for _, runs := range []string{"1.35.0-gke.100", "1.36.0-gke.1", "1.37.0-gke.1", "1.38.0-gke.1"} {
		l.reports(t, "{masterVersion: "+runs+"}")
		rsp := l.run(t)
		if got := askedVersion("gcp", composed(rsp)); got != "1.36" {
			t.Errorf("while %s runs, the version asked for is %q: %s", runs, got, fatal(rsp))
		}
	}
}

// TestClusterAdoptedUnknownPool holds that nodes of which a report tells no version are not seen.
func TestClusterAdoptedUnknownPool(t *testing.T) {
	t.Parallel()
	l := adoptedCluster(t, "gcp", "Manage", "{}")
	l.spec = strings.Replace(l.spec, "env: prod", "env: dev", 1)
	l.edit(t)
	l.reports(t, `{nodePool: [{name: a, version: 1.35.0-gke.1}, {name: b}], nodeVersion: ""}`)
	l.edit(t, `version: "1.35"`, `version: "1.36"`)
	if got := fatal(l.run(t)); !strings.Contains(got, "since nobody here sees the cluster's nodes") {
		t.Errorf("it is %q", got)
	}
}

// TestClusterAdoptedUnjudged holds that an edit of the version goes through no gap: while a report lacks
// the version that runs no other one is asked for, and once it is there the nodes are judged by.
func TestClusterAdoptedUnjudged(t *testing.T) {
	t.Parallel()
	for provider, want := range map[string]string{"gcp": "is more than 2 minors ahead of the oldest nodes", "aws": "since nobody here sees"} {
		const old = `nodePool: [{name: a, version: 1.33.0-gke.1}], nodeVersion: ""`
		l := adoptedCluster(t, provider, "Manage", "{}")
		l.spec = strings.Replace(l.spec, "env: prod", "env: dev", 1)
		l.edit(t)
		l.reports(t, "{"+old+"}")
		l.reports(t, "{masterVersion: null, version: null, "+old+"}")
		l.edit(t, `version: "1.35"`, `version: "1.36"`)
		rsp := l.run(t)
		if got := askedVersion(provider, composed(rsp)); got != "" {
			t.Errorf("%s: without the version that runs %q is asked for", provider, got)
		}
		if fatal(rsp) == "" {
			l.reports(t, "{"+old+"}")
		}
		if got := fatal(l.run(t)); !strings.Contains(got, want) {
			t.Errorf("%s: once it is there: %q, and asked for is %q", provider, got, askedVersion(provider, composed(l.run(t))))
		}
	}
}
