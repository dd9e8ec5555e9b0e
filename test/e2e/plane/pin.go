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
const upgraded = "gcp"

// ours is the version that our packages are installed in.
const ours = "v0.1.0"

// one is the name of what there is for each cloud, for the one that is installed alone, if any.
func (p *Plane) one(name string) string { return strings.TrimSuffix(name+"-"+p.o.Cloud, "-") }

// Pin has the providers be those of providers.yaml, as whoever pins their versions does, and
// takes those of one cloud, with their family, to another version, by a lock: one of its tags is
// of other bytes by then, and nobody pulls them.
func (p *Plane) Pin(ctx context.Context, scope string) error {
	_, manifest, err := p.manifests(scope, ours)
	if err != nil {
		return err
	}
	if err := p.shell(ctx, []string{"kubectl apply -f " + manifest}); err != nil {
		return err
	}
	if err := p.provided(ctx, p.rooted(manifest)); err != nil {
		return err
	}
	depends, err := packages.Of(p.o.Root, scope)
	if err != nil {
		return err
	}
	var lines strings.Builder
	var moved packages.Provider
	for _, d := range packages.OfCloud(depends, p.o.Cloud) {
		if d.Cloud() == upgraded {
			d.Least = next(d.Least)
			if err := p.pushProvider(d); err != nil {
				return err
			}
			moved = d
		}
		digest, err := p.digest(d.Path(), d.Least)
		if err != nil {
			return err
		}
		fmt.Fprintf(&lines, "%s %s/%s@%s\n", d.Image(), p.Registry(), d.Path(), digest)
	}
	digest, err := p.digest(moved.Path(), moved.Least)
	if err != nil {
		return err
	}
	if err := p.tag(moved.Path(), unasked(moved)[0], moved.Least); err != nil {
		return err
	}
	dir, err := p.locked(scope, lines.String())
	if err != nil {
		return err
	}
	providers := filepath.Join(dir, p.one("providers")+".yaml")
	if err := p.shell(ctx, []string{"kubectl apply -f " + filepath.Join(dir, scope, p.one("lock")+".yaml"), "kubectl apply -f " + providers}); err != nil {
		return err
	}
	if err := p.provided(ctx, providers); err != nil {
		return err
	}
	return p.pulled(ctx, moved, digest)
}

// locked writes the manifests of a lock with the providers' lines and those of ours.
func (p *Plane) locked(scope, lines string) (string, error) {
	var all strings.Builder
	all.WriteString(lines)
	for _, name := range append([]string{p.one("crossplane-resources-" + scope)}, functions...) {
		digest, err := p.digest("victor-onl/"+name, ours)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&all, "ghcr.io/victor-onl/%s:%s %s/victor-onl/%s@%s\n", name, ours, p.Registry(), name, digest)
	}
	file, dir := filepath.Join(p.dir, "versions.lock"), filepath.Join(p.dir, "locked")
	if err := os.WriteFile(file, []byte(all.String()), 0o600); err != nil {
		return "", fmt.Errorf("cannot write a lock: %w", err)
	}
	return dir, run(p.o.Root, nil, "go", "run", "./hack/install", "--version="+ours, "--lock="+file, "--out="+dir)
}

// pulled says whether a provider was pulled by a digest.
func (p *Plane) pulled(ctx context.Context, d packages.Provider, digest string) error {
	o, err := p.Client.Get(ctx, Ref{GVK: Kind(pkgVersion, "Provider"), Name: strings.ReplaceAll(d.Path(), "/", "-")})
	if err != nil {
		return err
	}
	from, _, err := unstructured.NestedString(o.Object, "status", "resolvedPackage")
	if want := p.Registry() + "/" + d.Path() + "@" + digest; err != nil || from != want {
		return fmt.Errorf("%s was pulled from %q, and is locked to %s: %w", RefOf(o), from, want, err)
	}
	return nil
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
