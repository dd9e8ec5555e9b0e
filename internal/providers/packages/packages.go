// Package packages reads which providers' packages the project's Configurations depend on.
// No function links it.
package packages

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

// A Provider is a package that a Configuration depends on, or that such a package does.
type Provider struct {
	Package string // with its registry, without a version
	Least   string // the lowest version that will do
}

// asked is the form of what a Configuration asks for: from a version on, and below a major one.
// A comma stands between the two: without it Crossplane 1.20 (Masterminds/semver 1.5.0) says
// "improper constraint", and 2.4 (3.5.0) takes either. Neither takes a pre-release then.
var asked = regexp.MustCompile(`^>=(v(\d+)\.\d+\.\d+), <v(\d+)\.0\.0$`)

// Of are the providers that the Configuration of a scope depends on, in the project's own
// folder. Anything else that it depends on is an error. A function that is declared, Crossplane
// installs a second time while it changes versions under another name. Of a provider Crossplane
// installs the newest version that is asked for, so that one without an end is one day the next
// major, which may no longer have a version of a CRD that objects are stored in; so it does of a
// family that only the services ask for, whose range nothing here knows.
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
		m := asked.FindStringSubmatch(d.Version)
		if d.Kind != "Provider" || m == nil || m[3] != after(m[2]) {
			return nil, fmt.Errorf("package/%s depends on %s %s, a %s; allowed are providers from a version to the next major one, such as >=v1.2.3, <v2.0.0",
				scope, d.Package, d.Version, d.Kind)
		}
		out = append(out, Provider{d.Package, m[1]})
	}
	for i, p := range out {
		if family, ok := p.Family(); ok && !slices.Contains(out[:i], family) {
			return nil, fmt.Errorf("package/%s depends on %s, and not on %s %s before it, on which that one depends in any version",
				scope, p.Package, family.Package, family.Range())
		}
	}
	return out, nil
}

// after is the next major version.
func after(major string) string {
	n, err := strconv.Atoi(major)
	if err != nil {
		return ""
	}
	return strconv.Itoa(n + 1)
}

// Range is what a Configuration asks for of the package.
func (p Provider) Range() string {
	major, _, _ := strings.Cut(strings.TrimPrefix(p.Least, "v"), ".")
	return ">=" + p.Least + ", <v" + after(major) + ".0.0"
}

// Takes reports whether a version is in the range that a Configuration asks for. A pre-release is
// in none.
func (p Provider) Takes(version string) bool {
	least, v := numbers(p.Least), numbers(version)
	return least != nil && v != nil && v[0] == least[0] && slices.Compare(v, least) >= 0
}

// numbers of a release, or nothing of what is none.
func numbers(version string) []int {
	m := release.FindStringSubmatch(version)
	if m == nil {
		return nil
	}
	out := make([]int, 0, len(m)-1)
	for _, word := range m[1:] {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil
		}
		out = append(out, n)
	}
	return out
}

// release is the form of a version that is no pre-release.
var release = regexp.MustCompile(`^v(\d+)\.(\d+)\.(\d+)$`)

// Name is the last part of the package's path, such as provider-gcp-sql.
func (p Provider) Name() string { return filepath.Base(p.Package) }

// Cloud is whose provider the package has, as a claim names it.
func (p Provider) Cloud() string {
	switch parts := strings.Split(p.Name(), "-"); {
	case p.Name() == "provider-opentofu": // which runs IBM's modules
		return "ibm"
	case len(parts) == 3 && parts[1] == "family":
		return parts[2]
	case len(parts) == 3:
		return parts[1]
	}
	return ""
}

// OfCloud are the ones of some providers that one cloud needs, or all where it is "".
func OfCloud(providers []Provider, cloud string) []Provider {
	return slices.DeleteFunc(slices.Clone(providers), func(p Provider) bool { return cloud != "" && p.Cloud() != cloud })
}

// Path is where the package is in its registry, such as crossplane-contrib/provider-gcp-sql.
func (p Provider) Path() string {
	_, path, _ := strings.Cut(p.Package, "/")
	return path
}

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
