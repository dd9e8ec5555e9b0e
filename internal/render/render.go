package render

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// A Request says what to render.
type Request struct {
	Claim    string   // file
	Settings []string // files with EnvironmentConfigs
	Observed string   // file or folder with observed composed resources
	Scope    string
	Provider string // takes the place of the claim's own
}

// Render returns what Crossplane would apply for a claim, as YAML: the XR's
// status and every composed resource. Beside an error it returns what was to be
// applied all the same, which is nothing.
func (r *Renderer) Render(ctx context.Context, q Request) ([]byte, error) {
	files, err := r.prepare(q)
	if err != nil {
		return nil, err
	}
	args := []string{
		"composition", "render", files.xr, files.composition, r.functions,
		"--crossplane-binary=" + r.core, "--xrd=" + files.definition, "--timeout=60s",
	}
	for _, s := range q.Settings {
		args = append(args, "--required-resources="+s)
	}
	if q.Observed != "" {
		args = append(args, "--observed-resources="+q.Observed)
	}
	return r.command(ctx, q, args)
}

// files that a CLI renders.
type files struct{ xr, composition, definition string }

// prepare checks what the request names, and writes the claim's XR.
func (r *Renderer) prepare(q Request) (*files, error) {
	manifest, err := os.ReadFile(q.Claim)
	if err != nil {
		return nil, fmt.Errorf("cannot read the claim, so give a file by CLAIM=: %w", err)
	}
	xr, err := XR(manifest, q.Scope, q.Provider)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q.Claim, err)
	}
	for _, s := range q.Settings {
		if err := checkSettings(s); err != nil {
			return nil, err
		}
	}
	if q.Observed != "" {
		if err := checkObserved(q.Observed); err != nil {
			return nil, err
		}
	}
	dir, err := os.MkdirTemp(r.dir, "xr-")
	if err != nil {
		return nil, fmt.Errorf("cannot make a folder: %w", err)
	}
	file := filepath.Join(dir, "xr.yaml")
	if err := os.WriteFile(file, xr, 0o600); err != nil {
		return nil, fmt.Errorf("cannot write the XR: %w", err)
	}
	api := filepath.Join(r.root, "apis", map[string]string{ScopeClaim: "claims", ScopeNamespaced: "namespaced"}[q.Scope])
	return &files{xr: file, composition: filepath.Join(api, "composition.yaml"), definition: filepath.Join(api, "definition.yaml")}, nil
}

// command runs the CLI. It is ended with the engine that it starts, and what they
// write beside their output goes with the renderer.
func (r *Renderer) command(ctx context.Context, q Request, args []string) ([]byte, error) {
	var out, said bytes.Buffer
	c := exec.CommandContext(ctx, r.cli, args...) //nolint:gosec // The pinned CLI.
	c.Stdout, c.Stderr = &out, &said
	c.Env = append(os.Environ(), "TMPDIR="+r.dir)
	c.SysProcAttr = detached()
	c.Cancel = func() error { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
	c.WaitDelay = stopTimeout
	err := c.Run()
	switch {
	case ctx.Err() != nil:
		return nil, errStopped
	case err != nil && said.Len() == 0:
		return nil, fmt.Errorf("%s: cannot render: %w", q.Claim, err)
	case err != nil:
		return out.Bytes(), errors.New(sentence(q, said.String()))
	}
	return out.Bytes(), nil
}

// sentence takes what a function said out of what the CLI wraps around it. What
// the CLI says itself is about the files that it reads, whose names it gives.
func sentence(q Request, said string) string {
	const marker = "returned a fatal result: "
	said = strings.TrimSpace(said)
	if i := strings.LastIndex(said, marker); i >= 0 {
		return q.Claim + ": " + said[i+len(marker):]
	}
	return strings.TrimPrefix(said, "crossplane: error: ")
}
