// Package main is behind make render: it renders one claim and prints the result.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

type flags struct {
	Claim    string   `help:"The claim's file."                                     required:""`
	CLI      string   `help:"The Crossplane CLI."`
	Core     string   `help:"Crossplane's core, which the CLI renders with."`
	Settings []string `help:"Files with EnvironmentConfigs."                        sep:"none"`
	Observed string   `help:"File or folder of observed composed resources."`
	Scope    string   `default:"claim"                                              help:"claim or namespaced."`
	Provider string   `help:"Takes the place of the claim's provider."`
	PrintXR  bool     `help:"Print the XR that Crossplane makes of the claim, and end."`
}

func main() {
	f := &flags{}
	kong.Parse(f, kong.Name("render"))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	out, err := run(ctx, f)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "render:", err)
		os.Exit(1)
	}
	if _, err := os.Stdout.Write(out); err != nil {
		os.Exit(1)
	}
}

func run(ctx context.Context, f *flags) ([]byte, error) {
	if f.PrintXR {
		manifest, err := os.ReadFile(f.Claim)
		if err != nil {
			return nil, fmt.Errorf("cannot read the claim: %w", err)
		}
		return render.XR(manifest, f.Scope, f.Provider)
	}
	for _, p := range []*string{&f.Claim, &f.CLI, &f.Core, &f.Observed} {
		if *p == "" {
			continue
		}
		if _, err := os.Stat(*p); err != nil {
			return nil, fmt.Errorf("cannot find %s; check its path: %w", *p, err)
		}
		abs, err := filepath.Abs(*p)
		if err != nil {
			return nil, fmt.Errorf("cannot find %s: %w", *p, err)
		}
		*p = abs
	}
	for i, p := range f.Settings {
		if _, err := os.Stat(p); err != nil {
			return nil, fmt.Errorf("cannot find the settings %s; give a file by SETTINGS=: %w", p, err)
		}
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, fmt.Errorf("cannot find %s: %w", p, err)
		}
		f.Settings[i] = abs
	}
	root, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("cannot find the project: %w", err)
	}
	r, err := render.Start(ctx, root, f.CLI, f.Core)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Render(ctx, render.Request{Claim: f.Claim, Settings: f.Settings, Observed: f.Observed, Scope: f.Scope, Provider: f.Provider})
}
