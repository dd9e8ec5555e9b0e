// Package packages reads which providers' packages the project's Configurations depend on.
// No function links it.
package packages

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

// A Provider is a package that a Configuration depends on, or that such a package does.
type Provider struct {
	Package string // with its registry, without a version
	Least   string // the lowest version that will do
}

// Of are the providers that the Configuration of a scope depends on, in the project's own
// folder. Anything else that it depends on is an error: what is declared, Crossplane installs a
// second time while it changes versions under another name.
func Of(root, scope string) ([]Provider, error) {
	raw, err := os.ReadFile(filepath.Join(root, "package", scope, "crossplane.yaml")) //nolint:gosec // The project's own file.
	if err != nil {
		return nil, fmt.Errorf("cannot read the Configuration: %w", err)
	}
	meta := struct {
		Spec struct {
			DependsOn []struct{ Kind, Package, Version string } `json:"dependsOn"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(raw, &meta); err != nil {
		return nil, fmt.Errorf("cannot read the Configuration: %w", err)
	}
	var out []Provider
	for _, d := range meta.Spec.DependsOn {
		least, floor := strings.CutPrefix(d.Version, ">=")
		if d.Kind != "Provider" || !floor {
			return nil, fmt.Errorf("package/%s depends on %s %s, a %s; allowed are providers with a least version, such as >=v1.2.3",
				scope, d.Package, d.Version, d.Kind)
		}
		out = append(out, Provider{d.Package, least})
	}
	return out, nil
}

// Name is the last part of the package's path, such as provider-gcp-sql.
func (p Provider) Name() string { return filepath.Base(p.Package) }

// Image is the package in its least version.
func (p Provider) Image() string { return p.Package + ":" + p.Least }

// Family is the package that a cloud's service depends on, such as provider-family-gcp of
// provider-gcp-sql, and whether there is one: it is in the dependsOn of
// package/crossplane.yaml.tmpl of crossplane-contrib/provider-upjet-gcp, -aws and -azure, and
// released with them.
func (p Provider) Family() (Provider, bool) {
	parts := strings.Split(p.Name(), "-")
	if len(parts) < 3 || parts[1] == "family" {
		return Provider{}, false // one package for everything, or a family itself
	}
	return Provider{filepath.Dir(p.Package) + "/provider-family-" + parts[1], p.Least}, true
}

// All are some providers, each behind its family, which is there once.
func All(providers []Provider) []Provider {
	var out []Provider
	seen := map[Provider]bool{}
	for _, p := range providers {
		if family, ok := p.Family(); ok && !seen[family] {
			seen[family] = true
			out = append(out, family)
		}
		out = append(out, p)
	}
	return out
}
