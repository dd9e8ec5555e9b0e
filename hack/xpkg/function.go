package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// versionVariable is what the functions' --version prints.
const versionVariable = "github.com/victor-onl/crossplane-resources/internal/runner.version"

// function builds a function's package for every architecture.
func (b *build) function(work, name string) error {
	root := filepath.Join(work, name)
	if err := os.CopyFS(root, os.DirFS(filepath.Join("functions", name, "package"))); err != nil {
		return fmt.Errorf("cannot copy the package's manifests: %w", err)
	}
	if _, err := b.describe(filepath.Join(root, "crossplane.yaml")); err != nil {
		return err
	}
	for _, arch := range b.Arch {
		if err := b.functionFor(work, root, name, arch); err != nil {
			return err
		}
	}
	return nil
}

func (b *build) functionFor(work, root, name, arch string) error {
	pkg := "function-" + name
	program := filepath.Join(work, pkg+"-"+arch)
	stamp := fmt.Sprintf("-X '%s=%s %s %s'", versionVariable, b.Version, b.Commit, source)
	if err := commandEnv([]string{"CGO_ENABLED=0", "GOOS=linux", "GOARCH=" + arch}, "go", "build", "-trimpath", "-buildvcs=false",
		"-tags", "grpcnotrace", "-ldflags", "-s -w -buildid= "+stamp, "-o", program, "./cmd/function-"+name); err != nil {
		return err
	}
	content, err := static(program, arch)
	if err != nil {
		return err
	}
	parts, err := modulesOf(program)
	if err != nil {
		return err
	}
	materials, err := b.bill(pkg, parts)
	if err != nil {
		return err
	}
	if err := b.same(pkg+".spdx.json", materials); err != nil {
		return err
	}
	img, err := image(arch, b.Date, b.labels(pkg),
		file{path: "function", mode: 0o555, content: content},
		file{path: "sbom.spdx.json", mode: 0o444, content: materials})
	if err != nil {
		return err
	}
	runtime := program + ".tar"
	if err := save(img, runtime); err != nil {
		return err
	}
	return b.xpkg(root, pkg+"-"+arch, "--embed-runtime-image-tarball="+runtime)
}

// xpkg has the Crossplane CLI make a package of a folder.
func (b *build) xpkg(root, name string, args ...string) error {
	out := filepath.Join(b.Out, name+".xpkg")
	args = append([]string{"xpkg", "build", "--package-root=" + root, "--examples-root=" + filepath.Join(root, "examples"), "--package-file=" + out}, args...)
	if err := command(b.CLI, args...); err != nil {
		return err
	}
	return report(out)
}

// same writes a bill that is of every architecture, since it is attested of all of them at once.
func (b *build) same(name string, materials []byte) error {
	other, err := os.ReadFile(filepath.Join(b.Out, name))
	if err == nil && !bytes.Equal(other, materials) {
		return fmt.Errorf("%s is not the same for %v, and one is attested of all of them", name, b.Arch)
	}
	return b.write(name, materials)
}

func (b *build) write(name string, content []byte) error {
	if err := os.WriteFile(filepath.Join(b.Out, name), content, 0o600); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return nil
}
