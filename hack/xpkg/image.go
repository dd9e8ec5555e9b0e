package main

import (
	"archive/tar"
	"bytes"
	"debug/elf"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
)

// nobody is the user and group that a function runs as.
const nobody = "65532:65532"

// A file of an image.
type file struct {
	path    string
	mode    int64
	content []byte
}

// image makes an image from nothing: one layer with the given files, the first of
// which is run. There is no shell and no CA bundle, for a function calls nobody.
func image(arch string, created time.Time, labels map[string]string, files ...file) (v1.Image, error) {
	var layer bytes.Buffer
	w := tar.NewWriter(&layer)
	for _, f := range files {
		// The format without access times, and the epoch, so that the bytes are the same each time.
		h := &tar.Header{Typeflag: tar.TypeReg, Name: f.path, Mode: f.mode, Size: int64(len(f.content)), ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR}
		if err := w.WriteHeader(h); err != nil {
			return nil, fmt.Errorf("cannot write a layer: %w", err)
		}
		if _, err := w.Write(f.content); err != nil {
			return nil, fmt.Errorf("cannot write a layer: %w", err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("cannot write a layer: %w", err)
	}
	l, err := tarball.LayerFromOpener(func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(layer.Bytes())), nil })
	if err != nil {
		return nil, fmt.Errorf("cannot make a layer: %w", err)
	}
	img, err := mutate.AppendLayers(empty.Image, l)
	if err != nil {
		return nil, fmt.Errorf("cannot make an image: %w", err)
	}
	c, err := img.ConfigFile()
	if err != nil {
		return nil, fmt.Errorf("cannot make an image: %w", err)
	}
	c = c.DeepCopy()
	c.OS, c.Architecture, c.Created = "linux", arch, v1.Time{Time: created.UTC()}
	c.Config = v1.Config{
		User:         nobody,
		Entrypoint:   []string{"/" + files[0].path},
		ExposedPorts: map[string]struct{}{"9443/tcp": {}, "8080/tcp": {}},
		Labels:       labels,
	}
	return mutate.ConfigFile(img, c)
}

// save writes an image as the tarball that xpkg build takes as a runtime.
func save(img v1.Image, path string) error {
	tag, err := name.NewTag("function:latest", name.WeakValidation)
	if err != nil {
		return fmt.Errorf("cannot name an image: %w", err)
	}
	if err := tarball.WriteToFile(path, tag, img); err != nil {
		return fmt.Errorf("cannot write an image: %w", err)
	}
	return nil
}

// static reads a program that runs in an empty image: one that is linked
// dynamically would not find its loader there.
func static(path, arch string) ([]byte, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the program: %w", err)
	}
	defer f.Close() //nolint:errcheck // Only read.
	if f.Section(".interp") != nil {
		return nil, fmt.Errorf("%s is linked dynamically; build it with CGO_ENABLED=0", path)
	}
	if want := map[string]elf.Machine{"amd64": elf.EM_X86_64, "arm64": elf.EM_AARCH64}[arch]; f.Machine != want {
		return nil, fmt.Errorf("%s is for %s, not for %s", path, f.Machine, arch)
	}
	return os.ReadFile(path)
}
