package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestExpand holds what the platform's values make of the steps.
func TestExpand(t *testing.T) {
	all := []string{"system", "domain", "there", "free", "claim", "entity", "look", "place", "show", "request", "register"}
	cases := map[string]struct {
		reason, old, now string
		want             []string
		wantErr          string
		wantIn           []string // the template, as text
	}{
		"GitHub": {
			"GitHub has a branch and a file below the repository itself.", "", "", all, "",
			[]string{"gitops/tree/main", "gitops/blob/main/catalog", "publish:github:pull-request", "by a pull request to"},
		},
		"GitLab": {
			"GitLab has a branch and a file below a hyphen.", "forge: github", "forge: gitlab", all, "",
			[]string{"gitops/-/tree/main", "gitops/-/blob/main/catalog", "publish:gitlab:merge-request", "by a merge request to"},
		},
		"Location": {
			"A repository that registers its entities by a Location needs no step for it.", "register: true", "register: false",
			all[:len(all)-1], "", nil,
		},
		"Forge": {
			"A forge that the template has no step for is refused.", "forge: github", "forge: gitea", nil,
			steps + `: forge: "gitea" is not allowed; allowed are github, gitlab`, nil,
		},
		"Unknown": {"A name that nothing stands for is a slip.", "<cluster>", "<clutser>", nil, steps + ": <clutser> stands for nothing", nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join(root, steps))
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.MkdirAll(filepath.Join(dir, folder), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, steps), []byte(strings.Replace(string(b), tc.old, tc.now, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			src, err := readSource(dir)
			if err != nil {
				t.Fatal(err)
			}
			out, err := src.expand()
			if said := message(err); said != tc.wantErr {
				t.Fatalf("\n%s\nexpand(): want error %q, got %q", tc.reason, tc.wantErr, said)
			}
			if err != nil {
				return
			}
			var got []string
			for _, step := range out["spec"].(object.Map)["steps"].([]any) {
				got = append(got, step.(object.Map)["id"].(string))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nexpand(): -want, +got:\n%s", tc.reason, diff)
			}
			text, err := yaml.Marshal(out)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range tc.wantIn {
				if !strings.Contains(string(text), word) {
					t.Errorf("\n%s\nexpand(): the template lacks %s", tc.reason, word)
				}
			}
		})
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// TestServices holds that claims of the form are named as the examples are.
func TestServices(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "examples", "claims", "*", "*-main.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	says := regexp.MustCompile(`(?m)^  (provider|type): (\S+)$`)
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		of := map[string]string{"type": "database"}
		for _, m := range says.FindAllStringSubmatch(string(b), -1) {
			of[m[1]] = m[2]
		}
		word := services[of["type"]][of["provider"]]
		if name := strings.TrimSuffix(filepath.Base(f), "-main.yaml"); name != word {
			t.Errorf("%s is named by %q, and the form names by %q", f, name, word)
		}
	}
}
