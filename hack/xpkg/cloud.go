package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// clouds are those that a Configuration is for: all of them, by "", and each alone.
var clouds = append([]string{""}, cloud.Providers...)

// configurationName is the package of a scope and a cloud.
func configurationName(scope, cloud string) string {
	return strings.TrimSuffix("crossplane-resources-"+scope+"-"+cloud, "-")
}

// narrow makes the Configuration in a folder one for a cloud alone: it depends on that cloud's
// providers, and its Compositions tell function-multicloud-db so, which refuses claims of others.
// The XRD is that for all, and so are the Compositions' names: a cluster goes from one to the
// other by another image of the same Configuration, and a claim of another cloud finds its
// Composition, and in that the sentence which says what is wrong.
func narrow(root, cloud string) error {
	if err := edit(filepath.Join(root, "crossplane.yaml"), func(o map[string]any) error { return narrowMeta(o, cloud) }); err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(root, "composition*.yaml"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no Compositions in %s: %w", root, err)
	}
	for _, f := range files {
		if err := edit(f, func(o map[string]any) error { return tell(o, cloud) }); err != nil {
			return err
		}
	}
	return nil
}

// edit rewrites a manifest.
func edit(path string, change func(map[string]any) error) error {
	raw, err := os.ReadFile(path) //nolint:gosec // A copy of the project's own file.
	if err != nil {
		return fmt.Errorf("cannot read a manifest: %w", err)
	}
	o := map[string]any{}
	if err := yaml.UnmarshalStrict(raw, &o); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := change(o); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	out, err := yaml.Marshal(o)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return os.WriteFile(path, out, 0o600)
}

// narrowMeta leaves a package's manifest the providers of one cloud.
func narrowMeta(o map[string]any, cloud string) error {
	head, ok := o["metadata"].(map[string]any)
	if !ok {
		return errors.New("has no metadata")
	}
	name := fmt.Sprint(head["name"])
	head["name"] = name + "-" + cloud
	if notes, ok := head["annotations"].(map[string]any); ok {
		notes["meta.crossplane.io/description"] = "As " + name + ", with the providers of " + cloud + " alone. Install it as the Configuration " + name + "."
	}
	spec, ok := o["spec"].(map[string]any)
	if !ok {
		return errors.New("has no spec")
	}
	all, ok := spec["dependsOn"].([]any)
	if !ok {
		return errors.New("depends on nothing")
	}
	left := slices.DeleteFunc(slices.Clone(all), func(d any) bool {
		m, ok := d.(map[string]any)
		return !ok || packages.Provider{Package: fmt.Sprint(m["package"])}.Cloud() != cloud
	})
	if len(left) == 0 {
		return fmt.Errorf("depends on no provider of %s", cloud)
	}
	spec["dependsOn"] = left
	return nil
}

// tell has a Composition tell function-multicloud-db which cloud is there.
func tell(o map[string]any, cloud string) error {
	spec, ok := o["spec"].(map[string]any)
	if !ok {
		return errors.New("has no spec")
	}
	steps, ok := spec["pipeline"].([]any)
	if !ok {
		return errors.New("has no pipeline")
	}
	for _, s := range steps {
		step, ok := s.(map[string]any)
		if !ok {
			continue
		}
		if ref, ok := step["functionRef"].(map[string]any); ok && ref["name"] == "function-multicloud-db" {
			step["input"] = map[string]any{"apiVersion": "multicloud-db.fn.platform.victor.onl/v1beta1", "kind": "Clouds", "clouds": []string{cloud}}
			return nil
		}
	}
	return errors.New("does not call function-multicloud-db")
}
