package main

import (
	"path/filepath"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/hack/crds"
	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// functions are the project's, in the order in which they change versions: the last one
// marks what the others obey, so that they know what it marks.
var functions = []string{"function-profile-sizer", "function-cost-tagger", "function-multicloud-db"}

// Waves of ArgoCD's sync. Claims are in the wave that everything else is in, 0.
const (
	waveFirst         = -3 // providers, what of them is activated, and functions but the last
	waveLastFunction  = -2
	waveConfiguration = -1
)

// What the parts of the manifests are for.
const (
	byName = `#
# The functions, under the names that the Compositions call. No package depends on them.
`
	configured = `# The XRD and the Compositions. It depends on providers, which Crossplane installs unless
# providers.yaml has.
`
	// Crossplane activates every kind of every provider unless its chart is told not to.
	activation = `# Only the kinds that the Compositions emit: the chart's provider.defaultActivations
# must be empty, since the default policy activates every kind of every provider.
`
	// Seen: "node … already exists" on every package of the cluster.
	pinned = `#
# For whoever pins the providers' versions, as in a GitOps repository; without it Crossplane
# installs the newest ones. Each has the name that Crossplane itself gives: one of another
# name is installed a second time while it changes versions, and then no package of the
# cluster is healthy. Change the versions in your copy, all of one cloud together.
`
)

// install writes what installs one of the Configurations, with the functions.
func (f *flags) install(scope string) error {
	name := "crossplane-resources-" + scope
	var all []object
	for _, function := range functions {
		wave := waveFirst
		if function == functions[len(functions)-1] {
			wave = waveLastFunction
		}
		all = append(all, f.own("Function", function, wave))
	}
	kinds, err := crds.Emitted(".", scope == "namespaced")
	if err != nil {
		return err
	}
	var names []string
	for _, k := range kinds {
		names = append(names, k.CRD())
	}
	return f.write(
		filepath.Join(scope, "install.yaml"),
		part{byName, all},
		part{configured, []object{f.own("Configuration", name, waveConfiguration)}},
		part{activation, []object{{
			"apiVersion": "apiextensions.crossplane.io/v1alpha1",
			"kind":       "ManagedResourceActivationPolicy",
			"metadata":   meta(name, "configuration", waveFirst),
			"spec":       object{"activate": names},
		}}},
	)
}

// own is one of the project's packages.
func (f *flags) own(kind, name string, wave int) object {
	return pkg(kind, name, f.Registry+"/"+name+":"+f.Version, wave)
}

func pkg(kind, name, image string, wave int) object {
	return object{
		"apiVersion": "pkg.crossplane.io/v1", "kind": kind, "metadata": meta(name, strings.ToLower(kind), wave), "spec": object{"package": image},
	}
}

// meta has the label by which kubectl applies a part of a manifest, and the wave in which
// ArgoCD does.
func meta(name, component string, wave int) object {
	return object{
		"name":        name,
		"labels":      object{"app.kubernetes.io/component": component},
		"annotations": object{"argocd.argoproj.io/sync-wave": strconv.Itoa(wave)},
	}
}

// providers writes the providers that a Configuration depends on, in the least versions,
// each cloud's family before its services.
func (f *flags) providers(scope string) error {
	depends, err := packages.Of(".", scope)
	if err != nil {
		return err
	}
	var all []object
	for _, p := range packages.All(depends) {
		all = append(all, pkg("Provider", derived(p.Image()), p.Image(), waveFirst))
	}
	return f.write("providers.yaml", part{pinned, all})
}

// derived is the name that Crossplane gives to a package that it installs itself, which is
// of the repository without its host (NewPackage of internal/controller/pkg/resolver, and
// ToDNSLabel of crossplane-runtime's pkg/xpkg, 1.20 and 2.4).
func derived(image string) string {
	_, repository, _ := strings.Cut(image[:strings.LastIndex(image, ":")], "/")
	return strings.NewReplacer("/", "-", ".", "-").Replace(repository)
}
