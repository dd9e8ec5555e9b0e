package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// pinned is an action by its commit, with the version beside it for people. A version alone is
// a tag, which whoever owns the action can move.
var pinned = regexp.MustCompile(`^[a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$`)

// TestWorkflows holds what GitHub's workflows may: actions are pinned, no token may anything
// but what a job asks for, and what makes identities runs for tags alone.
func TestWorkflows(t *testing.T) {
	want := map[string]map[string]string{
		"ci.yml":      {"contents": "read"},
		"release.yml": {"contents": "read", "packages": "write", "id-token": "write"},
	}
	files, err := filepath.Glob(filepath.Join(root, ".github", "workflows", "*"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]string{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		w := struct {
			On          map[string]any    `json:"on"`
			Permissions map[string]string `json:"permissions"`
			Jobs        map[string]struct {
				Permissions map[string]string `json:"permissions"`
				Steps       []struct {
					Run  string         `json:"run"`
					With map[string]any `json:"with"`
				} `json:"steps"`
			} `json:"jobs"`
		}{}
		// YAML 1.1, which this reader is of, takes the key for a truth.
		if err := yaml.Unmarshal([]byte(strings.Replace(string(b), "\non:", "\n\"on\":", 1)), &w); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if w.Permissions == nil || len(w.Permissions) > 0 || len(w.Jobs) != 1 {
			t.Errorf("%s: a workflow gives nothing to all of its jobs, and has one: %v, %d jobs", name, w.Permissions, len(w.Jobs))
		}
		for _, j := range w.Jobs {
			got[name] = j.Permissions
			for _, s := range j.Steps {
				if strings.Contains(s.Run, "${{") || s.With["script"] != nil {
					t.Errorf("%s: an expression is put into a script as it is, and a branch may be called $(id); hand it on by env: %s", name, s.Run)
				}
			}
		}
		for event := range w.On {
			if event != "push" && event != "pull_request" {
				t.Errorf("%s: runs for %s, where a stranger's change may meet the project's own rights", name, event)
			}
		}
		if push, ok := w.On["push"].(map[string]any); got[name]["id-token"] != "" && (!ok || len(w.On) != 1 || len(push) != 1 || push["tags"] == nil) {
			t.Errorf("%s: what makes identities runs for tags alone, not for %v", name, w.On)
		}
		for line := range strings.Lines(string(b)) {
			if _, action, uses := strings.Cut(strings.TrimSpace(line), "uses: "); uses && !pinned.MatchString(action) {
				t.Errorf("%s: %s is not pinned by a commit with its version", name, action)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the workflows may: -want, +got:\n%s", diff)
	}
}

// TestHosted holds that the hosted run does what has to pass here, and no other list of it.
func TestHosted(t *testing.T) {
	b, err := os.ReadFile(filepath.Join(root, ".github", "workflows", "ci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	if got := regexp.MustCompile(`(?m)^ *- run: (.*)$`).FindAllStringSubmatch(string(b), -1); len(got) != 1 || got[0][1] != ".ci/run" {
		t.Errorf("ci.yml runs %v, want .ci/run alone", got)
	}
}
