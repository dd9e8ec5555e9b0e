package plane

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// Publish builds the project's packages in another version, and pushes them.
func (p *Plane) Publish(version string) error {
	dir := filepath.Join(p.dir, "xpkg-"+version)
	if err := run(p.o.Root, nil, "go", "run", "./hack/xpkg", "build", "--cli="+p.o.bin("crossplane-cli-v2.5.0"), "--out="+dir,
		"--version="+version, "--commit=test", "--date=2026-01-02T03:04:05Z"); err != nil {
		return err
	}
	return p.PushOurs(dir, version)
}

// Switch has an installed package be of another version, and waits until that is
// healthy; of a function, until it runs. As package/README.md says, a function that
// Crossplane installs a second time meanwhile is deleted.
func (p *Plane) Switch(ctx context.Context, r Ref, version string) error {
	o, err := p.Client.Get(ctx, r)
	if err != nil {
		return err
	}
	image, _, err := unstructured.NestedString(o.Object, "spec", "package")
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", r, err)
	}
	image = image[:strings.LastIndex(image, ":")+1] + version
	if _, err := p.Client.Patch(ctx, r, map[string]any{"spec": map[string]any{"package": image}}); err != nil {
		return err
	}
	return Wait(ctx, installTimeout, r.String()+" "+version, func() error {
		if err := p.dropTwins(ctx); err != nil {
			return err
		}
		o, err := p.Client.Get(ctx, r)
		if err != nil {
			return err
		}
		current, _, err := unstructured.NestedString(o.Object, "status", "currentIdentifier")
		if err != nil || current != image {
			return fmt.Errorf("is at %q: %w", current, err)
		}
		for _, k := range []string{"Installed", "Healthy"} {
			if status, message := Condition(o, k); status != "True" {
				return fmt.Errorf("%s is %q: %s", k, status, message)
			}
		}
		revision, _, err := unstructured.NestedString(o.Object, "status", "currentRevision")
		if err != nil {
			return fmt.Errorf("cannot read %s: %w", r, err)
		}
		if runs := p.Functions()[r.Name]; runs != nil && runs.Name != revision {
			return fmt.Errorf("runs %s, not %s", runs.Name, revision)
		}
		return nil
	})
}

// dropTwins deletes the functions that Crossplane installed under the name of their
// repository although they are there under ours: while a function changes versions
// it is out of Crossplane's lock, and the Configuration's dependency on it unmet.
func (p *Plane) dropTwins(ctx context.Context) error {
	functions, err := p.Client.List(ctx, Kind(pkgVersion, "Function"), "", "")
	if err != nil {
		return err
	}
	for _, f := range functions {
		if strings.HasPrefix(f.GetName(), "victor-onl-") && f.GetDeletionTimestamp() == nil {
			if err := p.Client.Delete(ctx, RefOf(f)); err != nil && !IsNotFound(err) {
				return err
			}
		}
	}
	return nil
}
