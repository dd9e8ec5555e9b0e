package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

const root = "../../"

// read decodes a file of the project.
func read(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(root + path)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(b, into); err != nil {
		t.Fatal(path, err)
	}
}

// TestUses holds that the hook, and the examples of who uses it, call the command as it is:
// what cannot be compared with a base that is not there says that, and no flag is unknown.
func TestUses(t *testing.T) {
	var hooks []struct {
		ID, Entry, Language, Files string
		PassFilenames              bool `json:"pass_filenames"`
	}
	var config struct {
		Repos []struct {
			Hooks []struct {
				ID   string
				Args []string
			}
		}
	}
	var workflow struct {
		Jobs map[string]struct{ Steps []struct{ Run string } }
	}
	read(t, ".pre-commit-hooks.yaml", &hooks)
	read(t, "examples/repository/.pre-commit-config.yaml", &config)
	read(t, "examples/repository/.github/workflows/validate-conventions.yaml", &workflow)
	hook, used := hooks[0], config.Repos[0].Hooks[0]
	if hook.ID != used.ID || hook.Language != "golang" || hook.PassFilenames {
		t.Errorf("the hook is %+v, and what uses it %+v", hook, used)
	}
	for file, want := range map[string]bool{
		"crossplane/claims/dev/main/claim.yaml": true, "catalog/resources/main.yml": true, "catalog/README.md": false, "charts/claims/values.yaml": false,
	} {
		if got := regexp.MustCompile(hook.Files).MatchString(file); got != want {
			t.Errorf("the hook is for %s: %t", file, got)
		}
	}
	steps := workflow.Jobs["claims"].Steps
	calls := [][]string{append(strings.Fields(hook.Entry), used.Args...)}
	there := strings.NewReplacer(`"$BASE"`, "nowhere", "--settings .platform/crossplane/settings", "")
	calls = append(calls, strings.Fields(there.Replace(steps[len(steps)-1].Run)))
	t.Chdir(t.TempDir())
	if out, err := exec.CommandContext(t.Context(), "git", "init", "-q").CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	for _, args := range calls {
		if code, _, said := call(t, "", args[1:]...); args[0] != "claims" || code != exitBroken || !strings.Contains(said, "which is no commit here") {
			t.Errorf("%q ends by %d, and says %q", args, code, said)
		}
	}
}

// TestLinks holds that the command reaches no cluster: it links no client of Kubernetes.
func TestLinks(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.Lines(string(out)) {
		if strings.HasPrefix(path, "k8s.io/client-go/") || strings.HasPrefix(path, "sigs.k8s.io/controller-runtime/") {
			t.Errorf("it links %s", path)
		}
	}
}
