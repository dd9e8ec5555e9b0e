package howto

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/cmd/claims/check"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// known are the objects of Kubernetes that pages show, by their kind.
var known = map[string]func() any{
	"Deployment":  func() any { return &appsv1.Deployment{} },
	"Role":        func() any { return &rbacv1.Role{} },
	"RoleBinding": func() any { return &rbacv1.RoleBinding{} },
}

// A reader is somebody who does what a page says, from top to bottom.
type reader struct {
	settings map[string]string // by the name of the EnvironmentConfig
	claims   map[string]string // as they stand, by namespace and name
	dir      string            // where the page's files are
	project  string
}

// TestYAML holds that each claim of a page is taken, over the claim of that name which the page
// has before, or refused by the sentence that stands in a block of text behind it; that its
// settings are taken, by the claims of the examples too; and that all else is what Kubernetes
// knows.
func TestYAML(t *testing.T) {
	claims := 0
	for _, page := range pages(t) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			project, err := filepath.Abs(root)
			if err != nil {
				t.Fatal(err)
			}
			r := &reader{settings: examples(t), claims: map[string]string{}, dir: t.TempDir(), project: project}
			all := blocks(t, page)
			t.Chdir(r.dir) // a base is a folder where it begins with a dot
			for i, b := range all {
				if b.language != "yaml" {
					continue
				}
				refusal := ""
				if i+1 < len(all) && all[i+1].language == "text" {
					refusal = strings.TrimSpace(all[i+1].text)
				}
				for doc := range strings.SplitSeq(b.text, "\n---\n") {
					claims += r.object(t, doc, refusal)
				}
			}
		})
	}
	if claims < 12 {
		t.Errorf("the pages have only %d claims", claims)
	}
}

// examples are the settings of the examples, by their names.
func examples(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(root + "/examples/settings/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no settings", err)
	}
	out := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f) //nolint:gosec // Our own example.
		if err != nil {
			t.Fatal(err)
		}
		_, name := kindOf(t, string(b))
		out[name] = string(b)
	}
	return out
}

// kindOf an object, and its name with the namespace.
func kindOf(t *testing.T, doc string) (kind, name string) {
	t.Helper()
	var o struct {
		Kind     string `json:"kind"`
		Metadata struct {
			Name      string `json:"name"`
			Namespace string `json:"namespace"`
		} `json:"metadata"`
	}
	if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
		t.Fatalf("%v in\n%s", err, doc)
	}
	return o.Kind, strings.TrimPrefix(o.Metadata.Namespace+"/"+o.Metadata.Name, "/")
}

// object does what a page says with an object, and returns how many claims that are.
func (r *reader) object(t *testing.T, doc, refusal string) int {
	t.Helper()
	kind, name := kindOf(t, doc)
	switch into := known[kind]; {
	case kind == "Resource":
		r.claim(t, name, doc, refusal)
		return 1
	case kind == "EnvironmentConfig":
		r.settings[name] = doc
		r.takes(t, name)
	case into == nil:
		t.Errorf("nobody tries %s %s", kind, name)
	default:
		if err := yaml.UnmarshalStrict([]byte(doc), into()); err != nil {
			t.Errorf("%s %s: %v", kind, name, err)
		}
	}
	return 0
}

// claim holds that a claim is taken, or refused by a sentence.
func (r *reader) claim(t *testing.T, name, doc, refusal string) {
	t.Helper()
	o := check.Options{Paths: []string{r.write(t, "now/claim.yaml", doc)}, Scope: render.ScopeClaim, Settings: r.written(t)}
	if was, ok := r.claims[name]; ok {
		r.write(t, "before/claim.yaml", was)
		o.Base, o.Paths = "./before", []string{"now"}
	}
	var said []string
	for _, f := range findings(t, o) {
		said = append(said, f.Text)
	}
	all := strings.Join(said, "\n")
	if refusal == "" && all != "" || !strings.Contains(all, refusal) || refusal != "" && all == "" {
		t.Errorf("%s: said is\n%s\nand the page has\n%s", name, all, refusal)
	}
	if refusal == "" {
		r.claims[name] = doc
	}
}

// takes holds that the examples of the settings' env are taken with them; those of all envs have
// the examples of prod.
func (r *reader) takes(t *testing.T, name string) {
	t.Helper()
	env := "prod"
	if strings.HasPrefix(name, "platform-dev") {
		env = "dev"
	}
	folder := filepath.Join(r.dir, "examples-"+env)
	copied(t, filepath.Join(r.project, "examples/claims/payments-"+env+"-infra"), folder)
	for _, f := range findings(t, check.Options{Paths: []string{folder}, Scope: render.ScopeClaim, Settings: r.written(t)}) {
		// What a policy no longer allows is what the page is about.
		if !strings.Contains(f.Text, "is not allowed") {
			t.Errorf("%s: %s: %s", name, f.File, f.Text)
		}
	}
}

// findings that are errors.
func findings(t *testing.T, o check.Options) []report.Finding {
	t.Helper()
	got, err := check.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var out []report.Finding
	for _, f := range got.Findings {
		if f.Severity == report.Error {
			out = append(out, f)
		}
	}
	return out
}

// write a file of the reader's.
func (r *reader) write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(r.dir, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o750), os.WriteFile(path, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
	return path
}

// written are the settings as a folder.
func (r *reader) written(t *testing.T) []string {
	t.Helper()
	for name, text := range r.settings {
		r.write(t, "settings/"+name+".yaml", text)
	}
	return []string{filepath.Join(r.dir, "settings")}
}

// copied has the files of a folder in another one.
func copied(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil && !errors.Is(err, fs.ErrExist) {
		t.Fatal(err)
	}
}
