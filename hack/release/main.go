// Package main releases the project's packages: builds them, pushes, signs and attests them,
// and writes what installs them. make verify checks what a registry has, by the same program.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/google/go-containerregistry/pkg/authn"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// source of everything that is released.
const source = "https://github.com/victor-onl/crossplane-resources"

type flags struct {
	Publish publish `cmd:"" help:"Build all packages, push and sign them, and write what installs them."`
	Verify  verify  `cmd:"" help:"Check the packages that manifests install."`
}

// target is which packages are meant.
type target struct {
	Version   string `help:"The packages' version."                                      required:""`
	Registry  string `help:"Where the packages are."                                     required:""`
	Manifests string `default:"bin/install"                                              help:"Folder of the manifests that install them."`
	Signer    string `help:"The program that signs and checks, of hack/tools/crossplane." required:"" type:"existingfile"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	f := &flags{}
	c := kong.Parse(f, kong.Name("release"), kong.Description("Releases the project's packages."), kong.BindTo(ctx, (*context.Context)(nil)))
	err := c.Run()
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// run runs a program, and returns what it prints. If it fails, the error is what it says.
func run(ctx context.Context, name string, args ...string) (string, error) {
	var said strings.Builder
	c := exec.CommandContext(ctx, name, args...)
	c.Stderr = &said
	out, err := c.Output()
	if why := strings.TrimSpace(said.String()); err != nil && why != "" {
		return "", errors.New(why)
	}
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", filepath.Base(name), args[0], err)
	}
	return strings.TrimSpace(string(out)), nil
}

// access is how a registry is reached: as docker login left it.
func access(ctx context.Context) []remote.Option {
	return []remote.Option{remote.WithContext(ctx), remote.WithAuthFromKeychain(authn.DefaultKeychain)}
}
