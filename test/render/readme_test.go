package render

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

var (
	block = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```")
	link  = regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`)
	span  = regexp.MustCompile("(?s)```.*?```|`[^`\n]*`") // of code, in which nothing is a link
)

// blocks of the README, and then of the quick start, in a language.
func blocks(t *testing.T, language string) []string {
	t.Helper()
	var out []string
	for _, page := range []string{"/README.md", "/docs/quickstart.md"} {
		b, err := os.ReadFile(root + page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range block.FindAllStringSubmatch(string(b), -1) {
			if m[1] == language {
				out = append(out, m[2])
			}
		}
	}
	if len(out) == 0 {
		t.Fatalf("the pages have no %s", language)
	}
	return out
}

// TestReadmeExcerpt renders the README's claims, of a database and of a bucket, and holds
// that what the README shows behind each of them is in its result.
func TestReadmeExcerpt(t *testing.T) {
	shown := blocks(t, "yaml")
	excerpt(t, shown[0], shown[1])
	excerpt(t, shown[2], shown[3])
}

// excerpt renders a claim, and holds that an object of the result has what is shown of it.
func excerpt(t *testing.T, shownClaim, shownOfIt string) {
	t.Helper()
	claim := filepath.Join(t.TempDir(), "claim.yaml")
	if err := os.WriteFile(claim, []byte(shownClaim), 0o600); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{}
	if err := yaml.Unmarshal([]byte(shownOfIt), &want); err != nil {
		t.Fatal(err)
	}
	rendered, err := renderer.Render(t.Context(), render.Request{Claim: claim, Settings: settings(t), Scope: render.ScopeClaim})
	if err != nil {
		t.Fatal(err)
	}
	for doc := range bytes.SplitSeq(rendered, []byte("\n---\n")) {
		got := map[string]any{}
		if err := yaml.Unmarshal(doc, &got); err != nil {
			t.Fatal(err)
		}
		if got["kind"] == want["kind"] {
			within(t, "", want, got)
			return
		}
	}
	t.Errorf("no %v is rendered", want["kind"])
}

// within holds that all that is shown is there.
func within(t *testing.T, path string, shown, there any) {
	t.Helper()
	s, isMap := shown.(map[string]any)
	g, both := there.(map[string]any)
	if !isMap || !both {
		if !reflect.DeepEqual(shown, there) {
			t.Errorf("%s: the README shows %v, and %v comes out", path, shown, there)
		}
		return
	}
	for k := range s {
		within(t, path+"."+k, s[k], g[k])
	}
}

// TestReadmeCommands renders what the README says how to render, and holds that
// make has every target that is named.
func TestReadmeCommands(t *testing.T) {
	renders, runs := 0, 0
	for _, commands := range blocks(t, "sh") {
		for line := range strings.SplitSeq(strings.ReplaceAll(commands, "\\\n", " "), "\n") {
			words := strings.Fields(strings.Split(line, " #")[0])
			switch {
			case len(words) < 2 || words[0] == "#":
			case words[0] == "make" && words[1] == "render":
				renders++
				byMake(t, words[2:])
			case words[0] == "make":
				//nolint:gosec // Our own README.
				if out, err := exec.CommandContext(t.Context(), "make", append([]string{"-n", "-C", root}, words[1:]...)...).CombinedOutput(); err != nil {
					t.Errorf("%s: %v: %s", line, err, out)
				}
			case words[0] == "crossplane":
				runs++
				args := append(slices.Clone(words[1:]), "--crossplane-binary="+abs(t, ".cache/bin/crossplane-core-v2.4.0"))
				for i, arg := range args {
					if arg == "examples/functions.yaml" {
						args[i] = renderer.FunctionsFile()
					}
				}
				c := exec.CommandContext(t.Context(), abs(t, ".cache/bin/crossplane-cli-v2.5.0"), args...) //nolint:gosec // Our own README.
				c.Dir = root
				if out, err := c.CombinedOutput(); err != nil {
					t.Errorf("%s: %v: %s", line, err, out)
				}
			case words[0] == "kubectl": // run by the tests on control planes
			default:
				t.Errorf("nobody has run %q", line)
			}
		}
	}
	if renders < 5 || runs < 2 {
		t.Errorf("%d renders by make and %d by a CLI", renders, runs)
	}
}

// byMake does what make render does with its variables.
func byMake(t *testing.T, variables []string) {
	t.Helper()
	q := render.Request{Claim: root + "/examples/claims/payments-prod-infra/cloudsql-main.yaml", Settings: settings(t), Scope: render.ScopeClaim}
	for _, v := range variables {
		name, value, _ := strings.Cut(v, "=")
		switch name {
		case "CLAIM":
			q.Claim = abs(t, value)
		case "SETTINGS":
			q.Settings = []string{abs(t, value)}
		case "OBSERVED":
			q.Observed = abs(t, value)
		case "PROVIDER":
			q.Provider = value
		case "SCOPE":
			q.Scope = value
		default:
			t.Errorf("make render has no variable %s", name)
		}
	}
	if _, err := renderer.Render(t.Context(), q); err != nil {
		t.Errorf("make render %v: %v", variables, err)
	}
}

// TestReadmeLinks holds that what the README and docs point to is there.
func TestReadmeLinks(t *testing.T) {
	decisions, err := filepath.Glob(filepath.Join(root, "docs/decisions/*.md"))
	if err != nil || len(decisions) == 0 {
		t.Fatal("no decisions", err)
	}
	pages := []string{"README.md", "CONTRIBUTING.md", "SECURITY.md", "functions/multicloud-db/README.md", ".github/pull_request_template.md"}
	for _, folder := range []string{"docs/", "docs/how-to/"} {
		docs, err := filepath.Glob(filepath.Join(root, folder, "*.md"))
		if err != nil || len(docs) == 0 {
			t.Fatal("no docs", err)
		}
		for _, page := range docs {
			pages = append(pages, folder+filepath.Base(page))
		}
	}
	for _, page := range decisions {
		pages = append(pages, "docs/decisions/"+filepath.Base(page))
	}
	for _, page := range pages {
		b, err := os.ReadFile(filepath.Join(root, page))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(span.ReplaceAllString(string(b), ""), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(root, filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
}
