package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// lines is a lock of the claims' Configuration for Google Cloud, each with a digest of its own.
func lines(t *testing.T) []string {
	t.Helper()
	depends, err := packages.Of(".", "claims")
	if err != nil {
		t.Fatal(err)
	}
	images := []string{"registry.example.org/team/" + of("crossplane-resources-claims", "gcp") + ":v9.8.7"}
	for _, name := range functions {
		images = append(images, "registry.example.org/team/"+name+":v9.8.7")
	}
	for _, p := range packages.OfCloud(depends, "gcp") {
		images = append(images, p.Image())
	}
	for i, image := range images {
		images[i] = fmt.Sprintf("%s sha256:%064x", image, i)
	}
	return images
}

// run writes the manifests with a lock, and returns where they are.
func runLocked(t *testing.T, lock string) (out string, err error) {
	t.Helper()
	f := &flags{Version: "v9.8.7", Registry: "registry.example.org/team", Out: t.TempDir(), Lock: filepath.Join(t.TempDir(), "versions.lock")}
	if err := os.WriteFile(f.Lock, []byte(lock), 0o600); err != nil {
		t.Fatal(err)
	}
	return f.Out, f.run()
}

// TestLock holds that every package of a manifest is pulled by the digest of its line, from
// another repository where the line has one, and that the providers have the lock's versions.
func TestLock(t *testing.T) {
	t.Chdir(root)
	all := lines(t)
	newer := strings.ReplaceAll(strings.Join(all, "\n"), ":v3.0.0 sha256:", ":v3.2.1 mirror.example.org/x@sha256:")
	out, err := runLocked(t, "# made on Friday\n\n"+newer+"\n")
	if err != nil {
		t.Fatal(err)
	}
	want, got := map[string]string{}, map[string]string{}
	for i, line := range all {
		image, digest, _ := strings.Cut(line, " ")
		repository := image[:strings.LastIndex(image, ":")]
		if strings.Contains(image, "provider-") {
			image, repository = repository+":v3.2.1", "mirror.example.org/x"
		}
		if want[image] = repository + "@" + digest; i > len(functions) {
			want["pinned "+image] = derived(image)
		}
	}
	for _, o := range docs(t, filepath.Join(out, "claims", "lock-gcp.yaml")) {
		for _, m := range o.Spec.MatchImages {
			got[m.Prefix] = o.Spec.RewriteImage.Prefix
		}
	}
	for _, o := range read(t, filepath.Join(out, "providers-gcp.yaml")) {
		got["pinned "+o.Spec.Package] = o.Metadata.Name
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-lines, +what is pulled and pinned:\n%s", diff)
	}
	// Nobody has a digest of the other clouds' packages.
	for _, other := range []string{"claims/lock.yaml", "claims/lock-aws.yaml", "namespaced/lock-gcp.yaml"} {
		if _, err := os.Stat(filepath.Join(out, other)); err == nil {
			t.Errorf("%s is a lock of packages without a line", other)
		}
	}
}

type imageConfig struct {
	Spec struct {
		MatchImages []struct {
			Prefix string `json:"prefix"`
		} `json:"matchImages"`
		RewriteImage struct {
			Prefix string `json:"prefix"`
		} `json:"rewriteImage"`
	} `json:"spec"`
}

func docs(t *testing.T, path string) []imageConfig {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []imageConfig
	for doc := range strings.SplitSeq(string(b), "\n---\n") {
		o := imageConfig{}
		if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
			t.Fatal(err)
		}
		out = append(out, o)
	}
	return out
}

// TestLockMistakes holds what is no lock, each by a sentence.
func TestLockMistakes(t *testing.T) {
	t.Chdir(root)
	whole := strings.Join(lines(t), "\n")
	cases := map[string]struct{ reason, lock, says string }{
		"Empty": {"A file without a line locks nothing.", "", "no manifest has all its packages there; what is nearest lacks "},
		"Half": {
			"A lock of some packages is a trap: the others change by themselves.",
			strings.Join(lines(t)[1:], "\n"), "lacks registry.example.org/team/crossplane-resources-claims-gcp:v9.8.7",
		},
		"Version": {
			"A lock of another version of ours locks nothing of this one.",
			strings.Replace(whole, "claims-gcp:v9.8.7", "claims-gcp:v9.8.6", 1), "lacks registry.example.org/team/crossplane-resources-claims-gcp:v9.8.7",
		},
		"Digest": {
			"A tag in place of a digest is what the lock is there against.",
			"example.org/a/b:v1.0.0 v1.0.0", `versions.lock:1: "example.org/a/b:v1.0.0 v1.0.0" is not allowed; allowed is an image with its tag and its digest`,
		},
		"Short": {
			"A digest that was cut off is none.",
			"example.org/a/b:v1.0.0 sha256:abc", `versions.lock:1: "example.org/a/b:v1.0.0 sha256:abc" is not allowed`,
		},
		"Twice": {
			"Of two lines for a package nobody knows which one holds.",
			whole + "\n" + lines(t)[0], "registry.example.org/team/crossplane-resources-claims-gcp is there a second time",
		},
		"Beyond": {
			"A version that the Configuration does not take would leave it unhealthy.",
			strings.ReplaceAll(whole, ":v3.0.0 ", ":v4.0.0 "), "provider-family-gcp:v4.0.0 is not in the range that the Configurations ask for, >=v3.0.0, <v4.0.0",
		},
		"Mixed": {
			"A cloud's packages are released, and tested, together.",
			strings.Replace(whole, "gcp-sql:v3.0.0 ", "gcp-sql:v3.1.0 ", 1),
			"provider-gcp-sql:v3.1.0 is beside packages of gcp in v3.0.0; those of one cloud have one version",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if _, err := runLocked(t, tc.lock); err == nil || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%s\ngot  %v\nwant %s", tc.reason, err, tc.says)
			}
		})
	}
}
