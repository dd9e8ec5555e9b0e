package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/victor-onl/crossplane-resources/hack/address"
)

type publish struct {
	target

	Commit string `help:"The commit that is built."  required:""`
	Date   string `help:"When it was committed."     required:""`
	CLI    string `help:"The Crossplane CLI."        required:"" type:"existingfile"`
	Out    string `default:"bin/xpkg"                help:"Folder for the packages."`

	Key    string `help:"The private key, as cosign writes it. Its password is in COSIGN_PASSWORD."`
	Log    string `help:"A transparency log for what the key signs."                                placeholder:"URL"`
	Cosign string `help:"A cosign that signs without a key, in a workflow that has an identity."`

	Builder    string `default:"https://github.com/victor-onl/crossplane-resources/hack/release" help:"Who builds, as a URI."`
	Invocation string `help:"The run that builds, as a URI."`
}

// Run releases all packages. Nothing is pushed before all of them may be, and none has its tag
// before it is signed.
func (p *publish) Run(ctx context.Context) error {
	by, err := p.check()
	if err != nil {
		return err
	}
	if _, err := run(ctx, "go", "run", "./hack/xpkg", "build", "--version="+p.Version, "--cli="+p.CLI, "--out="+p.Out,
		"--commit="+p.Commit, "--date="+p.Date); err != nil {
		return err
	}
	packages, unstage, err := p.stage(ctx)
	if err != nil {
		return err
	}
	defer unstage()
	if err := standing(ctx, packages); err != nil {
		return err
	}
	provenance, err := p.provenance(ctx)
	if err != nil {
		return err
	}
	for _, pkg := range packages {
		if err := p.release(ctx, pkg, by, provenance); err != nil {
			return err
		}
		fmt.Println(pkg.to.String() + "@" + pkg.digest.String())
	}
	return p.write(ctx)
}

// check is an error unless a release may be. It returns who signs it.
func (p *publish) check() (tool, error) {
	err := address.Both(p.Registry, p.Version)
	if strings.HasSuffix(p.Commit, "-dirty") {
		err = errors.Join(err, errors.New("COMMIT "+p.Commit+" has changes or files that are not committed; a release is of a commit"))
	}
	if (p.Key == "") == (p.Cosign == "") {
		err = errors.Join(err, fmt.Errorf("KEY %q and COSIGN %q; one of them is to be set: the file of a private key, or a cosign that signs without",
			p.Key, p.Cosign))
	}
	if p.Key == "" {
		return keyless(p.Cosign), err
	}
	if _, missing := os.Stat(p.Key); missing != nil {
		err = errors.Join(err, fmt.Errorf("KEY %q is no file; make keys makes a pair of keys", p.Key))
	}
	if _, set := os.LookupEnv("COSIGN_PASSWORD"); !set {
		err = errors.Join(err, errors.New("COSIGN_PASSWORD is not set; it is the password of KEY, and may be empty"))
	}
	return keyed(p.Signer, p.Key, p.Log), err
}

// release pushes a package by its digest, signs and attests it, and has its tag be it.
func (p *publish) release(ctx context.Context, pkg *staged, by tool, provenance string) error {
	content, err := pkg.push(ctx)
	if err != nil {
		return err
	}
	image := pkg.to.Digest(pkg.digest.String()).String()
	if err := by.sign(ctx, image); err != nil {
		return err
	}
	for _, a := range []struct{ what, file string }{
		{"spdxjson", filepath.Join(p.Out, pkg.name+".spdx.json")},
		{"slsaprovenance1", provenance},
	} {
		if err := by.attest(ctx, image, a.what, a.file); err != nil {
			return err
		}
	}
	return pkg.tag(ctx, content)
}

// write writes what installs the packages, and the key that they are checked by, and checks
// them by it.
func (p *publish) write(ctx context.Context) error {
	if err := os.RemoveAll(p.Manifests); err != nil {
		return fmt.Errorf("cannot empty %s: %w", p.Manifests, err)
	}
	if _, err := run(ctx, "go", "run", "./hack/install", "--version="+p.Version, "--registry="+p.Registry, "--out="+p.Manifests); err != nil {
		return err
	}
	if p.Key == "" {
		return nil
	}
	public, err := run(ctx, p.Signer, "public", "--key="+p.Key)
	if err != nil {
		return err
	}
	path := filepath.Join(p.Manifests, "cosign.pub")
	if err := os.WriteFile(path, []byte(public+"\n"), 0o600); err != nil {
		return fmt.Errorf("cannot write the public key: %w", err)
	}
	v := verify{target: p.target, Key: path, quiet: true}
	return v.Run(ctx)
}
