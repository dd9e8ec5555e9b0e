package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestKnown holds that a provenance states what is known, and nothing that is not.
func TestKnown(t *testing.T) {
	commit := strings.Repeat("0a", 20)
	parameters := map[string]any{"VERSION": "v1.0.0", "REGISTRY": "r.example.org", "DATE": "2026-01-02T03:04:05Z"}
	cases := map[string]struct {
		reason  string
		p       publish
		commit  map[string]any // of the source
		details map[string]any
	}{
		"Hand": {
			"By hand there is no run to name.",
			publish{Commit: commit, Builder: "https://example.org/me"},
			map[string]any{"name": "source", "uri": "git+" + source, "digest": map[string]any{"gitCommit": commit}},
			map[string]any{"builder": map[string]any{"id": "https://example.org/me"}},
		},
		"Hosted": {
			"A workflow names its run.",
			publish{Commit: commit, Builder: "https://example.org/workflow", Invocation: "https://example.org/runs/1"},
			map[string]any{"name": "source", "uri": "git+" + source, "digest": map[string]any{"gitCommit": commit}},
			map[string]any{"builder": map[string]any{"id": "https://example.org/workflow"}, "metadata": map[string]any{"invocationId": "https://example.org/runs/1"}},
		},
		"Word": {
			"A word is no commit's hash, and is not stated as one.",
			publish{Commit: "test", Builder: "https://example.org/me"},
			map[string]any{"name": "source", "uri": "git+" + source},
			map[string]any{"builder": map[string]any{"id": "https://example.org/me"}},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			tc.p.target = target{Version: "v1.0.0", Registry: "r.example.org"}
			tc.p.Date, tc.p.CLI = "2026-01-02T03:04:05Z", "tools/crossplane-cli"
			raw, err := json.Marshal(tc.p.known("go1.26.0", []byte("cli")))
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]any{}
			if err := json.Unmarshal(raw, &got); err != nil {
				t.Fatal(err)
			}
			parameters["COMMIT"] = tc.p.Commit
			want := map[string]any{
				"buildDefinition": map[string]any{
					"buildType": buildType, "externalParameters": parameters,
					"resolvedDependencies": []any{
						tc.commit,
						map[string]any{"name": "go", "uri": "pkg:golang/stdlib@go1.26.0"},
						map[string]any{"name": "crossplane-cli", "digest": map[string]any{"sha256": "99bb88401742848e032fd6f51709415fb6be169a72d2e5d7fc44289255160d3c"}},
					},
				},
				"runDetails": tc.details,
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
