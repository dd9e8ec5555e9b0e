package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"

	"sigs.k8s.io/yaml"
)

// labels of an image, as OCI names them.
func (b *build) labels(title string) map[string]string {
	return map[string]string{
		"org.opencontainers.image.title":    title,
		"org.opencontainers.image.version":  b.Version,
		"org.opencontainers.image.revision": b.Commit,
		"org.opencontainers.image.source":   source,
		"org.opencontainers.image.licenses": "Apache-2.0",
	}
}

// describe writes version, commit and source into a package's crossplane.yaml. It returns
// what the package depends on.
func (b *build) describe(path string) ([]part, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the package's manifest: %w", err)
	}
	meta := map[string]any{}
	if err := yaml.UnmarshalStrict(raw, &meta); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	head, ok := meta["metadata"].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s has no metadata", path)
	}
	annotations, ok := head["annotations"].(map[string]any)
	if !ok {
		annotations = map[string]any{}
		head["annotations"] = annotations
	}
	for k, v := range b.labels(fmt.Sprint(head["name"])) {
		annotations[k] = v
	}
	annotations["meta.crossplane.io/source"] = source
	annotations["meta.crossplane.io/license"] = "Apache-2.0"
	parts := depends(meta)
	out, err := yaml.Marshal(meta)
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", path, err)
	}
	return parts, os.WriteFile(path, out, 0o600)
}

// depends is what a package depends on. That is none of our own packages: a function that is
// declared is installed twice while it changes versions.
func depends(meta map[string]any) []part {
	spec, ok := meta["spec"].(map[string]any)
	if !ok {
		return nil
	}
	dependencies, ok := spec["dependsOn"].([]any)
	if !ok {
		return nil
	}
	var parts []part
	for _, d := range dependencies {
		if m, ok := d.(map[string]any); ok {
			parts = append(parts, dependency(fmt.Sprint(m["package"]), fmt.Sprint(m["version"])))
		}
	}
	return parts
}

// configuration builds a Configuration package of its manifest and the XRD and
// Compositions of one scope.
func (b *build) configuration(work, name string) error {
	root := filepath.Join(work, "configuration-"+name)
	if err := os.CopyFS(root, os.DirFS(filepath.Join("apis", name))); err != nil {
		return fmt.Errorf("cannot copy the XRD and the Compositions: %w", err)
	}
	for _, from := range []string{filepath.Join(name, "crossplane.yaml"), "only-one.yaml"} {
		raw, err := os.ReadFile(filepath.Join("package", from))
		if err != nil {
			return fmt.Errorf("cannot read the package's manifests: %w", err)
		}
		if err := os.WriteFile(filepath.Join(root, filepath.Base(from)), raw, 0o600); err != nil {
			return fmt.Errorf("cannot copy the package's manifests: %w", err)
		}
	}
	parts, err := b.describe(filepath.Join(root, "crossplane.yaml"))
	if err != nil {
		return err
	}
	pkg := "crossplane-resources-" + name
	materials, err := b.bill(pkg, parts)
	if err != nil {
		return err
	}
	if err := b.write(pkg+".spdx.json", materials); err != nil {
		return err
	}
	return b.xpkg(root, pkg)
}

// report prints a package's digest and size.
func report(path string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("cannot read a package: %w", err)
	}
	fmt.Printf("%s  %5.1f MB  sha256:%x\n", filepath.Base(path), float64(len(content))/1e6, sha256.Sum256(content))
	return nil
}
