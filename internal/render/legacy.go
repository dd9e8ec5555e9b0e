package render

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// RenderLegacy renders a claim by the CLI of Crossplane 1.20, which has its engine
// inside, knows no namespaced XRs, and takes one file of settings.
func (r *Renderer) RenderLegacy(ctx context.Context, q Request) ([]byte, error) {
	q.Scope = ScopeClaim
	files, err := r.prepare(q)
	if err != nil {
		return nil, err
	}
	args := []string{"render", files.xr, files.composition, r.functions, "--timeout=60s"}
	if len(q.Settings) > 0 {
		var all bytes.Buffer
		for _, s := range q.Settings {
			b, err := os.ReadFile(s) //nolint:gosec // The file that the user names.
			if err != nil {
				return nil, fmt.Errorf("cannot read the settings: %w", err)
			}
			all.WriteString("---\n")
			all.Write(b)
		}
		joined := filepath.Join(filepath.Dir(files.xr), "settings.yaml")
		if err := os.WriteFile(joined, all.Bytes(), 0o600); err != nil {
			return nil, fmt.Errorf("cannot write the settings: %w", err)
		}
		args = append(args, "--extra-resources="+joined)
	}
	if q.Observed != "" {
		args = append(args, "--observed-resources="+q.Observed)
	}
	return r.command(ctx, q, args)
}
