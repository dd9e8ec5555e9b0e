// Package main makes the structural snapshot of provider CRDs that the tests
// check composed resources against: the storage version of each kind we compose,
// without descriptions. It reads folders of CRDs, such as package/crds of the
// providers' Go modules: go run ./hack/crds FOLDER...
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

const out = "test/crds/snapshot"

// kinds that the functions compose, and the provider configs that they name: the
// CRDs' names in both scopes.
var kinds = []string{
	"databaseinstances.sql.gcp", "databases.sql.gcp", "users.sql.gcp",
	"instances.rds.aws", "subnetgroups.rds.aws", "parametergroups.rds.aws", "securitygroups.ec2.aws", "securitygroupingressrules.ec2.aws",
	"resourcegroups.azure", "managementlocks.authorization.azure",
	"flexibleservers.dbforpostgresql.azure", "flexibleserverdatabases.dbforpostgresql.azure",
	"flexibleservers.dbformysql.azure", "flexibledatabases.dbformysql.azure",
	"workspaces.opentofu",
	"providerconfigs.gcp", "providerconfigs.aws", "providerconfigs.azure", "providerconfigs.opentofu",
	"clusterproviderconfigs.gcp", "clusterproviderconfigs.aws", "clusterproviderconfigs.azure", "clusterproviderconfigs.opentofu",
}

func main() {
	if len(os.Args) == 1 {
		fmt.Fprintln(os.Stderr, "crds: give the folders with the providers' CRDs")
		os.Exit(1)
	}
	for _, dir := range os.Args[1:] {
		if err := filepath.WalkDir(dir, visit); err != nil {
			fmt.Fprintln(os.Stderr, "crds:", err)
			os.Exit(1)
		}
	}
}

func visit(path string, d fs.DirEntry, err error) error {
	if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" {
		return err
	}
	group, plural, ok := strings.Cut(strings.TrimSuffix(filepath.Base(path), ".yaml"), "_")
	cloud := strings.TrimSuffix(strings.TrimSuffix(group, ".upbound.io"), ".m")
	if !ok || !slices.Contains(kinds, plural+"."+cloud) {
		return nil
	}
	b, err := os.ReadFile(path) //nolint:gosec // A folder that the caller names.
	if err != nil {
		return fmt.Errorf("cannot read a CRD: %w", err)
	}
	crd := map[string]any{}
	if err := yaml.Unmarshal(b, &crd); err != nil {
		return fmt.Errorf("cannot read %s: %w", path, err)
	}
	compact(crd)
	if b, err = yaml.Marshal(crd); err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	if err := os.MkdirAll(out, 0o750); err != nil {
		return fmt.Errorf("cannot make %s: %w", out, err)
	}
	if err := os.WriteFile(filepath.Join(out, filepath.Base(path)), b, 0o600); err != nil {
		return fmt.Errorf("cannot write the snapshot: %w", err)
	}
	return nil
}

// compact keeps the storage version and drops what does not decide whether an
// object is valid.
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
