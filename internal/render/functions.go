package render

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Functions of the pipeline, by the name of their package and binary.
var Functions = []string{"function-multicloud-db", "function-profile-sizer", "function-cost-tagger"}

// errStopped is what is said of work that a Ctrl-C ended.
var errStopped = errors.New("stopped")

// A Renderer holds the running functions. Close stops them.
type Renderer struct {
	root, dir, functions string
	cli, core            string
	running              []*process // in the pipeline's order
}

// Start starts the functions built into bin, on free ports of the loopback. Root
// is the project's own folder.
func Start(ctx context.Context, root, cli, core string) (_ *Renderer, err error) {
	r := &Renderer{root: root, cli: cli, core: core}
	defer func() {
		if err != nil {
			r.Close()
		}
	}()
	if r.dir, err = os.MkdirTemp("", "render-"); err != nil {
		return nil, fmt.Errorf("cannot make a folder: %w", err)
	}
	var manifests strings.Builder
	for _, name := range Functions {
		p, err := start(ctx, filepath.Join(root, "bin", name))
		if err != nil {
			return nil, err
		}
		r.running = append(r.running, p)
		fmt.Fprintf(&manifests, `---
apiVersion: pkg.crossplane.io/v1
kind: Function
metadata:
  name: %s
  annotations:
    render.crossplane.io/runtime: Development
    render.crossplane.io/runtime-development-target: %s
spec:
  package: local.invalid/%s
`, name, p.address, name)
	}
	r.functions = filepath.Join(r.dir, "functions.yaml")
	if err := os.WriteFile(r.functions, []byte(manifests.String()), 0o600); err != nil {
		return nil, fmt.Errorf("cannot write the functions' addresses: %w", err)
	}
	return r, nil
}

// FunctionsFile is where the running functions stand as Function objects, for a
// CLI to render with.
func (r *Renderer) FunctionsFile() string { return r.functions }

// Close stops what Start started.
func (r *Renderer) Close() {
	for _, p := range r.running {
		p.stop()
	}
	for _, p := range r.running {
		p.wait()
	}
	if r.dir != "" {
		_ = os.RemoveAll(r.dir) //nolint:errcheck // A temporary folder.
	}
}
