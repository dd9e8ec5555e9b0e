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
// status and every composed resource.
func (r *Renderer) Render(ctx context.Context, q Request) ([]byte, error) {
	manifest, err := os.ReadFile(q.Claim)
	if err != nil {
		return nil, fmt.Errorf("cannot read the claim; give a file by CLAIM=: %w", err)
	}
	xr, err := XR(manifest, q.Scope, q.Provider)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", q.Claim, err)
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
	args := []string{
		"composition", "render", file, filepath.Join(api, "composition.yaml"), r.functions,
		"--crossplane-binary=" + r.core, "--xrd=" + filepath.Join(api, "definition.yaml"), "--timeout=60s",
	}
	for _, s := range q.Settings {
		args = append(args, "--required-resources="+s)
	}
	if q.Observed != "" {
		args = append(args, "--observed-resources="+q.Observed)
	}
	var out, said bytes.Buffer
	c := exec.CommandContext(ctx, r.cli, args...) //nolint:gosec // The pinned CLI.
	c.Dir, c.Stdout, c.Stderr = r.dir, &out, &said
	if err := c.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, errors.New("stopped")
		}
		return nil, fmt.Errorf("%s: %s", q.Claim, sentence(said.String(), err))
	}
	return out.Bytes(), nil
}

// sentence takes what a function said out of what the CLI wraps around it.
func sentence(said string, err error) string {
	const marker = "returned a fatal result: "
	said = strings.TrimSpace(said)
	if i := strings.LastIndex(said, marker); i >= 0 {
		return said[i+len(marker):]
	}
	if said == "" {
		return "cannot render: " + err.Error()
	}
	return said
}
