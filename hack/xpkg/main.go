// Package main builds the project's Crossplane packages without Docker: the three
// functions for two architectures each, and the two Configurations, each with a
// bill of materials. The same commit and version give the same bytes.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/alecthomas/kong"
)

// source of everything that is built.
const source = "https://github.com/victor-onl/crossplane-resources"

type flags struct {
	Build build `cmd:"" help:"Build all packages into a folder."`
	Push  push  `cmd:"" help:"Push all packages of a folder to a registry."`
}

type build struct {
	Version string    `default:"v0.1.0"                help:"The packages' version."`
	Commit  string    `help:"The commit that is built." required:""`
	Date    time.Time `help:"When it was committed."    required:""`
	CLI     string    `help:"The Crossplane CLI."       required:""`
	Out     string    `default:"bin/xpkg"              help:"Folder for the packages."`

	Arch []string `default:"amd64,arm64" enum:"amd64,arm64" help:"Architectures of the functions."`
}

type push struct {
	Version  string `default:"v0.1.0"             help:"The packages' version."`
	Registry string `default:"ghcr.io/victor-onl" help:"Where to push the packages to."`
	CLI      string `help:"The Crossplane CLI."    required:""`
	Out      string `default:"bin/xpkg"           help:"Folder with the packages."`
}

var (
	functions      = []string{"multicloud-db", "profile-sizer", "cost-tagger"}
	configurations = []string{"claims", "namespaced"}
	architectures  = []string{"amd64", "arm64"}
)

func main() {
	f := &flags{}
	c := kong.Parse(f, kong.Name("xpkg"), kong.Description("Builds and pushes the project's Crossplane packages."))
	if err := c.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "xpkg:", err)
		os.Exit(1)
	}
}

// Run builds all packages.
func (b *build) Run() error {
	if !strings.HasPrefix(b.Version, "v") {
		return fmt.Errorf("cannot build version %q; it begins with v, such as v0.1.0", b.Version)
	}
	if err := os.RemoveAll(b.Out); err != nil {
		return fmt.Errorf("cannot empty %s: %w", b.Out, err)
	}
	work := filepath.Join(b.Out, "build")
	if err := os.MkdirAll(work, 0o750); err != nil {
		return fmt.Errorf("cannot make %s: %w", work, err)
	}
	for _, name := range functions {
		if err := b.function(work, name); err != nil {
			return fmt.Errorf("function-%s: %w", name, err)
		}
	}
	for _, name := range configurations {
		if err := b.configuration(work, name); err != nil {
			return fmt.Errorf("configuration %s: %w", name, err)
		}
	}
	return os.RemoveAll(work)
}

// Run pushes all packages; those of several architectures as one index.
func (p *push) Run() error {
	files, err := filepath.Glob(filepath.Join(p.Out, "*.xpkg"))
	if err != nil || len(files) == 0 {
		return errors.Join(fmt.Errorf("no packages in %s; run make xpkg", p.Out), err)
	}
	packages := map[string][]string{}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".xpkg")
		for _, arch := range architectures {
			name = strings.TrimSuffix(name, "-"+arch)
		}
		packages[name] = append(packages[name], f)
	}
	for name, files := range packages {
		reference := p.Registry + "/" + name + ":" + p.Version
		if err := command(p.CLI, "xpkg", "push", "-f", strings.Join(files, ","), reference); err != nil {
			return err
		}
		fmt.Println(reference)
	}
	return nil
}

// command runs a program, and shows what it says only when it fails.
func command(name string, args ...string) error {
	return commandEnv(nil, name, args...)
}

func commandEnv(env []string, name string, args ...string) error {
	c := exec.Command(name, args...) //nolint:noctx // Ends with its terminal.
	c.Env = append(os.Environ(), env...)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(name), err, out)
	}
	return nil
}
