package render

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Functions of the pipeline, by the name of their package and binary.
var Functions = []string{"function-multicloud-db", "function-profile-sizer", "function-cost-tagger"} //nolint:gochecknoglobals // A closed set.

const (
	startTimeout = 10 * time.Second
	dialEvery    = 20 * time.Millisecond
)

// A Renderer holds the running functions. Close stops them.
type Renderer struct {
	root, dir, functions string
	cli, core            string
	running              []*exec.Cmd
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
		address, err := r.start(ctx, name)
		if err != nil {
			return nil, err
		}
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
`, name, address, name)
	}
	r.functions = filepath.Join(r.dir, "functions.yaml")
	if err := os.WriteFile(r.functions, []byte(manifests.String()), 0o600); err != nil {
		return nil, fmt.Errorf("cannot write the functions' addresses: %w", err)
	}
	return r, nil
}

// Close stops what Start started.
func (r *Renderer) Close() {
	for _, c := range r.running {
		_ = c.Process.Signal(syscall.SIGTERM) //nolint:errcheck // It may have ended by itself.
	}
	for _, c := range r.running {
		_ = c.Wait() //nolint:errcheck // How it ended does not matter any more.
	}
	if r.dir != "" {
		_ = os.RemoveAll(r.dir) //nolint:errcheck // A temporary folder.
	}
}

func (r *Renderer) start(ctx context.Context, name string) (string, error) {
	lis, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("cannot find a free port: %w", err)
	}
	address := lis.Addr().String()
	if err := lis.Close(); err != nil {
		return "", fmt.Errorf("cannot free a port: %w", err)
	}
	// Not tied to the context, which ends at Ctrl-C: Close ends it, in order.
	c := exec.Command(filepath.Join(r.root, "bin", name), "--insecure", "--address", address, "--metrics-address", "") //nolint:gosec,noctx // Our own binary.
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}                                                                // Ctrl-C reaches us alone
	log, err := os.Create(filepath.Join(r.dir, name+".log"))                                                           //nolint:gosec // A folder of ours.
	if err != nil {
		return "", fmt.Errorf("cannot write a log: %w", err)
	}
	defer log.Close() //nolint:errcheck // The process has its own handle.
	c.Stderr = log
	if err := c.Start(); err != nil {
		return "", fmt.Errorf("cannot start bin/%s, so run make build: %w", name, err)
	}
	r.running = append(r.running, c)
	for deadline := time.Now().Add(startTimeout); time.Now().Before(deadline); time.Sleep(dialEvery) {
		if ctx.Err() != nil {
			return "", errors.New("stopped")
		}
		conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", address)
		if err == nil {
			return address, conn.Close()
		}
	}
	said, _ := os.ReadFile(log.Name()) //nolint:errcheck // Only to say more.
	return "", fmt.Errorf("%s does not serve on %s: %s", name, address, said)
}
