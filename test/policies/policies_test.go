package policies

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
)

const folder = "../../package/policies/"

// files of the policies.
var files = []string{"fields", "namespaces", "passwords"}

// The first Kubernetes with v1 of the policies is 1.30; the tests on control planes run 1.35.
const oldest, newest = 30, 35

// TestSaid holds what the policies say to jane, whom RBAC gives no verb, by the expressions
// that each Kubernetes knows.
func TestSaid(t *testing.T) {
	for minor := uint(oldest); minor <= newest; minor++ {
		for _, a := range slices.Concat(Fields, Objects) {
			if a.Said == "" && !a.May("developer") {
				continue // RBAC's own affair
			}
			said := ""
			for _, name := range files {
				if v := judged(t, name, minor, a); said == "" {
					said = v.said
				}
			}
			if diff := cmp.Diff(a.Said, said); diff != "" {
				t.Errorf("Kubernetes 1.%d, %s: -want, +got:\n%s", minor, a.What, diff)
			}
		}
	}
}

// A compiled policy is kept: to compile one takes longer than to ask it.
type key struct {
	file  string
	minor uint
}

var compiled = map[key]*policy{}

// judged is what a policy says of an act of its kind.
func judged(t *testing.T, file string, minor uint, a Act) verdict {
	t.Helper()
	kinds := map[string]string{"fields": "Resource XResource", "namespaces": "Resource", "passwords": "Secret"}
	object, _, err := a.objects()
	if err != nil {
		t.Fatal(err)
	}
	if kind := object.GetKind(); !slices.Contains(strings.Fields(kinds[file]), kind) || a.Verb == "list" || a.Sub != "" || a.Verb == "delete" && kind != "Secret" {
		return verdict{}
	}
	p := compiled[key{file, minor}]
	if p == nil {
		if p, err = compile(folder+file+".yaml", minor); err != nil {
			t.Fatal(err)
		}
		compiled[key{file, minor}] = p
	}
	v, err := p.judge(t.Context(), a)
	if err != nil {
		t.Fatalf("Kubernetes 1.%d, %s, %s: %v", minor, file, a.What, err)
	}
	return v
}

// words that the policies name.
var (
	envs = regexp.MustCompile(`\(([a-z|]+)\)-infra`)
	let  = regexp.MustCompile(`in \['dev', 'staging'\]`)
	// broken is where a text goes on in the next line.
	broken = regexp.MustCompile(`' \+\s*'`)
)

// TestWords holds that the policies know the envs, the annotation and the password's name as
// the functions do.
func TestWords(t *testing.T) {
	for _, name := range files {
		text := manifest(t, name)
		found := envs.FindAllStringSubmatch(text, -1)
		if len(found) == 0 {
			t.Errorf("%s.yaml names no env", name)
		}
		for _, m := range found {
			if diff := cmp.Diff(claim.Envs, strings.Split(m[1], "|")); diff != "" {
				t.Errorf("%s.yaml: envs: -functions, +policy:\n%s", name, diff)
			}
		}
	}
	if diff := cmp.Diff([]string{"dev", "staging"}, slices.DeleteFunc(slices.Clone(claim.Envs), lifecycle.IsKept)); diff != "" {
		t.Errorf("envs in which Delete is nothing special: -policy, +functions:\n%s", diff)
	}
	fields := manifest(t, "fields")
	if n := len(let.FindAllString(fields, -1)); n != 2 {
		t.Errorf("fields.yaml names the envs in which Delete is nothing special %d times, not for what is and for what was", n)
	}
	if !strings.Contains(fields, "'"+claim.AllowDelete+"'") {
		t.Errorf("fields.yaml does not name the annotation %s", claim.AllowDelete)
	}
	for _, name := range []string{"passwords", "fields"} {
		if !strings.Contains(manifest(t, name), "endsWith('"+credential.Suffix+"')") {
			t.Errorf("%s.yaml does not name Secrets that end in %s", name, credential.Suffix)
		}
	}
	said := "with env one of " + strings.Join(claim.Envs, ", ") + "; rename it, or set spec.project and spec.env"
	if !strings.Contains(broken.ReplaceAllString(manifest(t, "namespaces"), ""), said) {
		t.Errorf("namespaces.yaml does not say %q, as the function does", said)
	}
}

func manifest(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(folder + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
