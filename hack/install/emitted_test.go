package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/hack/crds"
)

const root = "../.."

var scopes = []string{"claims", "namespaced"}

// activated lists what an install.yaml activates.
func activated(t *testing.T, scope string) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "package", scope, "install.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for doc := range strings.SplitSeq(string(b), "\n---\n") {
		policy := struct {
			Kind string `json:"kind"`
			Spec struct {
				Activate []string `json:"activate"`
			} `json:"spec"`
		}{}
		if err := yaml.Unmarshal([]byte(doc), &policy); err != nil {
			t.Fatal(err)
		}
		if policy.Kind == "ManagedResourceActivationPolicy" {
			return policy.Spec.Activate
		}
	}
	t.Fatal("no ManagedResourceActivationPolicy in", scope)
	return nil
}

// TestActivated holds install.yaml against the source: nothing that the function
// can emit is missing, and nothing else is activated.
func TestActivated(t *testing.T) {
	for _, scope := range scopes {
		kinds, err := crds.Emitted(root, scope == "namespaced")
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, k := range kinds {
			want = append(want, k.CRD())
		}
		if diff := cmp.Diff(want, activated(t, scope)); diff != "" {
			t.Errorf("%s: run make generate: -emitted, +activated:\n%s", scope, diff)
		}
	}
}

// TestRendered holds install.yaml against what is really rendered: every kind in
// every golden is activated, in the claim's scope and in a namespace, where the groups
// have another name.
func TestRendered(t *testing.T) {
	rendered := map[string]bool{}
	if err := filepath.WalkDir(filepath.Join(root, "test", "render", "testdata"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".yaml" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for doc := range strings.SplitSeq(string(b), "\n---\n") {
			o := struct {
				APIVersion string `json:"apiVersion"`
				Kind       string `json:"kind"`
			}{}
			if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
				return err
			}
			if group, _, _ := strings.Cut(o.APIVersion, "/"); strings.HasSuffix(group, ".upbound.io") {
				rendered[strings.TrimSuffix(group, ".upbound.io")+" "+o.Kind] = true
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	const fewest = 10 // kinds of three clouds
	if len(rendered) < fewest {
		t.Fatalf("only %d kinds in the goldens", len(rendered))
	}
	for _, scope := range scopes {
		kinds, err := crds.Emitted(root, scope == "namespaced")
		if err != nil {
			t.Fatal(err)
		}
		active, missing := activated(t, scope), maps.Clone(rendered)
		for _, k := range kinds {
			if slices.Contains(active, k.CRD()) {
				delete(missing, k.Kind.Group+" "+k.Kind.Kind)
			}
		}
		for kind := range missing {
			t.Errorf("%s: %s is rendered, and not activated", scope, kind)
		}
	}
}
