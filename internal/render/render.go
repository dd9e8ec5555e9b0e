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
	if files.settings != "" {
		args = append(args, "--required-resources="+files.settings)
	}
	if files.observed != "" {
		args = append(args, "--observed-resources="+files.observed)
	}
	return r.command(ctx, q, args)
}

// files that a CLI renders; settings and observed are "" where there are none.
type files struct{ xr, composition, definition, settings, observed string }

// prepare checks what the request names, and writes the claim's XR, and settings and
// observed resources as a CLI reads them: an object a document.
func (r *Renderer) prepare(q Request) (*files, error) {
	manifest, err := os.ReadFile(q.Claim)
	if err != nil {
		return nil, fmt.Errorf("cannot read the claim, so give a file by CLAIM=: %w", err)
	}
	xr, err := XR(manifest, q.Scope, q.Provider)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q.Claim, err)
	}
	var settings, observed []given
	for _, s := range q.Settings {
		objects, err := readSettings(s)
		if err != nil {
			return nil, fmt.Errorf("cannot read the settings, so give a file by SETTINGS=: %w", err)
		}
		settings = append(settings, objects...)
	}
	if q.Observed != "" {
		if observed, err = readObserved(q.Observed); err != nil {
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
	out := &files{xr: file, composition: filepath.Join(api, "composition.yaml"), definition: filepath.Join(api, "definition.yaml")}
	for _, given := range []struct {
		at      *string
		name    string
		objects []given
	}{{&out.settings, "settings.yaml", settings}, {&out.observed, "observed.yaml", observed}} {
		if len(given.objects) == 0 {
			continue
		}
		*given.at = filepath.Join(dir, given.name)
		if err := write(*given.at, given.objects); err != nil {
			return nil, fmt.Errorf("cannot write %s: %w", given.name, err)
		}
	}
	return out, nil
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
