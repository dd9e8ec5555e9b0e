package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// installed are the project's packages that manifests install. It is an error if one is of
// another registry or version: what is checked is then not what is installed.
func installed(folder, registry, version string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*", "install*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, errors.Join(fmt.Errorf("%s has no manifest; make manifests with the same VERSION and REGISTRY writes them", folder), err)
	}
	var images []string
	var all []error
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("cannot read a manifest: %w", err)
		}
		for doc := range strings.SplitSeq(string(raw), "\n---\n") {
			o := struct {
				Kind     string `json:"kind"`
				Metadata struct {
					Name string `json:"name"`
				} `json:"metadata"`
				Spec struct {
					Package string `json:"package"`
				} `json:"spec"`
			}{}
			if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			if o.Kind != "Function" && o.Kind != "Configuration" {
				continue
			}
			// A Configuration of one cloud alone has the name of the one for all, in whose place it is.
			want := registry + "/" + o.Metadata.Name + ":" + version
			if o.Kind == "Configuration" {
				want = registry + "/" + o.Metadata.Name + of(file) + ":" + version
			}
			if o.Spec.Package != want {
				all = append(all, fmt.Errorf("%s: spec.package of %s %s is %q; of this REGISTRY and VERSION it is %q", file, o.Kind, o.Metadata.Name, o.Spec.Package, want))
			}
			images = append(images, o.Spec.Package)
		}
	}
	slices.Sort(images)
	return slices.Compact(images), errors.Join(all...)
}

// of is the end of a Configuration's name for the cloud that a manifest is of, such as -gcp of
// install-gcp.yaml, or "" where it is of all.
func of(file string) string {
	return strings.TrimPrefix(strings.TrimSuffix(filepath.Base(file), ".yaml"), "install")
}
