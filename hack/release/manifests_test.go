package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	function = "kind: Function\nmetadata: {name: function-f}\nspec: {package: r.example.org/t/function-f:v1.0.0}\n"
	foreign  = "kind: Function\nmetadata: {name: function-g}\nspec: {package: evil.example.org/function-g:v1.0.0}\n"
	lock     = "kind: ImageConfig\nmetadata: {name: l}\nspec:\n  matchImages: [{type: Prefix, prefix: '"
)

// TestInstalled holds that what is checked is all that the manifests install, from where it is pulled.
func TestInstalled(t *testing.T) {
	const image = "r.example.org/t/function-f:v1.0.0"
	cases := map[string]struct {
		reason string
		files  map[string]string
		want   []use
		says   string
	}{
		"One": {"A function is one package.", map[string]string{"claims/install.yaml": function}, []use{{image, image}}, ""},
		"Both": {
			"A package of both scopes is checked once.",
			map[string]string{"claims/install.yaml": function, "namespaced/install.yaml": function},
			[]use{{image, image}},
			"",
		},
		"Cloud": {
			"The Configuration of a cloud has the name of the one for all, and its own package.",
			map[string]string{"claims/install-gcp.yaml": "kind: Configuration\nmetadata: {name: c}\nspec: {package: r.example.org/t/c-gcp:v1.0.0}\n"},
			[]use{{"r.example.org/t/c-gcp:v1.0.0", "r.example.org/t/c-gcp:v1.0.0"}},
			"",
		},
		"Locked": {
			"A lock has Crossplane pull from another place, which is to be checked too.",
			map[string]string{"claims/install.yaml": function, "claims/lock.yaml": lock + image + "'}]\n  rewriteImage: {prefix: m.example.org/x@sha256:1}\n"},
			[]use{{image, "m.example.org/x@sha256:1"}, {image, image}},
			"",
		},
		"Mirror": {
			"An ImageConfig may rewrite the beginning of all images.",
			map[string]string{"claims/install.yaml": function, "own.yaml": lock + "r.example.org/t'}]\n  rewriteImage: {prefix: m.example.org}\n"},
			[]use{{image, "m.example.org/function-f:v1.0.0"}, {image, image}},
			"",
		},
		"OthersLock": {
			"A lock of a provider is none of the project's packages.",
			map[string]string{
				"claims/install.yaml": function,
				"claims/lock.yaml":    lock + "x.example.org/p:v1.0.0'}]\n  rewriteImage: {prefix: x.example.org/p@sha256:1}\n",
			},
			[]use{{image, image}},
			"",
		},
		"Comment": {
			"A comment behind the line between two objects hides none.",
			map[string]string{"claims/install.yaml": function + "--- # next\n" + foreign},
			nil, `spec.package of Function function-g is "evil.example.org/function-g:v1.0.0"`,
		},
		"Blank": {
			"A blank behind that line hides none.",
			map[string]string{"claims/install.yaml": function + "--- \n" + foreign},
			nil, `spec.package of Function function-g is "evil.example.org/function-g:v1.0.0"`,
		},
		"File": {
			"A manifest under another name is applied with its folder.",
			map[string]string{"claims/install.yaml": function, "claims/more.yaml": foreign},
			nil, `spec.package of Function function-g is "evil.example.org/function-g:v1.0.0"`,
		},
		"JSON": {
			"A manifest may be JSON, which kubectl applies with its folder.",
			map[string]string{"claims/install.yaml": function, "claims/more.json": `{"kind": "Role", "metadata": {"name": "r"}}`},
			nil, "Role r is nothing that make manifests writes",
		},
		"List": {
			"A list may have packages in it, which kubectl applies.",
			map[string]string{"claims/install.yaml": function + "---\nkind: List\nitems: []\n"},
			nil, "install.yaml: List  is nothing that make manifests writes",
		},
		"Role": {
			"What no manifest of ours has, somebody put there.",
			map[string]string{"claims/install.yaml": function + "---\nkind: ClusterRoleBinding\nmetadata: {name: all}\n"},
			nil, "ClusterRoleBinding all is nothing that make manifests writes",
		},
		"Providers": {
			"Providers are others', and no package of the project.",
			map[string]string{"providers.yaml": "kind: Provider\nmetadata: {name: p}\n"},
			nil, "has no manifest",
		},
		"None": {"Nothing is not the same as all well.", nil, nil, "has no manifest; make manifests"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			for file, content := range tc.files {
				path := filepath.Join(folder, file)
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			got, err := installed(folder, "r.example.org/t", "v1.0.0")
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(use{})); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			if (err == nil) != (tc.says == "") || err != nil && !strings.Contains(err.Error(), tc.says) {
				t.Errorf("\n%s\nwant %q, got %v", tc.reason, tc.says, err)
			}
		})
	}
}
