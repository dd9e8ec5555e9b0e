package plane

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// installTimeout is how long a package has to be healthy.
const installTimeout = 5 * time.Minute

// pkgVersion is the API version of packages.
const pkgVersion = "pkg.crossplane.io/v1"

// Install installs one of the Configurations (claims or namespaced), the providers'
// accounts and the settings as a platform team does, by the commands of
// the README. Every registry that they name is the loopback's: an ImageConfig
// rewrites the image, so that the packages are the published ones.
func (p *Plane) Install(ctx context.Context, scope, version string) error {
	if err := p.PushOurs(filepath.Join(p.o.Root, "bin", "xpkg"), version); err != nil {
		return err
	}
	prefixes, err := p.pushProviders(scope)
	if err != nil {
		return err
	}
	own, err := p.registries(scope)
	if err != nil {
		return err
	}
	for i, prefix := range append(prefixes, own...) {
		_, organisation, _ := strings.Cut(prefix, "/")
		if err := p.ApplyAll(ctx, object("pkg.crossplane.io/v1beta1", "ImageConfig", "", fmt.Sprintf("loopback-%d", i), map[string]any{"spec": map[string]any{
			"matchImages":  []any{map[string]any{"type": "Prefix", "prefix": prefix}},
			"rewriteImage": map[string]any{"prefix": p.Registry() + "/" + organisation},
		}})); err != nil {
			return err
		}
	}
	commands, err := p.commands("README.md", "Install", "package/claims/", "package/"+scope+"/")
	if err != nil {
		return err
	}
	if err := p.shell(ctx, commands); err != nil {
		return err
	}
	return p.established(ctx, scope)
}

// registries are those that the manifest names which installs a Configuration.
func (p *Plane) registries(scope string) ([]string, error) {
	objects, err := Read(filepath.Join(p.o.Root, "package", scope, "install.yaml"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, o := range objects {
		image, found, err := unstructured.NestedString(o.Object, "spec", "package")
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", RefOf(o), err)
		}
		if registry := filepath.Dir(image); found && !slices.Contains(out, registry) {
			out = append(out, registry)
		}
	}
	return out, nil
}

// established waits for the XRD, and for every kind that the activation policy
// names: on 2.x nothing else activates them.
func (p *Plane) established(ctx context.Context, scope string) error {
	objects, err := Read(filepath.Join(p.o.Root, "package", scope, "install.yaml"))
	if err != nil {
		return err
	}
	crd := Kind("apiextensions.k8s.io/v1", "CustomResourceDefinition")
	for _, o := range objects {
		kinds, _, err := unstructured.NestedStringSlice(o.Object, "spec", "activate")
		if err != nil {
			return fmt.Errorf("cannot read the activation policy: %w", err)
		}
		for _, k := range kinds {
			if err := p.Client.WaitCondition(ctx, installTimeout, Ref{GVK: crd, Name: k}, "Established"); err != nil {
				return err
			}
		}
	}
	xrd := Kind("apiextensions.crossplane.io/v1", "CompositeResourceDefinition")
	definitions, err := p.Client.List(ctx, xrd, "", "")
	if err != nil {
		return err
	}
	for _, o := range definitions {
		if err := p.Client.WaitCondition(ctx, installTimeout, RefOf(o), "Established"); err != nil {
			return err
		}
		if _, claims, err := unstructured.NestedMap(o.Object, "spec", "claimNames"); err != nil || !claims {
			continue
		}
		if err := p.Client.WaitCondition(ctx, installTimeout, RefOf(o), "Offered"); err != nil {
			return err
		}
	}
	return nil
}

// PushOurs pushes the project's packages in a folder, as make push does.
func (p *Plane) PushOurs(dir, version string) error {
	return run(p.o.Root, nil, "go", "run", "./hack/xpkg", "push", "--cli="+p.o.bin("crossplane-cli-v2.5.0"),
		"--out="+dir, "--version="+version, "--registry="+p.Registry()+"/victor-onl")
}

// ApplyAll applies objects.
func (p *Plane) ApplyAll(ctx context.Context, objects ...*unstructured.Unstructured) error {
	for _, o := range objects {
		if _, err := p.Client.Apply(ctx, o); err != nil {
			return fmt.Errorf("cannot apply %s: %w", RefOf(o), err)
		}
	}
	return nil
}
