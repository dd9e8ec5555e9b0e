package render

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sigs.k8s.io/yaml"
)

// environmentAPI is the version of EnvironmentConfigs that the functions ask for.
const environmentAPI = "apiextensions.crossplane.io/v1beta1"

// resourceName is the annotation that says which of a composition's resources an
// observed one is. Crossplane writes it.
const resourceName = "crossplane.io/composition-resource-name"

// A given object is one that a user put into a file, as far as it is checked.
type given struct {
	file       string
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
	Metadata   struct {
		Name        string            `json:"name"`
		Annotations map[string]string `json:"annotations"`
	} `json:"metadata"`
}

// read returns the objects in a file, or in all YAML files of a folder.
func read(path string) ([]given, error) {
	files := []string{path}
	if info, err := os.Stat(path); err != nil {
		return nil, err
	} else if info.IsDir() {
		if files, err = filepath.Glob(filepath.Join(path, "*.yaml")); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	var out []given
	for _, f := range files {
		b, err := os.ReadFile(f) //nolint:gosec // The file that the user names.
		if err != nil {
			return nil, err
		}
		for doc := range bytes.SplitSeq(append([]byte("\n"), b...), []byte("\n---")) {
			o := given{file: f}
			if err := yaml.Unmarshal(doc, &o); err != nil {
				return nil, fmt.Errorf("%s is no YAML of Kubernetes: %s", f, strings.Join(strings.Fields(err.Error()), " "))
			}
			if o.Kind != "" {
				out = append(out, o)
			}
		}
	}
	return out, nil
}

// checkSettings refuses a file or folder that gives no settings: the CLI would
// render without any, and not say so.
func checkSettings(path string) error {
	objects, err := read(path)
	if err != nil {
		return fmt.Errorf("cannot read the settings, so give a file by SETTINGS=: %w", err)
	}
	found := false
	for _, o := range objects {
		if o.Kind != "EnvironmentConfig" {
			continue
		}
		if o.APIVersion != environmentAPI {
			return fmt.Errorf("%s: is an EnvironmentConfig of %s; make it apiVersion %s", o.file, o.APIVersion, environmentAPI)
		}
		found = true
	}
	if !found {
		return fmt.Errorf("%s: has no EnvironmentConfig; settings are one, named platform-{env} or platform", path)
	}
	return nil
}

// checkObserved refuses what Crossplane could not tell apart.
func checkObserved(path string) error {
	objects, err := read(path)
	if err != nil {
		return fmt.Errorf("cannot read the observed resources, so give a file by OBSERVED=: %w", err)
	}
	for _, o := range objects {
		if o.Metadata.Annotations[resourceName] == "" {
			return fmt.Errorf(
				"%s: %s %q has no annotation %s; take objects as they are on the cluster, where Crossplane has put it",
				o.file, o.Kind, o.Metadata.Name, resourceName,
			)
		}
	}
	return nil
}
