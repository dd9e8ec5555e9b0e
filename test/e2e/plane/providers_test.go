package plane

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

const project = "../../.."

// TestDependencies holds the Configurations against what they activate: every kind
// comes from a package that they depend on, or from the family of one, and no package
// is there in vain.
func TestDependencies(t *testing.T) {
	all := map[string][]packages.Provider{}
	for _, scope := range []string{"claims", "namespaced"} {
		depends, err := packages.Of(project, scope)
		if err != nil {
			t.Fatal(err)
		}
		all[scope] = depends
		var unused, provided []string
		for _, d := range depends {
			unused = append(unused, d.Name())
		}
		for _, d := range packages.All(depends) {
			provided = append(provided, d.Name())
		}
		for _, name := range activated(t, scope) {
			_, group, _ := strings.Cut(name, ".")
			pkg := providerOf(group)
			if !slices.Contains(provided, pkg) {
				t.Errorf("%s: %s comes with %s, on which the Configuration does not depend", scope, name, pkg)
			}
			unused = slices.DeleteFunc(unused, func(u string) bool { return u == pkg })
		}
		if len(unused) > 0 {
			t.Errorf("%s: nothing is composed of %v", scope, unused)
		}
	}
	if diff := cmp.Diff(all["claims"], all["namespaced"]); diff != "" {
		t.Errorf("the Configurations depend on different packages: -claims, +namespaced:\n%s", diff)
	}
}

// activated kinds of an install.yaml.
func activated(t *testing.T, scope string) []string {
	t.Helper()
	objects, err := Read(filepath.Join(project, "package", scope, "install.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range objects {
		if kinds, found, err := unstructured.NestedStringSlice(o.Object, "spec", "activate"); found && err == nil {
			return kinds
		}
	}
	t.Fatal("nothing is activated by", scope)
	return nil
}
