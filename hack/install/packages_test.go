package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// An applied object of a manifest, in what the tests read of it.
type applied struct {
	Kind     string `json:"kind"`
	Metadata struct {
		Name                string            `json:"name"`
		Labels, Annotations map[string]string `json:",omitempty"`
	} `json:"metadata"`
	Spec struct {
		Package string `json:"package"`
	} `json:"spec"`
}

func read(t *testing.T, path string) []applied {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []applied
	for doc := range strings.SplitSeq(string(b), "\n---\n") {
		o := applied{}
		if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		out = append(out, o)
	}
	return out
}

func (a applied) wave(t *testing.T) int {
	t.Helper()
	wave, err := strconv.Atoi(a.Metadata.Annotations["argocd.argoproj.io/sync-wave"])
	if err != nil {
		t.Errorf("%s %s has no wave: %v", a.Kind, a.Metadata.Name, err)
	}
	return wave
}

// TestInstall makes the manifests of a registry and a version, and holds that each installs
// every function that its Compositions call, by that name, before the Configuration, which
// comes before everything else.
func TestInstall(t *testing.T) {
	t.Chdir(root)
	f := &flags{Version: "v9.8.7", Registry: "registry.example.org/team", Out: t.TempDir()}
	if err := f.run(); err != nil {
		t.Fatal(err)
	}
	for _, scope := range scopes {
		want := called(t, scope)
		want["crossplane-resources-"+scope] = "Configuration"
		got, last, configuration := map[string]string{}, waveFirst, 0
		for _, o := range read(t, filepath.Join(f.Out, scope, "install.yaml")) {
			wave := o.wave(t)
			switch o.Kind {
			case "Function":
				last = max(last, wave)
			case "Configuration":
				configuration = wave
			default:
				continue
			}
			got[o.Metadata.Name] = o.Kind
			if image := f.Registry + "/" + o.Metadata.Name + ":v9.8.7"; o.Spec.Package != image {
				t.Errorf("%s: %s is of %s, want %s", scope, o.Metadata.Name, o.Spec.Package, image)
			}
			if component := strings.ToLower(o.Kind); o.Metadata.Labels["app.kubernetes.io/component"] != component {
				t.Errorf("%s: %s is not found by the component %s", scope, o.Metadata.Name, component)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: packages: -called, +installed:\n%s", scope, diff)
		}
		if last >= configuration || configuration >= 0 {
			t.Errorf("%s: functions are in wave %d, the Configuration in %d, and claims in 0", scope, last, configuration)
		}
	}
	if _, err := os.Stat(filepath.Join(f.Out, "policies")); err == nil {
		t.Error("the role is of no registry, and written into another folder than the project's")
	}
}

// called are the functions that a Configuration's Compositions call, each with its kind.
func called(t *testing.T, scope string) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("apis", scope, "composition*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("apis/%s has no Compositions: %v", scope, err)
	}
	out := map[string]string{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c := struct {
			Spec struct {
				Pipeline []struct {
					FunctionRef struct {
						Name string `json:"name"`
					} `json:"functionRef"`
				} `json:"pipeline"`
			} `json:"spec"`
		}{}
		if err := yaml.Unmarshal(b, &c); err != nil {
			t.Fatal(err)
		}
		for _, step := range c.Spec.Pipeline {
			out[step.FunctionRef.Name] = "Function"
		}
	}
	return out
}

// TestProviders holds that whoever pins the providers has every one that the Configurations
// ask for, and each family once, under the name that Crossplane derives, so that it installs
// none a second time.
func TestProviders(t *testing.T) {
	got := map[string]string{}
	for _, o := range read(t, filepath.Join(root, "package", "providers.yaml")) {
		if got[o.Metadata.Name] != "" || o.Kind != "Provider" || o.wave(t) >= waveConfiguration {
			t.Errorf("%s %s is there twice, is no Provider, or not before the Configuration", o.Kind, o.Metadata.Name)
		}
		got[o.Metadata.Name] = o.Spec.Package
		if name := derived(o.Spec.Package); name != o.Metadata.Name {
			t.Errorf("%s is named %s, and Crossplane names it %s", o.Spec.Package, o.Metadata.Name, name)
		}
	}
	for _, scope := range scopes {
		want := map[string]string{}
		depends, err := packages.Of(root, scope)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range packages.All(depends) {
			want[derived(p.Image())] = p.Image()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("package/%s: run make generate: -asked for, +pinned:\n%s", scope, diff)
		}
	}
}

func TestDerived(t *testing.T) {
	cases := map[string]struct{ reason, image, want string }{
		"Service": {
			"The host is no part of the name, and a slash becomes a hyphen.",
			"xpkg.crossplane.io/crossplane-contrib/provider-gcp-sql:v3.0.0", "crossplane-contrib-provider-gcp-sql",
		},
		"Family": {
			"A family that a service depends on has a name of the same form.",
			"xpkg.crossplane.io/crossplane-contrib/provider-family-aws:v2.7.0", "crossplane-contrib-provider-family-aws",
		},
		"Deep": {
			"Each folder of a repository is in the name.",
			"registry.example.org/mirror/upbound/provider-opentofu:v1.0.0", "mirror-upbound-provider-opentofu",
		},
		"Port": {
			"The colon of a port is no tag, and goes with the host.",
			"127.0.0.1:5000/upbound/provider-opentofu:v1.0.0", "upbound-provider-opentofu",
		},
		"Dot": {
			"A dot of a repository becomes a hyphen.",
			"registry.example.org/acme.org/provider-x:v1.0.0", "acme-org-provider-x",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, derived(tc.image)); diff != "" {
				t.Errorf("\n%s\nderived(%q): -want, +got:\n%s", tc.reason, tc.image, diff)
			}
		})
	}
}
