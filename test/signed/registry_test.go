//go:build signed

package signed

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// A plant is a registry on the loopback whose operator can be told to serve other bytes.
type plant struct {
	host string

	mu      sync.Mutex
	planted map[string][]byte // by the path of a blob
}

func serve(t *testing.T) *plant {
	t.Helper()
	p := &plant{planted: map[string][]byte{}}
	all := registry.New(registry.Logger(log.New(io.Discard, "", 0)))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		content, ok := p.planted[r.URL.Path]
		p.mu.Unlock()
		if ok && r.Method == http.MethodGet {
			_, _ = w.Write(content) // The test sees it missing.
			return
		}
		all.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	p.host = strings.TrimPrefix(s.URL, "http://")
	return p
}

// plant has the registry serve other bytes for a blob of a repository.
func (p *plant) plant(of name.Repository, digest v1.Hash, content []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.planted["/v2/"+of.RepositoryStr()+"/blobs/"+digest.String()] = content
}

func repository(t *testing.T, path string) name.Repository {
	t.Helper()
	r, err := name.NewRepository(path)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// digestOf a tag, or the zero one where there is none.
func digestOf(t *testing.T, ref name.Reference) v1.Hash {
	t.Helper()
	d, err := remote.Head(ref)
	if err != nil {
		t.Fatalf("%s: %v", ref, err)
	}
	return d.Digest
}

// index of a package for several architectures.
func index(t *testing.T, ref name.Reference) v1.ImageIndex {
	t.Helper()
	i, err := remote.Index(ref)
	if err != nil {
		t.Fatalf("%s: %v", ref, err)
	}
	return i
}

// beside is the tag under which cosign keeps what is signed of a digest: sig or att.
func beside(r name.Repository, digest v1.Hash, what string) name.Tag {
	return r.Tag(digest.Algorithm + "-" + digest.Hex + "." + what)
}

// clone copies a package of one repository to another, with what is signed of it.
func clone(t *testing.T, from, to name.Repository, tag string) v1.Hash {
	t.Helper()
	content := index(t, from.Tag(tag))
	digest, err := content.Digest()
	if err != nil {
		t.Fatal(err)
	}
	if err := remote.WriteIndex(to.Tag(tag), content); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"sig", "att"} {
		carry(t, beside(from, digest, what), beside(to, digest, what))
	}
	return digest
}

// carry copies an image from one tag to another.
func carry(t *testing.T, from, to name.Tag) {
	t.Helper()
	image, err := remote.Image(from)
	if err != nil {
		t.Fatalf("%s: %v", from, err)
	}
	if err := remote.Write(to, image); err != nil {
		t.Fatal(err)
	}
}

func tags(t *testing.T, r name.Repository) []string {
	t.Helper()
	all, err := remote.List(r)
	if err != nil {
		t.Fatal(err)
	}
	return all
}
