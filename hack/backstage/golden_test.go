package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/admission"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// forms is where filled forms are, with what Backstage made of them: make backstage has more.
var forms = flag.String("forms", filepath.Join(root, "backstage", "testdata"), "a folder of filled forms")

// A filled form with its claim and entity, as the template writes them.
type madeOf struct {
	form          answers
	claim, entity object.Map
	manifest      []byte
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
	out := madeOf{manifest: []byte(docs[1])}
	for i, into := range []any{&out.form, &out.claim, &out.entity} {
		if err := yaml.UnmarshalStrict([]byte(docs[i]), into); err != nil {
			t.Fatalf("%s: document %d: %v", file, i+1, err)
		}
	}
	return out
}

// TestForms holds that what the template makes of filled forms is a claim that an API server takes
// and that composes something, and an entity by which the catalog finds all of it.
func TestForms(t *testing.T) {
	server, err := admission.Claims()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(*forms, "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatal("no filled forms", err)
	}
	for _, file := range files {
		m := readMade(t, file)
		what := filepath.Base(file)
		hold(t, platformOf(t, m.form), server, m.manifest, what)
		m.isFound(t, what)
		m.says(t, what)
	}
	t.Logf("%d forms", len(files))
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
	answer, err := platformOf(t, m.form).compose(m.manifest)
	if err != nil {
		return // which hold tells
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

// TestGoldens holds that each type on each cloud has a filled form in each env.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "backstage", "testdata", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range files {
		m := readMade(t, f)
		got = append(got, fmt.Sprintf("%v on %v in %v", m.form["type"], m.form["provider"], m.form["env"]))
	}
	for _, typ := range claim.Types {
		for _, p := range cloud.Providers {
			for _, env := range claim.Envs {
				if want := fmt.Sprintf("%s on %s in %s", typ, p, env); !slices.Contains(got, want) {
					t.Errorf("no filled form of a %s", want)
				}
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
