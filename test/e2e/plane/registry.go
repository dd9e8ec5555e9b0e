package plane

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// entrypoint of a function's image.
const entrypoint = "function"

// serveRegistry serves an empty registry on the loopback.
func (p *Plane) serveRegistry() {
	p.registry = httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
}

// Registry returns the host and port of the registry.
func (p *Plane) Registry() string { return strings.TrimPrefix(p.registry.URL, "http://") }

// Push pushes package files, one for each architecture, as one tag of a repository.
func (p *Plane) Push(repository, tag string, files ...string) error {
	return run(p.dir, nil, p.o.bin("crossplane-cli-v2.5.0"), "xpkg", "push", "-f", strings.Join(files, ","), p.Registry()+"/"+repository+":"+tag)
}

// tag gives what has a tag of a repository other tags too.
func (p *Plane) tag(repository, from string, to ...string) error {
	manifests := p.registry.URL + "/v2/" + repository + "/manifests/"
	rsp, err := http.Get(manifests + from) //nolint:noctx // The registry is in this process.
	if err != nil {
		return fmt.Errorf("cannot ask the registry: %w", err)
	}
	defer rsp.Body.Close() //nolint:errcheck // Read to its end.
	content, err := io.ReadAll(rsp.Body)
	if err != nil || rsp.StatusCode != http.StatusOK {
		return fmt.Errorf("cannot tag %s:%s: %s: %w", repository, from, rsp.Status, err)
	}
	for _, t := range to {
		req, err := http.NewRequest(http.MethodPut, manifests+t, bytes.NewReader(content)) //nolint:noctx // See above.
		if err != nil {
			return fmt.Errorf("cannot tag %s: %w", repository, err)
		}
		req.Header.Set("Content-Type", rsp.Header.Get("Content-Type"))
		answer, err := http.DefaultClient.Do(req)
		if err != nil {
			return fmt.Errorf("cannot tag %s: %w", repository, err)
		}
		if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusCreated {
			return fmt.Errorf("cannot tag %s:%s: %s: %w", repository, t, answer.Status, err)
		}
	}
	return nil
}

// digest is what a tag of a repository is, by which it can be pulled for good.
func (p *Plane) digest(repository, tag string) (string, error) {
	rsp, err := http.Head(p.registry.URL + "/v2/" + repository + "/manifests/" + tag) //nolint:noctx // The registry is in this process.
	if err != nil {
		return "", fmt.Errorf("cannot ask the registry: %w", err)
	}
	digest := rsp.Header.Get("Docker-Content-Digest")
	if err := rsp.Body.Close(); err != nil || digest == "" {
		return "", fmt.Errorf("%s:%s has no digest: %s: %w", repository, tag, rsp.Status, err)
	}
	return digest, nil
}

// pull writes the function's binary of an image to a file, as a node would unpack
// the image that a package's Deployment names.
func (p *Plane) pull(image, file string) error {
	_, path, ok := strings.Cut(image, "/") // without the host, which an ImageConfig rewrites
	i := strings.Index(path, "@")
	if i < 0 {
		i = strings.LastIndex(path, ":")
	}
	if !ok || i < 0 {
		return fmt.Errorf("%q is no image", image)
	}
	repository, reference := p.registry.URL+"/v2/"+path[:i], path[i+1:]
	index := v1.IndexManifest{}
	if err := get(repository+"/manifests/"+reference, types.OCIImageIndex, &index); err != nil {
		return err
	}
	for _, d := range index.Manifests {
		if d.Platform == nil || d.Platform.Architecture != runtime.GOARCH {
			continue
		}
		m := v1.Manifest{}
		if err := get(repository+"/manifests/"+d.Digest.String(), d.MediaType, &m); err != nil {
			return err
		}
		for _, layer := range m.Layers {
			found, err := extract(repository+"/blobs/"+layer.Digest.String(), file)
			if found || err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("%s has no %s for %s", image, entrypoint, runtime.GOARCH)
}

func get(url string, accept types.MediaType, into any) error {
	req, err := http.NewRequest(http.MethodGet, url, nil) //nolint:noctx // The registry is in this process.
	if err != nil {
		return fmt.Errorf("cannot ask the registry: %w", err)
	}
	req.Header.Set("Accept", string(accept))
	rsp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("cannot ask the registry: %w", err)
	}
	defer rsp.Body.Close() //nolint:errcheck // Read to its end.
	if rsp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, rsp.Status)
	}
	if err := json.NewDecoder(rsp.Body).Decode(into); err != nil {
		return fmt.Errorf("cannot read %s: %w", url, err)
	}
	return nil
}

// extract writes the entrypoint of a layer to a file, if it is in there.
func extract(url, file string) (bool, error) {
	rsp, err := http.Get(url) //nolint:noctx // The registry is in this process.
	if err != nil {
		return false, fmt.Errorf("cannot read a layer: %w", err)
	}
	defer rsp.Body.Close() //nolint:errcheck // Read to its end.
	z, err := gzip.NewReader(rsp.Body)
	if err != nil {
		return false, fmt.Errorf("cannot read a layer: %w", err)
	}
	t := tar.NewReader(z)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, fmt.Errorf("cannot read a layer: %w", err)
		}
		if strings.TrimPrefix(filepath.Clean(h.Name), "/") != entrypoint {
			continue
		}
		f, err := os.OpenFile(file, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o700)
		if err != nil {
			return false, fmt.Errorf("cannot write a function: %w", err)
		}
		_, err = io.Copy(f, t)
		return true, errors.Join(err, f.Close())
	}
}
