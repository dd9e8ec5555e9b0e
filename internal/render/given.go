package render

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// environmentAPI is the version of EnvironmentConfigs that the functions ask for.
const environmentAPI = "apiextensions.crossplane.io/v1beta1"

// resourceName is the annotation that says which of a composition's resources an
// observed one is. Crossplane writes it.
const resourceName = "crossplane.io/composition-resource-name"

// A given object is one that a user put into a file.
type given struct {
	file string
	body map[string]any
}

func (o given) text(path ...string) string {
	var v any = o.body
	for _, key := range path {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	s, _ := v.(string)
	return s
}

// read returns the objects in a file, or in all YAML files of a folder. Of a List, as
// kubectl prints several objects, they are the items.
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
			if err := yaml.Unmarshal(doc, &o.body); err != nil {
				return nil, fmt.Errorf("%s is no YAML of Kubernetes: %s", f, strings.Join(strings.Fields(err.Error()), " "))
			}
			out = append(out, o.items()...)
		}
	}
	return out, nil
}

// items are the objects of a List, or the object itself; what has no kind is none.
func (o given) items() []given {
	_, isList := o.body["items"] // which is null where there are none
	items, _ := o.body["items"].([]any)
	switch kind := o.text("kind"); {
	case kind == "":
		return nil
	case !isList || !strings.HasSuffix(kind, "List"):
		return []given{o}
	}
	var out []given
	for _, item := range items {
		if body, ok := item.(map[string]any); ok {
			out = append(out, given{file: o.file, body: body}.items()...)
		}
	}
	return out
}

// write writes objects into one file, as the CLI reads them.
func write(path string, objects []given) error {
	var all bytes.Buffer
	for _, o := range objects {
		b, err := yaml.Marshal(o.body)
		if err != nil {
			return fmt.Errorf("cannot encode an object of %s: %w", o.file, err)
		}
		all.WriteString("---\n")
		all.Write(b)
	}
	return os.WriteFile(path, all.Bytes(), 0o600)
}

// Settings reads the EnvironmentConfigs in a file or folder.
func Settings(path string) ([]map[string]any, error) {
	objects, err := readSettings(path)
	if err != nil {
		return nil, err
	}
	var out []map[string]any
	for _, o := range objects {
		if o.text("kind") == "EnvironmentConfig" {
			out = append(out, o.body)
		}
	}
	return out, nil
}

// readSettings reads a file or folder, and refuses one that gives no settings: the CLI
// would render without any, and not say so.
func readSettings(path string) ([]given, error) {
	objects, err := read(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the settings, so give a file by SETTINGS=: %w", err)
	}
	found := false
	for _, o := range objects {
		if o.text("kind") != "EnvironmentConfig" {
			continue
		}
		if api := o.text("apiVersion"); api != environmentAPI {
			return nil, fmt.Errorf("%s: is an EnvironmentConfig of %s; make it apiVersion %s", o.file, api, environmentAPI)
		}
		found = true
	}
	if !found {
		return nil, fmt.Errorf("%s: has no EnvironmentConfig; settings are one, named platform-{env} or platform", path)
	}
	return objects, nil
}

// readObserved reads what a cluster has, and refuses what Crossplane could not tell apart.
// The XR, with which a render begins, is none of the composed resources.
func readObserved(path string) ([]given, error) {
	objects, err := read(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the observed resources, so give a file by OBSERVED=: %w", err)
	}
	objects = slices.DeleteFunc(objects, func(o given) bool {
		return strings.HasPrefix(o.text("apiVersion"), "platform.victor.onl/") || strings.HasPrefix(o.text("apiVersion"), "render.crossplane.io/")
	})
	for _, o := range objects {
		if o.text("metadata", "annotations", resourceName) == "" {
			return nil, fmt.Errorf(
				"%s: %s %q has no annotation %s; take objects as they are on the cluster, where Crossplane has put it",
				o.file, o.text("kind"), o.text("metadata", "name"), resourceName,
			)
		}
	}
	return objects, nil
}
