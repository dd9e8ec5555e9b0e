package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/cmd/claims/check"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// forms is where filled forms are, with what Backstage made of them: make backstage has more.
var forms = flag.String("forms", filepath.Join(root, "backstage", "testdata"), "a folder of filled forms")

// A filled form with its claim and entity, as the template writes them.
type madeOf struct {
	form          answers
	claim, entity object.Map
	manifests     [][]byte // of all three
}

func readMade(t *testing.T, file string) madeOf {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	docs := strings.Split(string(b), "---\n")
	if len(docs) != 3 {
		t.Fatalf("%s has %d documents; wanted are a form, a claim and an entity", file, len(docs))
	}
	var out madeOf
	for i, into := range []any{&out.form, &out.claim, &out.entity} {
		out.manifests = append(out.manifests, []byte(docs[i]))
		if err := yaml.UnmarshalStrict([]byte(docs[i]), into); err != nil {
			t.Fatalf("%s: document %d: %v", file, i+1, err)
		}
	}
	return out
}

// TestForms holds that what the template makes of filled forms is a claim of which claims check has
// nothing to say, and an entity by which the catalog finds all that the claim composes.
func TestForms(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(*forms, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no filled forms", err)
	}
	for _, file := range files {
		m := readMade(t, file)
		what := filepath.Base(file)
		m.isTaken(t, what)
		m.isFound(t, what)
		m.says(t, what)
	}
	t.Logf("%d forms", len(files))
}

// isTaken holds that a domain's repository passes with both files in it.
func (m *madeOf) isTaken(t *testing.T, what string) {
	t.Helper()
	repository := t.TempDir()
	env, _ := m.form["env"].(string)
	for path, content := range map[string][]byte{
		filepath.Join("crossplane", "claims", env, at(m.claim, "metadata", "name"), "claim.yaml"): m.manifests[1],
		filepath.Join("catalog", "resources", at(m.entity, "metadata", "name")+".yaml"):           m.manifests[2],
	} {
		path = filepath.Join(repository, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said, err := check.Run(t.Context(), check.Options{Paths: []string{repository}, Scope: render.ScopeClaim})
	if err != nil {
		t.Fatal(err)
	}
	if said.Claims != 1 || said.Entities != 1 {
		t.Errorf("%s: %d claims and %d entities are checked; want one of each", what, said.Claims, said.Entities)
	}
	for _, f := range said.Findings {
		t.Errorf("%s: %s: %s", what, f.Rule, f.Text)
	}
}

// isFound holds that one label finds the claim and all that is composed, by the entity.
func (m *madeOf) isFound(t *testing.T, what string) {
	t.Helper()
	entity := at(m.entity, "metadata", "name")
	want := "backstage.io/kubernetes-id=" + entity
	if got := at(m.entity, "metadata", "annotations", "backstage.io/kubernetes-label-selector"); got != want {
		t.Errorf("%s: the entity selects by %q, and not by %q", what, got, want)
	}
	if got := at(m.claim, "metadata", "labels", "backstage.io/kubernetes-id"); got != entity {
		t.Errorf("%s: the claim is labelled %q, and not %q", what, got, entity)
	}
	answer, err := platformOf(t, m.form).compose(m.manifests[1])
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if len(answer.Desired) == 0 {
		t.Errorf("%s: nothing is composed", what)
	}
	for name, r := range answer.Desired {
		if got := object.String(r.GetResource(), "metadata", "labels", "backstage.io/kubernetes-id"); got != entity && object.Struct(r.GetResource(), "spec") != nil {
			t.Errorf("%s: %s is labelled %q, and not %q", what, name, got, entity)
		}
	}
}

// says holds that the claim says what the form does, and the entity whose it is.
func (m *madeOf) says(t *testing.T, what string) {
	t.Helper()
	for i := range fields {
		f := &fields[i]
		answer, ok := m.form[f.parameter()]
		if f.path == "env" {
			continue
		}
		if text, is := answer.(string); is && f.path == "cluster.nodes" {
			answer = bounds(text)
		}
		said := get(m.claim, append([]string{"spec"}, strings.Split(f.path, ".")...)...)
		if !ok && said != nil || ok && fmt.Sprint(said) != fmt.Sprint(answer) {
			t.Errorf("%s: the form says %s: %v, and the claim %v", what, f.path, answer, said)
		}
	}
	for path, want := range map[string]any{
		"spec.type": m.form["type"], "spec.owner": m.form["owner"], "spec.system": m.form["system"], "spec.dependencyOf": m.form["dependencyOf"],
	} {
		if got := get(m.entity, strings.Split(path, ".")...); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: the form says %v, and the entity %s: %v", what, want, path, got)
		}
	}
}

// TestGoldens holds that there is a filled form of each type on each cloud, and of each type in
// each env.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "backstage", "testdata", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, f := range files {
		form := readMade(t, f).form
		kind := form["type"]
		if engine, ok := form["databaseEngine"]; ok {
			kind = engine
		}
		got[fmt.Sprintf("%v on %v", kind, form["provider"])] = true
		got[fmt.Sprintf("%v in %v", kind, form["env"])] = true
	}
	for _, given := range places() {
		kind := given["type"]
		if engine, ok := given["databaseEngine"]; ok {
			kind = engine
		}
		wanted := []string{fmt.Sprintf("%v on %v", kind, given["provider"])}
		for _, env := range claim.Envs {
			wanted = append(wanted, fmt.Sprintf("%v in %s", kind, env))
		}
		for _, want := range wanted {
			if !got[want] {
				t.Errorf("no filled form of a %s; make backstage UPDATE=1 makes it", want)
			}
		}
	}
}

// get is what stands at a path.
func get(o object.Map, path ...string) any {
	var v any = o
	for _, key := range path {
		m, _ := v.(object.Map)
		v = m[key]
	}
	return v
}

func at(o object.Map, path ...string) string {
	s, _ := get(o, path...).(string)
	return s
}
