package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/hack/crds"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// TestClouds narrows the Configurations, and holds that each depends on the packages that its
// cloud's kinds come from, with their family, and on no other, and that every Composition tells
// the function which cloud is there.
func TestClouds(t *testing.T) {
	t.Chdir("../..")
	for _, scope := range configurations {
		for _, c := range cloud.Providers {
			t.Run(scope+"/"+c, func(t *testing.T) {
				root := narrowed(t, scope, c)
				if diff := cmp.Diff(needed(t, scope, c), dependsOn(t, root)); diff != "" {
					t.Errorf("packages: -what the kinds of %s need, +declared:\n%s", c, diff)
				}
				files, err := filepath.Glob(filepath.Join(root, "composition*.yaml"))
				if err != nil || len(files) != 1+len(cloud.Providers) {
					t.Fatalf("%d Compositions, and a claim of each cloud needs its own to be told: %v", len(files), err)
				}
				for _, f := range files {
					told(t, f, filepath.Join("apis", scope, filepath.Base(f)), c)
				}
			})
		}
	}
}

// narrowed is a folder with what a package for one cloud has.
func narrowed(t *testing.T, scope, c string) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(filepath.Join("apis", scope))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(root, "crossplane.yaml"), read(t, filepath.Join("package", scope, "crossplane.yaml")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := narrow(root, c); err != nil {
		t.Fatal(err)
	}
	return root
}

// needed are the names of the packages that the kinds of a cloud come from, each with the family.
func needed(t *testing.T, scope, c string) []string {
	t.Helper()
	kinds, err := crds.Emitted(".", scope == "namespaced")
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]string{"gcp": "gcp", "aws": "aws", "azure": "azure", "ibm": "opentofu"}[c]
	var out []string
	for _, k := range kinds {
		group := strings.Split(strings.TrimSuffix(strings.TrimSuffix(k.Group, ".upbound.io"), ".m"), ".")
		switch {
		case group[len(group)-1] != of:
		case of == "opentofu":
			out = append(out, "provider-opentofu")
		default:
			out = append(out, "provider-family-"+of)
			if len(group) > 1 {
				out = append(out, "provider-"+of+"-"+group[0])
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// dependsOn are the names of the packages that a manifest declares.
func dependsOn(t *testing.T, root string) []string {
	t.Helper()
	meta := struct {
		Spec struct {
			DependsOn []struct{ Package string } `json:"dependsOn"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(read(t, filepath.Join(root, "crossplane.yaml")), &meta); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, d := range meta.Spec.DependsOn {
		out = append(out, filepath.Base(d.Package))
	}
	slices.Sort(out)
	return out
}

// told holds that a Composition is the one for all clouds, but for the input of the first step.
func told(t *testing.T, path, from, c string) {
	t.Helper()
	got, want := map[string]any{}, map[string]any{}
	for file, into := range map[string]*map[string]any{path: &got, from: &want} {
		if err := yaml.Unmarshal(read(t, file), into); err != nil {
			t.Fatal(err)
		}
	}
	if err := tell(want, c); err != nil {
		t.Fatal(err)
	}
	first := want["spec"].(map[string]any)["pipeline"].([]any)[0].(map[string]any) //nolint:forcetypeassert // A panic fails the test.
	first["input"] = map[string]any{"apiVersion": "multicloud-db.fn.platform.victor.onl/v1beta1", "kind": "Clouds", "clouds": []any{c}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: -want, +got:\n%s", path, diff)
	}
}

// TestNarrowMistakes holds that a manifest which cannot be narrowed is an error, and no package
// for all clouds under one cloud's name.
func TestNarrowMistakes(t *testing.T) {
	cases := map[string]struct{ reason, manifest, err string }{
		"Head": {"Without a name there is no package.", "spec: {}", "has no metadata"},
		"Spec": {"Without a spec nothing is declared.", "metadata: {name: x}", "has no spec"},
		"None": {"A Configuration without providers is none of ours.", "metadata: {name: x}\nspec: {}", "depends on nothing"},
		"Other": {
			"A cloud without a provider has a name that nobody's package has.",
			"metadata: {name: x}\nspec: {dependsOn: [{package: a/provider-aws-rds}]}", "depends on no provider of gcp",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := map[string]any{}
			if err := yaml.Unmarshal([]byte(tc.manifest), &o); err != nil {
				t.Fatal(err)
			}
			if err := narrowMeta(o, "gcp"); err == nil || err.Error() != tc.err {
				t.Errorf("%s: %v, want %s", tc.reason, err, tc.err)
			}
		})
	}
}
