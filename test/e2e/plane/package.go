package plane

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// functions are the names that the Compositions call, and all that a cluster has.
//
//nolint:gochecknoglobals // A constant.
var functions = []string{"function-cost-tagger", "function-multicloud-db", "function-profile-sizer"}

// again is what package/README.md calls the way from a Configuration that depends on the
// functions.
const again = "From a Configuration that depends on functions"

// Publish builds the project's packages in another version, and pushes them.
func (p *Plane) Publish(version string) error {
	dir := filepath.Join(p.dir, "xpkg-"+version)
	if err := run(p.o.Root, nil, "go", "run", "./hack/xpkg", "build", "--cli="+p.o.bin("crossplane-cli-v2.5.0"), "--out="+dir,
		"--version="+version, "--commit=test", "--date=2026-01-02T03:04:05Z"); err != nil {
		return err
	}
	return p.PushOurs(dir, version)
}

// Take has the packages be of another version by the commands of package/README.md, which
// apply the new manifest, and waits until they are.
func (p *Plane) Take(ctx context.Context, scope, version string) error {
	manifest, err := p.manifest(scope, version)
	if err != nil {
		return err
	}
	commands, err := p.commands(packagesPage, "Upgrade and roll back", "package/claims/install.yaml", manifest)
	if err != nil {
		return err
	}
	if err := p.shell(ctx, commands); err != nil {
		return err
	}
	return p.are(ctx, version, append([]string{"crossplane-resources-" + scope}, functions...)...)
}

// Leave takes the packages up from a Configuration that depends on the functions, as
// package/README.md says.
func (p *Plane) Leave(ctx context.Context, scope, version string) error {
	manifest, err := p.manifest(scope, version)
	if err != nil {
		return err
	}
	commands, err := p.commands(packagesPage, again, "package/claims/install.yaml", manifest, "crossplane-resources-claims", "crossplane-resources-"+scope,
		"v0.2.0", version)
	if err != nil {
		return err
	}
	if err := p.shell(ctx, commands); err != nil {
		return err
	}
	return p.Take(ctx, scope, version)
}

// Return takes the packages back to a Configuration that depends on the functions: they come
// first, and the Configuration once they run, as package/README.md says.
func (p *Plane) Return(ctx context.Context, scope, version string) error {
	manifest, err := p.manifest(scope, version)
	if err != nil {
		return err
	}
	if err := p.shell(ctx, []string{"kubectl apply -f " + manifest + " -l app.kubernetes.io/component=function"}); err != nil {
		return err
	}
	if err := p.are(ctx, version, functions...); err != nil {
		return err
	}
	configuration := "crossplane-resources-" + scope
	if err := p.shell(ctx, []string{"kubectl apply -f " + manifest + " -l app.kubernetes.io/component=configuration"}); err != nil {
		return err
	}
	return p.are(ctx, version, configuration)
}

// manifest writes what installs the packages of a version, and returns where it is.
func (p *Plane) manifest(scope, version string) (string, error) {
	dir := filepath.Join(p.dir, "install-"+version)
	err := run(p.o.Root, nil, "go", "run", "./hack/install", "--version="+version, "--out="+dir)
	return filepath.Join(dir, scope, "install.yaml"), err
}

// Doubled installs a function a second time, as Crossplane does under a Configuration that
// depends on it, and waits until the two keep packages from being healthy.
func (p *Plane) Doubled(ctx context.Context, version string) error {
	twin := object(pkgVersion, "Function", "", "victor-onl-"+functions[0], map[string]any{"spec": map[string]any{
		"package": "ghcr.io/victor-onl/" + functions[0] + ":" + version,
	}})
	if err := p.ApplyAll(ctx, twin); err != nil {
		return err
	}
	return Wait(ctx, installTimeout, "two of a function", func() error {
		all, err := p.Client.List(ctx, Kind(pkgVersion, "Function"), "", "")
		if err != nil {
			return err
		}
		for _, o := range all {
			if _, message := Condition(o, "Healthy"); strings.Contains(message, "already exists") {
				return nil
			}
		}
		return fmt.Errorf("none of %d functions says so", len(all))
	})
}

// Once says whether there is any function but those that the Compositions call, or any of
// the providers twice.
func (p *Plane) Once(ctx context.Context) error {
	for _, kind := range []string{"Function", "Provider"} {
		objects, err := p.Client.List(ctx, Kind(pkgVersion, kind), "", "")
		if err != nil {
			return err
		}
		of := map[string]string{}
		for _, o := range objects {
			image, _, err := unstructured.NestedString(o.Object, "spec", "package")
			if err != nil {
				return fmt.Errorf("cannot read %s: %w", RefOf(o), err)
			}
			repository := image[:max(0, strings.LastIndex(image, ":"))]
			if other := of[repository]; other != "" || kind == "Function" && !slices.Contains(functions, o.GetName()) {
				return fmt.Errorf("%s is of %s, and so is %q", RefOf(o), repository, other)
			}
			of[repository] = o.GetName()
		}
	}
	return nil
}

// are waits until packages are of a version.
func (p *Plane) are(ctx context.Context, version string, names ...string) error {
	for _, name := range names {
		kind := "Function"
		if !slices.Contains(functions, name) {
			kind = "Configuration"
		}
		r := Ref{GVK: Kind(pkgVersion, kind), Name: name}
		if err := Wait(ctx, installTimeout, r.String()+" "+version, func() error { return p.is(ctx, r, "ghcr.io/victor-onl/"+name+":"+version) }); err != nil {
			return err
		}
	}
	return nil
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
