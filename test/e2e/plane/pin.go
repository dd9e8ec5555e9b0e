package plane

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// upgraded is the cloud whose providers Pin takes to another version.
const upgraded = "provider-family-gcp"

// Pin has the providers be those of providers.yaml, as whoever pins their versions does, and
// takes those of one cloud, with their family, to another version.
func (p *Plane) Pin(ctx context.Context, scope string) error {
	const manifest = "package/providers.yaml"
	if err := p.shell(ctx, []string{"kubectl apply -f " + manifest}); err != nil {
		return err
	}
	if err := p.provided(ctx, filepath.Join(p.o.Root, manifest)); err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(p.o.Root, manifest))
	if err != nil {
		return fmt.Errorf("cannot read the providers: %w", err)
	}
	text := string(b)
	depends, err := packages.Of(p.o.Root, scope)
	if err != nil {
		return err
	}
	for _, d := range packages.All(depends) {
		if family, ok := d.Family(); d.Name() != upgraded && (!ok || family.Name() != upgraded) {
			continue
		}
		was := d.Image()
		d.Least = next(d.Least)
		if err := p.pushProvider(d); err != nil {
			return err
		}
		text = strings.Replace(text, was+"\n", d.Image()+"\n", 1)
	}
	file := filepath.Join(p.dir, "providers.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		return fmt.Errorf("cannot write the providers: %w", err)
	}
	if err := p.shell(ctx, []string{"kubectl apply -f " + file}); err != nil {
		return err
	}
	return p.provided(ctx, file)
}

// provided waits until the providers are those of a manifest.
func (p *Plane) provided(ctx context.Context, file string) error {
	objects, err := Read(file)
	if err != nil {
		return err
	}
	for _, o := range objects {
		image, _, err := unstructured.NestedString(o.Object, "spec", "package")
		if err != nil {
			return fmt.Errorf("cannot read %s: %w", RefOf(o), err)
		}
		if err := Wait(ctx, installTimeout, image, func() error { return p.is(ctx, RefOf(o), image) }); err != nil {
			return err
		}
	}
	return nil
}

// next is a later patch of a version, of which the least ones have none.
func next(version string) string { return version[:strings.LastIndex(version, ".")+1] + "1" }
