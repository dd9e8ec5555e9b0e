package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// TestClouds holds that the manifest for a cloud alone has the functions of that for all, the
// Configuration of the same name by that cloud's package, and activates a part of the kinds; and
// that the parts are all of them, each once.
func TestClouds(t *testing.T) {
	t.Chdir(root)
	f := &flags{Version: "v9.8.7", Registry: "registry.example.org/team", Out: t.TempDir()}
	if err := f.run(); err != nil {
		t.Fatal(err)
	}
	for _, scope := range scopes {
		configuration := "crossplane-resources-" + scope
		var activate, provided []string
		for _, c := range cloud.Providers {
			want := map[string]string{}
			for _, o := range read(t, filepath.Join(f.Out, scope, "install.yaml")) {
				want[o.Kind+" "+o.Metadata.Name] = strings.Replace(o.Spec.Package, configuration+":", configuration+"-"+c+":", 1)
			}
			got := map[string]string{}
			manifest := filepath.Join(f.Out, scope, "install-"+c+".yaml")
			for _, o := range read(t, manifest) {
				got[o.Kind+" "+o.Metadata.Name] = o.Spec.Package
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: -want, +got:\n%s", manifest, diff)
			}
			activate = append(activate, activates(t, manifest)...)
			for _, o := range read(t, filepath.Join(f.Out, "providers-"+c+".yaml")) {
				provided = append(provided, o.Metadata.Name)
			}
		}
		slices.Sort(activate)
		if diff := cmp.Diff(activates(t, filepath.Join(f.Out, scope, "install.yaml")), activate); diff != "" {
			t.Errorf("%s: kinds: -all, +those of each cloud:\n%s", scope, diff)
		}
		var all []string
		for _, o := range read(t, filepath.Join(f.Out, "providers.yaml")) {
			all = append(all, o.Metadata.Name)
		}
		slices.Sort(all)
		slices.Sort(provided)
		if diff := cmp.Diff(all, provided); diff != "" {
			t.Errorf("providers: -all, +those of each cloud:\n%s", diff)
		}
	}
}

// activates are the kinds that a manifest activates.
func activates(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for doc := range strings.SplitSeq(string(b), "\n---\n") {
		o := struct {
			Spec struct {
				Activate []string `json:"activate"`
			} `json:"spec"`
		}{}
		if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
			t.Fatal(err)
		}
		if len(o.Spec.Activate) > 0 {
			return o.Spec.Activate
		}
	}
	t.Fatal(path, "activates nothing")
	return nil
}
