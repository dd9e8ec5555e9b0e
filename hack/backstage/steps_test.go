package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestExpand holds what the platform's values make of the steps.
func TestExpand(t *testing.T) {
	github := []string{"system", "domain", "there", "free", "claim", "look", "place", "entity", "show", "request", "register"}
	gitlab := slices.DeleteFunc(slices.Clone(github), func(id string) bool { return id == "look" })
	cases := map[string]struct {
		reason, old, now string
		want             []string
		wantErr, wantURL string
	}{
		"GitHub": {"GitHub looks for the claim before it opens a pull request.", "", "", github, "", "/blob/main/"},
		"GitLab": {"GitLab refuses by itself to make a file that is there.", "forge: github", "forge: gitlab", gitlab, "", "/-/blob/main/"},
		"Location": {
			"A repository that registers its entities by a Location needs no step for it.", "register: true", "register: false",
			github[:len(github)-1], "", "",
		},
		"Forge": {
			"A forge that the template has no step for is refused.", "forge: github", "forge: gitea", nil,
			steps + `: forge: "gitea" is not allowed; allowed are github, gitlab`, "",
		},
		"Unknown": {"A name that nothing stands for is a slip.", "<cluster>", "<clutser>", nil, steps + ": <clutser> stands for nothing", ""},
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
			url := ""
			for _, step := range out["spec"].(object.Map)["steps"].([]any) {
				id := step.(object.Map)["id"].(string)
				if got = append(got, id); id == "register" {
					url = step.(object.Map)["input"].(object.Map)["catalogInfoUrl"].(string)
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" || !strings.Contains(url, tc.wantURL) {
				t.Errorf("\n%s\nexpand(): -want, +got:\n%s\nat %s", tc.reason, diff, url)
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
