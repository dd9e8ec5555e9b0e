package plane

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// Move has the Configuration be the one for a cloud alone, or by "" for all, by nothing but
// kubectl apply of that manifest, and waits until it is, with its providers and kinds.
func (p *Plane) Move(ctx context.Context, scope, version, cloud string) error {
	manifest, err := p.manifest(scope, version, cloud)
	if err != nil {
		return err
	}
	if err := p.shell(ctx, []string{"kubectl apply -f " + manifest}); err != nil {
		return err
	}
	name := "crossplane-resources-" + scope
	r := Ref{GVK: Kind(pkgVersion, "Configuration"), Name: name}
	image := "ghcr.io/victor-onl/" + strings.TrimSuffix(name+"-"+cloud, "-") + ":" + version
	if err := Wait(ctx, 3*installTimeout, image, func() error { return p.is(ctx, r, image) }); err != nil {
		return err
	}
	pins := filepath.Join(filepath.Dir(manifest), "..", strings.TrimSuffix("providers-"+cloud, "-")+".yaml")
	if err := p.provided(ctx, pins); err != nil {
		return err
	}
	return p.established(ctx, manifest)
}

// Clouds are those of the providers that are installed.
func (p *Plane) Clouds(ctx context.Context) ([]string, error) {
	objects, err := p.Client.List(ctx, Kind(pkgVersion, "Provider"), "", "")
	if err != nil {
		return nil, fmt.Errorf("cannot list the providers: %w", err)
	}
	var out []string
	for _, o := range objects {
		image, _, err := unstructured.NestedString(o.Object, "spec", "package")
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", RefOf(o), err)
		}
		out = append(out, packages.Provider{Package: image[:max(0, strings.LastIndex(image, ":"))]}.Cloud())
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}
