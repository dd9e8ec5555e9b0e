package packages

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOf holds what a Configuration may depend on.
func TestOf(t *testing.T) {
	const head = "apiVersion: meta.pkg.crossplane.io/v1\nkind: Configuration\nspec:\n  dependsOn:\n  - "
	cases := map[string]struct {
		reason, declared string
		want             []Provider
		err              string
	}{
		"Provider": {
			"A provider is read with its least version.",
			"{kind: Provider, package: example.org/a/provider-gcp-sql, version: '>=v3.0.0'}",
			[]Provider{{"example.org/a/provider-gcp-sql", "v3.0.0"}},
			"",
		},
		"Function": {
			"A function that is declared is installed twice while it changes versions.",
			"{kind: Function, package: example.org/a/function-x, version: '>=v1.0.0'}", nil,
			"package/claims depends on example.org/a/function-x >=v1.0.0, a Function; allowed are providers with a least version, such as >=v1.2.3",
		},
		"Exact": {
			"A version that is no floor would keep every later one off the cluster.",
			"{kind: Provider, package: example.org/a/provider-x, version: v1.0.0}", nil,
			"package/claims depends on example.org/a/provider-x v1.0.0, a Provider; allowed are providers with a least version, such as >=v1.2.3",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			if err := os.MkdirAll(filepath.Join(root, "package", "claims"), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(root, "package", "claims", "crossplane.yaml"), []byte(head+tc.declared+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := Of(root, "claims")
			said := ""
			if err != nil {
				said = err.Error()
			}
			if diff := cmp.Diff([]any{tc.want, tc.err}, []any{got, said}); diff != "" {
				t.Errorf("\n%s\nOf(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestAll holds that each family comes once, before its services.
func TestAll(t *testing.T) {
	sql, storage := Provider{"example.org/a/provider-gcp-sql", "v3.0.0"}, Provider{"example.org/a/provider-gcp-storage", "v3.0.0"}
	whole := Provider{"example.org/b/provider-opentofu", "v1.0.0"}
	want := []Provider{{"example.org/a/provider-family-gcp", "v3.0.0"}, sql, storage, whole}
	if diff := cmp.Diff(want, All([]Provider{sql, storage, whole})); diff != "" {
		t.Errorf("All(): -want, +got:\n%s", diff)
	}
	if of, ok := want[0].Family(); ok {
		t.Errorf("the family of a family is %v", of)
	}
}
