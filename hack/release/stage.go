package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"
	"github.com/google/go-containerregistry/pkg/v1/remote/transport"
)

// A staged package is what would be pushed, in a registry of this process, and where to.
type staged struct {
	name   string
	from   name.Digest
	digest v1.Hash
	to     name.Tag
}

// stage has the Crossplane CLI push all packages to a registry of this process, so that their
// digests are known before anything is pushed. It returns what ends that registry.
func (p *publish) stage(ctx context.Context) ([]*staged, func(), error) {
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	host := strings.TrimPrefix(server.URL, "http://")
	all, err := p.fill(ctx, host)
	if err != nil {
		server.Close()
		return nil, nil, err
	}
	return all, server.Close, nil
}

func (p *publish) fill(ctx context.Context, host string) ([]*staged, error) {
	if _, err := run(ctx, "go", "run", "./hack/xpkg", "push", "--version="+p.Version, "--registry="+host, "--cli="+p.CLI, "--out="+p.Out); err != nil {
		return nil, err
	}
	r, err := name.NewRegistry(host)
	if err != nil {
		return nil, fmt.Errorf("cannot stage the packages: %w", err)
	}
	names, err := remote.Catalog(ctx, r)
	if err != nil {
		return nil, fmt.Errorf("cannot stage the packages: %w", err)
	}
	var out []*staged
	for _, n := range names {
		from := r.Repo(n)
		d, err := remote.Head(from.Tag(p.Version), remote.WithContext(ctx))
		if err != nil {
			return nil, fmt.Errorf("cannot stage %s: %w", n, err)
		}
		to, err := name.NewTag(p.Registry+"/"+n+":"+p.Version, name.StrictValidation)
		if err != nil {
			return nil, fmt.Errorf("cannot name %s: %w", n, err)
		}
		out = append(out, &staged{name: n, from: from.Digest(d.Digest.String()), digest: d.Digest, to: to})
	}
	return out, nil
}

// standing is an error if a package is there already, with other content: whoever installed a
// version has to find the same bytes under it for good.
func standing(ctx context.Context, packages []*staged) error {
	var all []error
	for _, p := range packages {
		all = append(all, p.standing(ctx))
	}
	return errors.Join(all...)
}

func (s *staged) standing(ctx context.Context) error {
	d, err := remote.Head(s.to, access(ctx)...)
	if refused := (&transport.Error{}); errors.As(err, &refused) && refused.StatusCode == http.StatusNotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot ask for %s: %w", s.to, err)
	}
	if d.Digest != s.digest {
		return fmt.Errorf("%s is there with other content, %s, where this commit makes %s; a version is never written over, so take another VERSION",
			s.to, d.Digest, s.digest)
	}
	return nil
}

// push writes a package by its digest, without a tag. It returns what a tag can be given to.
func (s *staged) push(ctx context.Context) (remote.Taggable, error) {
	d, err := remote.Get(s.from, remote.WithContext(ctx))
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", s.name, err)
	}
	to := s.to.Digest(s.digest.String())
	if d.MediaType.IsIndex() {
		index, err := d.ImageIndex()
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", s.name, err)
		}
		err = remote.WriteIndex(to, index, access(ctx)...)
		return index, pushed(to, err)
	}
	image, err := d.Image()
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", s.name, err)
	}
	err = remote.Write(to, image, access(ctx)...)
	return image, pushed(to, err)
}

func pushed(to name.Reference, err error) error {
	if err != nil {
		return fmt.Errorf("cannot push %s: %w", to, err)
	}
	return nil
}

// tag has the tag be the package, unless somebody else was faster.
func (s *staged) tag(ctx context.Context, content remote.Taggable) error {
	if err := s.standing(ctx); err != nil {
		return err
	}
	return pushed(s.to, remote.Tag(s.to, content, access(ctx)...))
}
