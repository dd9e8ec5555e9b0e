package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/yaml"
)

// A use is a package that manifests install, and where Crossplane pulls it from: that is another
// place than the package where a lock says so.
type use struct{ image, pulled string }

// name of the package, which is the end of its repository's.
func (u use) name() string { return path.Base(u.image[:strings.LastIndex(u.image, ":")]) }

// An object of a manifest, as far as it says what is installed.
type object struct {
	Kind     string `json:"kind"`
	Metadata struct {
		Name string `json:"name"`
	} `json:"metadata"`
	Spec struct {
		Package     string `json:"package"`
		MatchImages []struct {
			Prefix string `json:"prefix"`
		} `json:"matchImages"`
		RewriteImage struct {
			Prefix string `json:"prefix"`
		} `json:"rewriteImage"`
	} `json:"spec"`
}

// installed are the project's packages that the manifests of a folder install. It is an error if
// one is of another registry or version, or if a manifest has what none of ours has: what is
// checked is then not what is installed.
func installed(folder, registry, version string) ([]use, error) {
	var files []string
	for _, pattern := range []string{"*.yaml", "*.yml", "*.json", "*/*.yaml", "*/*.yml", "*/*.json"} { // what kubectl takes of a folder
		found, err := filepath.Glob(filepath.Join(folder, pattern))
		if err != nil {
			return nil, fmt.Errorf("cannot look for manifests: %w", err)
		}
		files = append(files, found...)
	}
	var out []use
	var locks []object
	var all []error
	for _, file := range files {
		objects, err := objects(file)
		all = append(all, err)
		for _, o := range objects {
			switch o.Kind {
			case "Function", "Configuration":
				all = append(all, o.check(file, registry, version))
				out = append(out, use{o.Spec.Package, o.Spec.Package})
			case "ImageConfig":
				locks = append(locks, o)
			case "Provider", "ManagedResourceActivationPolicy":
			default:
				all = append(all, fmt.Errorf("%s: %s %s is nothing that make manifests writes", file, o.Kind, o.Metadata.Name))
			}
		}
	}
	if err := errors.Join(all...); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s has no manifest; make manifests with the same VERSION and REGISTRY writes them", folder)
	}
	for _, u := range slices.Clone(out) {
		for _, l := range locks {
			out = append(out, l.locked(u)...)
		}
	}
	slices.SortFunc(out, func(a, b use) int { return strings.Compare(a.image+" "+a.pulled, b.image+" "+b.pulled) })
	return slices.Compact(out), nil
}

// objects of a manifest, read as kubectl reads it.
func objects(file string) ([]object, error) {
	f, err := os.Open(file) //nolint:gosec // Of the folder that the caller names.
	if err != nil {
		return nil, fmt.Errorf("cannot read a manifest: %w", err)
	}
	defer f.Close() //nolint:errcheck // Read only.
	var out []object
	for d := yaml.NewYAMLOrJSONDecoder(f, 4096); ; {
		o := object{}
		switch err := d.Decode(&o); {
		case errors.Is(err, io.EOF):
			return out, nil
		case err != nil:
			return nil, fmt.Errorf("%s: %w", file, err)
		case o.Kind != "":
			out = append(out, o)
		}
	}
}

// check is an error unless a package is the one of a registry and a version.
func (o object) check(file, registry, version string) error {
	want := registry + "/" + o.Metadata.Name + ":" + version
	// A Configuration of one cloud alone has the name of the one for all, in whose place it is.
	if o.Kind == "Configuration" {
		want = registry + "/" + o.Metadata.Name + of(file) + ":" + version
	}
	if o.Spec.Package != want {
		return fmt.Errorf("%s: spec.package of %s %s is %q; of this REGISTRY and VERSION it is %q", file, o.Kind, o.Metadata.Name, o.Spec.Package, want)
	}
	return nil
}

// locked is where an ImageConfig has a package pulled from, if it is of that package.
func (o object) locked(u use) []use {
	var out []use
	for _, m := range o.Spec.MatchImages {
		if rest, ok := strings.CutPrefix(u.image, m.Prefix); ok && o.Spec.RewriteImage.Prefix != "" {
			out = append(out, use{u.image, o.Spec.RewriteImage.Prefix + rest})
		}
	}
	return out
}

// of is the end of a Configuration's name for the cloud that a manifest is of, such as -gcp of
// install-gcp.yaml, or "" where it is of all.
func of(file string) string {
	return strings.TrimPrefix(strings.TrimSuffix(filepath.Base(file), ".yaml"), "install")
}
