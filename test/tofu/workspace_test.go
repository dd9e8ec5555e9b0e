//go:build tofu

// Package tofu runs the modules of functions/multicloud-db by OpenTofu itself, as a
// Workspace's provider does, with hack/tools/tofu/standin in the place of the
// providers' binaries.
package tofu

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	bin     = "../../.cache/bin"
	schemas = "../moduletest/testdata"
)

// A workspace is a folder with a module and its state.
type workspace struct {
	dir string
	env []string
}

type variables map[string]any

// with is the variables with others in their place.
func (v variables) with(others variables) variables {
	out := maps.Clone(v)
	maps.Copy(out, others)
	return out
}

// A result is what a run of OpenTofu reported.
type result struct {
	add, change, remove, imported int
	errors                        []string
}

func (r result) String() string {
	return fmt.Sprintf("%d to add, %d to change, %d to destroy, %d to import, errors %q", r.add, r.change, r.remove, r.imported, r.errors)
}

func newWorkspace(t *testing.T, module string) *workspace {
	t.Helper()
	w := &workspace{dir: t.TempDir()}
	overrides := &strings.Builder{}
	for source, name := range map[string]string{"IBM-Cloud/ibm": "terraform-provider-ibm", "hashicorp/random": "terraform-provider-random"} {
		dir := t.TempDir()
		if err := os.Symlink(abs(t, filepath.Join(bin, "terraform-provider-standin")), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(overrides, "%q = %q\n", source, dir)
	}
	config := filepath.Join(w.dir, "tofurc")
	write(t, config, "provider_installation {\ndev_overrides {\n"+overrides.String()+"}\ndirect {}\n}\n")
	w.env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+config, "STANDIN_SCHEMAS="+abs(t, schemas), "CHECKPOINT_DISABLE=1")
	w.use(t, module)
	// As the provider of a Workspace writes what the ProviderConfig says.
	write(t, filepath.Join(w.dir, "crossplane-provider-config.tf"), providerBlock(t))
	for _, c := range providerConfigs(t)[0].Spec.Credentials {
		write(t, filepath.Join(w.dir, c.Filename), "none\n")
	}
	return w
}

// use puts another module in the place of the workspace's.
func (w *workspace) use(t *testing.T, module string) {
	t.Helper()
	write(t, filepath.Join(w.dir, "main.tf"), module)
}

func (w *workspace) plan(t *testing.T, v variables) result {
	t.Helper()
	return w.run(t, v, "plan")
}

func (w *workspace) apply(t *testing.T, v variables) result {
	t.Helper()
	return w.run(t, v, "apply", "-auto-approve")
}

func (w *workspace) destroy(t *testing.T, v variables) result {
	t.Helper()
	return w.run(t, v, "destroy", "-auto-approve")
}

func (w *workspace) run(t *testing.T, v variables, args ...string) result {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(w.dir, "claim.tfvars.json"), string(b))
	out := w.tofu(t, append(args, "-json", "-input=false", "-no-color", "-var-file=claim.tfvars.json")...)
	return parse(t, out)
}

// A message is one line of what OpenTofu writes as JSON.
type message struct {
	Type       string `json:"type"`
	Diagnostic struct {
		Severity string `json:"severity"`
		Summary  string `json:"summary"`
		Detail   string `json:"detail"`
	} `json:"diagnostic"`
	Changes struct {
		Add    int `json:"add"`
		Change int `json:"change"`
		Remove int `json:"remove"`
		Import int `json:"import"`
	} `json:"changes"`
}

func parse(t *testing.T, out []byte) result {
	t.Helper()
	r := result{}
	for line := range bytes.Lines(out) {
		m := message{}
		if err := json.Unmarshal(line, &m); err != nil {
			t.Fatalf("OpenTofu said %s", line)
		}
		switch {
		case m.Type == "diagnostic" && m.Diagnostic.Severity == "error":
			r.errors = append(r.errors, m.Diagnostic.Summary+": "+m.Diagnostic.Detail)
		case m.Type == "change_summary":
			r.add, r.change, r.remove, r.imported = m.Changes.Add, m.Changes.Change, m.Changes.Remove, m.Changes.Import
		}
	}
	return r
}

// outputs are the outputs' values; secret are the names of those that a
// Workspace's status does not show.
func (w *workspace) outputs(t *testing.T) (values map[string]any, secret []string) {
	t.Helper()
	all := map[string]struct {
		Sensitive bool `json:"sensitive"`
		Value     any  `json:"value"`
	}{}
	if err := json.Unmarshal(w.tofu(t, "output", "-json"), &all); err != nil {
		t.Fatal(err)
	}
	values = map[string]any{}
	for name, o := range all {
		values[name] = o.Value
		if o.Sensitive {
			secret = append(secret, name)
		}
	}
	return values, secret
}

// state is a resource's, as OpenTofu keeps it; nil if there is none.
func (w *workspace) state(t *testing.T, address string) map[string]any {
	t.Helper()
	return w.resources(t)[address]
}

// resources are those that OpenTofu keeps, by address.
func (w *workspace) resources(t *testing.T) map[string]map[string]any {
	t.Helper()
	s := struct {
		Values struct {
			Root struct {
				Resources []struct {
					Address string         `json:"address"`
					Values  map[string]any `json:"values"`
				} `json:"resources"`
			} `json:"root_module"` //nolint:tagliatelle // OpenTofu's
		} `json:"values"`
	}{}
	if err := json.Unmarshal(w.tofu(t, "show", "-json"), &s); err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]any{}
	for _, r := range s.Values.Root.Resources {
		out[r.Address] = r.Values
	}
	return out
}

// edit changes the state behind OpenTofu's back, as a cloud does what the state is of.
func (w *workspace) edit(t *testing.T, old, replacement string) {
	t.Helper()
	path := filepath.Join(w.dir, "terraform.tfstate")
	b, err := os.ReadFile(path) //nolint:gosec // A file of the test.
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(b), old) != 1 {
		t.Fatalf("the state does not have one %s", old)
	}
	write(t, path, strings.Replace(string(b), old, replacement, 1))
}

// tofu runs OpenTofu, whose exit code says no more than what it writes.
func (w *workspace) tofu(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), abs(t, filepath.Join(bin, "tofu-v1.11.0")), args...)
	stderr := &strings.Builder{}
	cmd.Dir, cmd.Env, cmd.Stderr = w.dir, w.env, stderr
	out, err := cmd.Output()
	if err != nil && len(out) == 0 {
		t.Fatalf("tofu %s; make test builds it: %v: %s", args[0], err, stderr)
	}
	return out
}

func abs(t *testing.T, path string) string {
	t.Helper()
	p, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
