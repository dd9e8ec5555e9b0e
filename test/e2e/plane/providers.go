package plane

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// A dependency of a Configuration.
type dependency struct{ Kind, Package, Version string }

// dependencies of one of the Configurations.
func dependencies(root, scope string) ([]dependency, error) {
	raw, err := os.ReadFile(filepath.Join(root, "package", scope, "crossplane.yaml"))
	if err != nil {
		return nil, fmt.Errorf("cannot read the Configuration: %w", err)
	}
	meta := struct {
		Spec struct {
			DependsOn []dependency `json:"dependsOn"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(raw, &meta); err != nil {
		return nil, fmt.Errorf("cannot read the Configuration: %w", err)
	}
	return meta.Spec.DependsOn, nil
}

// pushProviders makes a package of each provider that the Configuration depends
// on, in the lowest version that will do, with the project's snapshot of its CRDs.
// As with the real ones, what a cloud's packages share is in its family's package,
// on which they depend. It returns the prefixes of all images that the
// Configuration leads to.
func (p *Plane) pushProviders(scope string) ([]string, error) {
	depends, err := dependencies(p.o.Root, scope)
	if err != nil {
		return nil, err
	}
	var prefixes, families []string
	for _, d := range depends {
		if prefix := filepath.Dir(d.Package); !slices.Contains(prefixes, prefix) {
			prefixes = append(prefixes, prefix)
		}
		if d.Kind != "Provider" {
			continue
		}
		d.Version = strings.TrimPrefix(d.Version, ">=")
		family := familyOf(d)
		if family != nil && !slices.Contains(families, family.Package) {
			families = append(families, family.Package)
			if err := p.pushProvider(*family, nil); err != nil {
				return nil, fmt.Errorf("cannot make a package of %s: %w", family.Package, err)
			}
		}
		if err := p.pushProvider(d, family); err != nil {
			return nil, fmt.Errorf("cannot make a package of %s: %w", d.Package, err)
		}
	}
	return prefixes, nil
}

func (p *Plane) pushProvider(d dependency, family *dependency) error {
	name := filepath.Base(d.Package)
	root := filepath.Join(p.dir, "providers", name)
	if err := os.MkdirAll(filepath.Join(root, "crds"), 0o700); err != nil {
		return fmt.Errorf("cannot make a folder: %w", err)
	}
	manifest := fmt.Sprintf("apiVersion: meta.pkg.crossplane.io/v1\nkind: Provider\nmetadata: {name: %s}\nspec:\n  capabilities: [SafeStart]\n", name)
	if family != nil {
		manifest += fmt.Sprintf("  dependsOn: [{apiVersion: pkg.crossplane.io/v1, kind: Provider, package: %s, version: %q}]\n", family.Package, ">="+family.Version)
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
		return err
	}
	_, path, _ := strings.Cut(d.Package, "/")
	return p.Push(path, d.Version, file)
}

// familyOf returns the family package of a cloud's service, such as
// provider-family-gcp for provider-gcp-sql, or nil.
func familyOf(d dependency) *dependency {
	parts := strings.Split(filepath.Base(d.Package), "-")
	if len(parts) < 3 {
		return nil // one package for everything
	}
	return &dependency{Kind: d.Kind, Package: filepath.Dir(d.Package) + "/provider-family-" + parts[1], Version: d.Version}
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
