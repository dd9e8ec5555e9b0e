package plane

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

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

// again is how long a package has to be healthy until its commands are run again.
const again = 20 * time.Second

// twin begins the names of functions that Crossplane installs a second time, by those of
// their repositories.
const twin = "victor-onl-function-"

// KeepOnce deletes each function that Crossplane installs a second time, as
// package/README.md says to, until the context is done.
func (p *Plane) KeepOnce(ctx context.Context) {
	for ; ctx.Err() == nil; pause(ctx) {
		functions, err := p.Client.List(ctx, Kind("pkg.crossplane.io/v1", "Function"), "", "")
		if err != nil {
			continue // the API server may be away, and the next look is soon
		}
		for _, f := range functions {
			if strings.HasPrefix(f.GetName(), twin) && f.GetDeletionTimestamp() == nil {
				_ = p.Client.Delete(ctx, RefOf(f)) // or with the next look
			}
		}
	}
}

// Switch has an installed package be of another version, and waits until that is
// healthy; of a function, as package/README.md says, as often as it needs, and until it
// runs.
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
	if r.GVK.Kind == "Function" {
		commands, err := p.commands(packages, "Upgrade and roll back", "function-multicloud-db", r.Name, "v0.2.0", version)
		if err != nil {
			return err
		}
		return Wait(ctx, installTimeout, r.String()+" "+version, func() error {
			if err := p.shell(ctx, commands); err != nil {
				return err
			}
			return Wait(ctx, again, "one of each", func() error { return p.is(ctx, r, image) })
		})
	}
	if _, err := p.Client.Patch(ctx, r, map[string]any{"spec": map[string]any{"package": image}}); err != nil {
		return err
	}
	return Wait(ctx, installTimeout, r.String()+" "+version, func() error { return p.is(ctx, r, image) })
}

// is says whether a package is of an image, healthy, and if it is a function, runs.
func (p *Plane) is(ctx context.Context, r Ref, image string) error {
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
}
