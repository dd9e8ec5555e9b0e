// Package crds makes the structural snapshot of providers' CRDs that the tests
// check composed resources against: the storage version of each kind we compose,
// without descriptions. make truth runs it.
package crds

import (
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
)

// Folder is where the snapshot stands, from the project's root.
const Folder = "test/crds/snapshot"

// Beside is where the CRDs stand of what no provider of a cloud serves.
const Beside = "test/crds/beside"

// Kinds are the names of the CRDs, without the domain that says in which scope: of what
// the types are made of, and of the provider configs that they name.
var Kinds = kinds()

func kinds() []string {
	out := []string{
		"providerconfigs.gcp", "providerconfigs.aws", "providerconfigs.azure", "providerconfigs.opentofu",
		"clusterproviderconfigs.gcp", "clusterproviderconfigs.aws", "clusterproviderconfigs.azure", "clusterproviderconfigs.opentofu",
	}
	for _, t := range types.All {
		for _, k := range t.Kinds() {
			out = append(out, plural(k.Kind)+"."+k.Group)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// plural is the name of a kind in the API, as Upjet makes it.
func plural(kind string) string {
	name := strings.ToLower(kind)
	if stem, ok := strings.CutSuffix(name, "y"); ok {
		return stem + "ies"
	}
	return strings.TrimSuffix(name, "s") + "s"
}

// Files are the names of the CRDs' files that the snapshot has of the groups that
// serves reports true for.
func Files(serves func(group string) bool) []string {
	var files []string
	for _, k := range Kinds {
		plural, group, _ := strings.Cut(k, ".")
		for _, scope := range []string{".upbound.io", ".m.upbound.io"} {
			// What a namespaced resource refers to by kind, and nothing else does.
			if plural == "clusterproviderconfigs" && scope == ".upbound.io" {
				continue
			}
			if serves(group + scope) {
				files = append(files, group+scope+"_"+plural+".yaml")
			}
		}
	}
	slices.Sort(files)
	return files
}

// Header is the first line of a CRD in the snapshot, which says what it is of.
func Header(of string) string { return "# " + of + ", in short. Made by make truth; do not edit.\n" }

// Shorten keeps the storage version of a CRD, and drops what does not decide
// whether an object is valid.
func Shorten(raw []byte) ([]byte, error) {
	crd := map[string]any{}
	if err := yaml.Unmarshal(raw, &crd); err != nil {
		return nil, fmt.Errorf("cannot read a CRD: %w", err)
	}
	compact(crd)
	b, err := yaml.Marshal(crd)
	if err != nil {
		return nil, fmt.Errorf("cannot write a CRD: %w", err)
	}
	return b, nil
}

func compact(crd map[string]any) {
	delete(crd, "status")
	if meta, ok := crd["metadata"].(map[string]any); ok {
		crd["metadata"] = map[string]any{"name": meta["name"]}
	}
	spec, ok := crd["spec"].(map[string]any)
	if !ok {
		return
	}
	delete(spec, "conversion")
	versions, _ := spec["versions"].([]any)
	spec["versions"] = slices.DeleteFunc(versions, func(v any) bool {
		m, ok := v.(map[string]any)
		if ok {
			delete(m, "additionalPrinterColumns")
		}
		return !ok || m["storage"] != true
	})
	undescribe(spec["versions"])
}

// undescribe removes descriptions, which are strings, but no property that is
// called description, which is an object.
func undescribe(v any) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := v["description"].(string); ok {
			delete(v, "description")
		}
		for _, item := range v {
			undescribe(item)
		}
	case []any:
		for _, item := range v {
			undescribe(item)
		}
	}
}
