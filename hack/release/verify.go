package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/remote"

	"github.com/victor-onl/crossplane-resources/hack/address"
)

type verify struct {
	target

	Key   string `help:"The public key." required:""`
	quiet bool
}

// Run checks every package that the manifests install: that the key signed it, that SBOM and
// provenance are attested of that package in that version, and that the registry has the content that was signed.
func (v *verify) Run(ctx context.Context) error {
	if err := address.Both(v.Registry, v.Version); err != nil {
		return err
	}
	if _, err := os.Stat(v.Key); err != nil {
		return fmt.Errorf("KEY %q is no file; it is the public key that the packages were signed for", v.Key)
	}
	uses, err := installed(v.Manifests, v.Registry, v.Version)
	if err != nil {
		return err
	}
	var all []error
	for _, u := range uses {
		digest, err := v.verify(ctx, u)
		if err == nil && !v.quiet {
			fmt.Println(digest)
		}
		all = append(all, err)
	}
	return errors.Join(all...)
}

// verify checks one package, and returns it by its digest.
func (v *verify) verify(ctx context.Context, u use) (string, error) {
	digest, err := run(ctx, v.Signer, "verify", "--key="+v.Key, "--attested=spdxjson", "--attested=slsaprovenance1",
		"--package="+u.name(), "--release="+v.Version, u.pulled)
	if err != nil {
		return "", err
	}
	ref, err := name.NewDigest(digest)
	if err != nil {
		return "", fmt.Errorf("%s: the signer says %q, which is no digest: %w", u.pulled, digest, err)
	}
	if err := whole(ctx, ref); err != nil {
		return "", fmt.Errorf("%s does not have the content that was signed: %w", u.pulled, err)
	}
	return digest, nil
}

// whole reads all of a package, each part of which is held against the digest that the part
// above it names.
func whole(ctx context.Context, ref name.Digest) error {
	d, err := remote.Get(ref, access(ctx)...)
	if err != nil {
		return fmt.Errorf("cannot read it: %w", err)
	}
	if !d.MediaType.IsIndex() {
		image, err := d.Image()
		if err != nil {
			return fmt.Errorf("cannot read it: %w", err)
		}
		return parts(image)
	}
	index, err := d.ImageIndex()
	if err != nil {
		return fmt.Errorf("cannot read it: %w", err)
	}
	m, err := index.IndexManifest()
	if err != nil {
		return fmt.Errorf("cannot read what it has: %w", err)
	}
	for _, one := range m.Manifests {
		image, err := index.Image(one.Digest)
		if err != nil {
			return fmt.Errorf("cannot read its %s: %w", one.Digest, err)
		}
		if err := parts(image); err != nil {
			return err
		}
	}
	return nil
}

// parts reads the config and the layers of an image.
func parts(image v1.Image) error {
	if _, err := image.RawConfigFile(); err != nil {
		return fmt.Errorf("its config: %w", err)
	}
	layers, err := image.Layers()
	if err != nil {
		return fmt.Errorf("its layers: %w", err)
	}
	for _, l := range layers {
		digest, err := l.Digest()
		if err != nil {
			return fmt.Errorf("its layers: %w", err)
		}
		content, err := l.Compressed()
		if err == nil {
			_, err = io.Copy(io.Discard, content)
			err = errors.Join(err, content.Close())
		}
		if err != nil {
			return fmt.Errorf("its layer %s: %s", digest, strings.TrimSpace(err.Error()))
		}
	}
	return nil
}
