package plane

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Namespace that Crossplane runs in.
const Namespace = "crossplane-system"

// Versions of Crossplane's core that can run.
const (
	V2 = "v2.4.0"
	V1 = "v1.20.0"
)

// Options of a control plane.
type Options struct {
	Root    string // the project's folder
	Version string // of Crossplane
	Cloud   string // that is installed alone, or "" for all

	// Trust is a folder of what Sigstore's libraries trust. With it Crossplane checks signatures.
	Trust string
}

func (o Options) bin(name string) string { return filepath.Join(o.Root, ".cache", "bin", name) }

// A Plane is a control plane that runs.
type Plane struct {
	Client *Client

	Etcd, API, Controllers, Crossplane, RBAC *Process

	o          Options
	dir        string
	MetricsURL string // of Crossplane

	readyURL   string
	kubeconfig string
	ca         []byte // of the API server
	registry   *httptest.Server
	mu         sync.Mutex // the runtime starts processes too
	processes  []*Process
	runtime    *packageRuntime
	cancel     context.CancelFunc
}

// Start starts a control plane. Close ends it, also after an error here.
func Start(ctx context.Context, o Options) (_ *Plane, err error) {
	root, err := filepath.Abs(o.Root)
	if err != nil {
		return nil, fmt.Errorf("cannot find the project: %w", err)
	}
	o.Root = root
	dir, err := os.MkdirTemp("", "e2e-"+o.Version+"-")
	if err != nil {
		return nil, fmt.Errorf("cannot make a folder: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	p := &Plane{o: o, dir: dir, cancel: cancel}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Close(true))
		}
	}()
	if err := os.MkdirAll(filepath.Join(dir, "log"), 0o700); err != nil {
		return nil, fmt.Errorf("cannot make a folder: %w", err)
	}
	p.serveRegistry()
	if err := p.cluster(ctx); err != nil {
		return nil, err
	}
	if err := p.crossplane(ctx); err != nil {
		return nil, err
	}
	p.runtime = newPackageRuntime(p)
	go p.runtime.run(ctx)
	return p, nil
}

// Close ends everything that was started, the latest first, and removes its files.
// After a failure the logs are kept, and it is said where.
func (p *Plane) Close(failed bool) error {
	p.cancel()
	var errs []error
	if p.runtime != nil {
		p.runtime.close()
	}
	for _, c := range slices.Backward(p.processes) {
		errs = append(errs, c.Stop())
	}
	if p.registry != nil {
		p.registry.Close()
	}
	if failed {
		kept, err := os.MkdirTemp("", "e2e-logs-")
		if err == nil {
			err = os.Rename(filepath.Join(p.dir, "log"), filepath.Join(kept, "log"))
		}
		fmt.Fprintf(os.Stderr, "the logs of the control plane are in %s\n", kept)
		errs = append(errs, err)
	}
	return errors.Join(append(errs, os.RemoveAll(p.dir))...)
}

// process starts a program and sees to it that Close ends it.
func (p *Plane) process(name, path string, env []string, args ...string) (*Process, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("%s is not built; run make e2e: %w", name, err)
	}
	c := &Process{Name: name, path: path, args: args, env: env, log: filepath.Join(p.dir, "log", name+".log")}
	p.mu.Lock()
	p.processes = append(p.processes, c)
	p.mu.Unlock()
	return c, c.start()
}

// Log returns the file that a process writes its log to.
func (p *Plane) Log(name string) string { return filepath.Join(p.dir, "log", name+".log") }

// Functions returns the running function processes by their package's name.
func (p *Plane) Functions() map[string]*Process { return p.runtime.functions() }
