package main

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/providers"
)

// What the tests build: nothing that the manifests in the project name.
const (
	version = "v9.8.7"
	commit  = "0123456789abcdef0123456789abcdef01234567"
)

// built packages of this machine's architecture, in a folder of their own.
func built(t *testing.T) string {
	t.Helper()
	b := &build{
		Version: version, Commit: commit, Date: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		CLI: ".cache/bin/crossplane-cli-v2.5.0", Out: t.TempDir(), Arch: []string{runtime.GOARCH},
	}
	if err := b.Run(); err != nil {
		t.Fatal(err)
	}
	return b.Out
}

// TestPackages builds all packages twice, and looks into them.
func TestPackages(t *testing.T) {
	t.Chdir("../..")
	dir := built(t)
	packages := map[string]v1.Image{}
	for _, name := range functions {
		packages["function-"+name] = load(t, filepath.Join(dir, "function-"+name+"-"+runtime.GOARCH+".xpkg"))
	}
	for _, name := range configurations {
		packages["crossplane-resources-"+name] = load(t, filepath.Join(dir, "crossplane-resources-"+name+".xpkg"))
	}

	t.Run("Reproducible", func(t *testing.T) {
		again := built(t)
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if want := 2 * len(packages); len(files) != want { // each with its bill
			t.Errorf("%d files were built, want %d", len(files), want)
		}
		for _, f := range files {
			if !bytes.Equal(read(t, filepath.Join(dir, f.Name())), read(t, filepath.Join(again, f.Name()))) {
				t.Errorf("%s differs between two builds", f.Name())
			}
		}
	})
	for name, img := range packages {
		t.Run(name, func(t *testing.T) {
			bill(t, read(t, filepath.Join(dir, name+".spdx.json")), name)
			manifest(t, img, name)
			if strings.HasPrefix(name, "function-") {
				program(t, img, name, read(t, filepath.Join(dir, name+".spdx.json")))
			}
		})
	}
}

// bill is one of SPDX: every part has a version and a package URL, and is related to
// the package.
func bill(t *testing.T, raw []byte, name string) {
	t.Helper()
	doc := spdx{}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Version != "SPDX-2.3" || doc.Namespace == "" || doc.Packages[0].Name != name || doc.Packages[0].Version != version {
		t.Errorf("no bill of %s %s: %s %q %+v", name, version, doc.Version, doc.Namespace, doc.Packages[0])
	}
	related := map[string]int{}
	for _, r := range doc.Relationships {
		related[r.To]++
	}
	var names []string
	for _, p := range doc.Packages {
		names = append(names, p.Name)
		if p.Version == "" || related[p.ID] != 1 {
			t.Errorf("%s: version %q, %d relationships", p.Name, p.Version, related[p.ID])
		}
	}
	want := []string{"stdlib", "github.com/crossplane/function-sdk-go", "google.golang.org/grpc"}
	if strings.HasPrefix(name, "crossplane-resources-") {
		want = []string{"xpkg.crossplane.io/crossplane-contrib/provider-gcp-sql", "xpkg.upbound.io/upbound/provider-opentofu"}
	}
	for _, w := range want {
		if !slices.Contains(names, w) {
			t.Errorf("the bill lacks %s", w)
		}
	}
}

// manifest says version, commit and source, and depends on providers alone.
func manifest(t *testing.T, img v1.Image, name string) {
	t.Helper()
	raw := find(t, img, "package.yaml")
	head, _, _ := bytes.Cut(bytes.TrimPrefix(raw, []byte("---\n")), []byte("\n---\n"))
	meta := struct {
		Metadata struct {
			Name        string            `json:"name"`
			Annotations map[string]string `json:"annotations"`
		} `json:"metadata"`
		Spec struct {
			DependsOn []struct{ Kind, Package, Version string } `json:"dependsOn"`
		} `json:"spec"`
	}{}
	if err := yaml.Unmarshal(head, &meta); err != nil {
		t.Fatal(err)
	}
	if meta.Metadata.Name != name {
		t.Errorf("the manifest is of %q", meta.Metadata.Name)
	}
	for k, want := range labels() {
		if got := meta.Metadata.Annotations[k]; got != want {
			t.Errorf("annotation %s: want %q, got %q", k, want, got)
		}
	}
	seen := map[string]bool{}
	for _, d := range meta.Spec.DependsOn {
		if seen[d.Package] || !strings.HasPrefix(d.Version, ">=v") {
			t.Errorf("%s: declared before: %t, version %q is no floor", d.Package, seen[d.Package], d.Version)
		}
		seen[d.Package] = true
		if d.Kind != "Provider" {
			t.Errorf("depends on %s, a %s; it is installed a second time while it changes versions", d.Package, d.Kind)
		}
	}
}

func labels() map[string]string {
	return map[string]string{
		"org.opencontainers.image.version":  version,
		"org.opencontainers.image.revision": commit,
		"org.opencontainers.image.source":   source,
	}
}

// program of a function's image: it runs as nobody, knows its version, and has its
// bill beside it.
func program(t *testing.T, img v1.Image, name string, bill []byte) {
	t.Helper()
	c, err := img.ConfigFile()
	if err != nil {
		t.Fatal(err)
	}
	if c.Config.User != nobody || !slices.Equal(c.Config.Entrypoint, []string{"/function"}) {
		t.Errorf("runs %v as %q", c.Config.Entrypoint, c.Config.User)
	}
	for k, want := range labels() {
		if got := c.Config.Labels[k]; got != want {
			t.Errorf("label %s: want %q, got %q", k, want, got)
		}
	}
	if !bytes.Equal(find(t, img, "sbom.spdx.json"), bill) {
		t.Error("the bill in the image is not the one beside it")
	}
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, find(t, img, "function"), 0o700); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), file, "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(name+" "+version+" "+commit+" "+source+"\n"+providers.Checked()+"\n", string(out)); diff != "" {
		t.Errorf("--version: -want, +got:\n%s", diff)
	}
}

func load(t *testing.T, file string) v1.Image {
	t.Helper()
	img, err := tarball.ImageFromPath(file, nil)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// find returns a file of an image.
func find(t *testing.T, img v1.Image, name string) []byte {
	t.Helper()
	layers, err := img.Layers()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range layers {
		rc, err := l.Uncompressed()
		if err != nil {
			t.Fatal(err)
		}
		r := tar.NewReader(rc)
		for {
			h, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if h.Name != name {
				continue
			}
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
	}
	t.Fatal("the image lacks", name)
	return nil
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
