package plane

import (
	"context"
	"errors"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// A packageRuntime does what Crossplane leaves to an external runtime: it runs the
// program of each active function revision out of the image that the revision
// names, and tells Crossplane where it listens. Providers have no program here:
// the stand-in is one for all of them.
type packageRuntime struct {
	p    *Plane
	done chan struct{}

	mu       sync.Mutex
	revision map[string]string   // the UID of the revision of a package that runs
	process  map[string]*Process // by package
	metrics  map[string]string   // by package
}

func newPackageRuntime(p *Plane) *packageRuntime {
	return &packageRuntime{p: p, done: make(chan struct{}), revision: map[string]string{}, process: map[string]*Process{}, metrics: map[string]string{}}
}

// run looks after the revisions until the context ends. An error is tried again,
// and said in the runtime's log.
func (r *packageRuntime) run(ctx context.Context) {
	defer close(r.done)
	f, err := os.Create(r.p.Log("runtime"))
	if err != nil {
		return
	}
	defer f.Close() //nolint:errcheck // A log.
	said := log.New(f, "", log.Ltime)
	for ; ctx.Err() == nil; pause(ctx) {
		for _, kind := range []string{"FunctionRevision", "ProviderRevision"} {
			revisions, err := r.p.Client.List(ctx, Kind("pkg.crossplane.io/v1", kind), "", "")
			for _, o := range revisions {
				err = errors.Join(err, r.serve(ctx, o))
			}
			if err != nil && ctx.Err() == nil {
				said.Print(err)
			}
		}
	}
}

// close waits for the end of run, so that nothing is started behind the back of
// who ends all processes.
func (r *packageRuntime) close() { <-r.done }

func (r *packageRuntime) serve(ctx context.Context, o *unstructured.Unstructured) error {
	if state, _, err := unstructured.NestedString(o.Object, "spec", "desiredState"); err != nil || state != "Active" {
		return err
	}
	name := o.GetLabels()["pkg.crossplane.io/package"]
	r.mu.Lock()
	runs := r.revision[o.GetKind()+name] == string(o.GetUID())
	r.mu.Unlock()
	if runs {
		return nil
	}
	secret, _, err := unstructured.NestedString(o.Object, "spec", "tlsServerSecretName")
	if err != nil || secret == "" {
		secret = name + "-tls-server"
	}
	// A package that is installed again has a revision of the same name, whose program may run.
	dir := filepath.Join(r.p.dir, "functions", o.GetName()+"-"+string(o.GetUID()))
	if err := r.p.serverCertificate(ctx, name, secret, dir); err != nil {
		return err
	}
	status := map[string]any{
		"tlsServerSecretName": secret,
		"conditions":          conditions(o, "RuntimeHealthy", "HealthyPackageRevision"),
	}
	if o.GetKind() == "FunctionRevision" {
		if status["endpoint"], err = r.start(ctx, name, o, dir); err != nil {
			return err
		}
	}
	if _, err := r.p.Client.Patch(ctx, RefOf(o), map[string]any{"status": status}, "status"); err != nil {
		return fmt.Errorf("cannot tell where %s listens: %w", name, err)
	}
	r.mu.Lock()
	r.revision[o.GetKind()+name] = string(o.GetUID())
	r.mu.Unlock()
	return nil
}

// start runs a function's revision in place of the one before, and returns its
// address.
func (r *packageRuntime) start(ctx context.Context, name string, o *unstructured.Unstructured, dir string) (string, error) {
	image, _, err := unstructured.NestedString(o.Object, "spec", "image")
	if err != nil {
		return "", fmt.Errorf("cannot read the image of %s: %w", name, err)
	}
	binary := filepath.Join(dir, entrypoint)
	if err := r.p.pull(image, binary); err != nil {
		return "", err
	}
	return r.launch(ctx, name, o.GetName(), binary, dir)
}

// launch runs a function's program in place of the one before.
func (r *packageRuntime) launch(ctx context.Context, name, revision, binary, dir string) (string, error) {
	ports, err := freePorts(2)
	if err != nil {
		return "", err
	}
	address, metrics := "127.0.0.1:"+ports[0], "127.0.0.1:"+ports[1]
	c, err := r.p.process(revision, binary, nil, "--debug", "--address", address, "--metrics-address", metrics, "--tls-certs-dir", dir)
	if err != nil {
		return "", err
	}
	if err := Wait(ctx, startTimeout, name, func() error { return dials(address) }); err != nil {
		return "", fmt.Errorf("%w: %s", err, c.said())
	}
	r.mu.Lock()
	old := r.process[name]
	r.process[name], r.metrics[name] = c, "http://"+metrics+"/metrics"
	r.mu.Unlock()
	if old != nil {
		return address, old.Stop()
	}
	return address, nil
}

func (r *packageRuntime) functions() map[string]*Process {
	r.mu.Lock()
	defer r.mu.Unlock()
	return maps.Clone(r.process)
}

// metricsURL returns where a function serves its metrics.
func (r *packageRuntime) metricsURL(name string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.metrics[name]
}

// conditions returns an object's conditions with one that is True now.
func conditions(o *unstructured.Unstructured, kind, reason string) []any {
	was, _, err := unstructured.NestedSlice(o.Object, "status", "conditions")
	if err != nil {
		was = nil
	}
	now := []any{map[string]any{"type": kind, "status": "True", "reason": reason, "lastTransitionTime": time.Now().UTC().Format(time.RFC3339)}}
	for _, c := range was {
		if m, ok := c.(map[string]any); ok && !strings.EqualFold(fmt.Sprint(m["type"]), kind) {
			now = append(now, c)
		}
	}
	return now
}
