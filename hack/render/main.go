// Package main is behind make render, make xr and make serve: it renders one
// claim and prints the result, or shows what the Crossplane CLI renders with.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

type flags struct {
	Claim    string   `help:"The claim's file."`
	CLI      string   `help:"The Crossplane CLI."`
	Core     string   `help:"Crossplane's core, which the CLI renders with."`
	Settings []string `help:"Files with EnvironmentConfigs."                               sep:"none"`
	Observed string   `help:"File or folder of observed composed resources."`
	Scope    string   `default:"claim"                                                     help:"claim or namespaced."`
	Provider string   `help:"Takes the place of the claim's provider."`
	PrintXR  bool     `help:"Print the XR that Crossplane makes of the claim, and end."`
	Serve    bool     `help:"Run the functions until Ctrl-C, and say how to reach them."`
}

func main() {
	f := &flags{}
	kong.Parse(f, kong.Name("render"))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
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
		return xr(f)
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
	if f.Serve {
		fmt.Fprintf(os.Stderr, "The functions are running. The Crossplane CLI finds them by %s until Ctrl-C.\n", r.FunctionsFile())
		<-ctx.Done()
		return nil, nil
	}
	return r.Render(ctx, render.Request{Claim: f.Claim, Settings: f.Settings, Observed: f.Observed, Scope: f.Scope, Provider: f.Provider})
}

// xr is for those who render by a Crossplane CLI of their own.
func xr(f *flags) ([]byte, error) {
	manifest, err := os.ReadFile(f.Claim)
	if err != nil {
		return nil, fmt.Errorf("cannot read the claim, so give a file by CLAIM=: %w", err)
	}
	out, err := render.XR(manifest, f.Scope, f.Provider)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Claim, err)
	}
	return out, nil
}
