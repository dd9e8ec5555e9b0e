package plane

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// pushProviders makes a package of each provider that the Configuration depends
// on, in the lowest version that will do, with the project's snapshot of its CRDs.
// As with the real ones, what a cloud's packages share is in its family's package,
// on which they depend. It returns the prefixes of all images that the
// Configuration leads to.
func (p *Plane) pushProviders(scope string) ([]string, error) {
	depends, err := packages.Of(p.o.Root, scope)
	if err != nil {
		return nil, err
	}
	var prefixes []string
	for _, d := range packages.All(depends) {
		if prefix := filepath.Dir(d.Package); !slices.Contains(prefixes, prefix) {
			prefixes = append(prefixes, prefix)
		}
		if err := p.pushProvider(d); err != nil {
			return nil, err
		}
	}
	return prefixes, nil
}

// pushProvider makes a package. Its manifest names the version, so that no two versions have
// the same bytes, as no two of the real ones do: of a package whose bytes are another version's,
// Crossplane 1.20 makes no new revision, and its lock keeps the older version.
func (p *Plane) pushProvider(d packages.Provider) error {
	name := d.Name()
	root := filepath.Join(p.dir, "providers", name)
	if err := os.MkdirAll(filepath.Join(root, "crds"), 0o700); err != nil {
		return fmt.Errorf("cannot make a folder: %w", err)
	}
	manifest := fmt.Sprintf("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata:\n  name: %s\n  annotations: {version: %s}\n"+
		"spec:\n  capabilities: [SafeStart]\n", name, d.Least)
	if family, ok := d.Family(); ok {
		manifest += fmt.Sprintf("  dependsOn: [{apiVersion: pkg.crossplane.io/v1, kind: Provider, package: %s, version: %q}]\n", family.Package, ">="+family.Least)
	}
	if err := os.WriteFile(filepath.Join(root, "crossplane.yaml"), []byte(manifest), 0o600); err != nil {
		return fmt.Errorf("cannot write a manifest: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(p.o.Root, "test", "crds", "snapshot", "*.yaml"))
	if err != nil {
		return fmt.Errorf("cannot find the snapshot: %w", err)
	}
	for _, f := range files {
		group, _, _ := strings.Cut(filepath.Base(f), "_")
		if providerOf(group) != name {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			return fmt.Errorf("cannot read a CRD: %w", err)
		}
		if err := os.WriteFile(filepath.Join(root, "crds", filepath.Base(f)), b, 0o600); err != nil {
			return fmt.Errorf("cannot copy a CRD: %w", err)
		}
	}
	file := filepath.Join(p.dir, name+".xpkg")
	if err := run(root, nil, p.o.bin("crossplane-cli-v2.5.0"), "xpkg", "build", "--package-root="+root, "--package-file="+file); err != nil {
		return fmt.Errorf("cannot make a package of %s: %w", d.Package, err)
	}
	_, path, _ := strings.Cut(d.Package, "/")
	return p.Push(path, d.Least, file)
}

// providerOf names the provider package that serves an API group, such as
// provider-gcp-sql for sql.gcp.upbound.io and provider-family-gcp for
// gcp.upbound.io.
func providerOf(group string) string {
	parts := strings.Split(strings.TrimSuffix(strings.TrimSuffix(group, ".upbound.io"), ".m"), ".")
	if len(parts) == 1 && parts[0] != "opentofu" { // which is no family
		parts = append(parts, "family")
	}
	slices.Reverse(parts)
	return "provider-" + strings.Join(parts, "-")
}
