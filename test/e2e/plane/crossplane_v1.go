package plane

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// initializeV1 runs the core init of Crossplane 1.x, which takes its CRDs from the
// folder /crds only: it gets a root folder of its own.
func (p *Plane) initializeV1(ctx context.Context, core, account string, env, args []string) error {
	root := filepath.Join(p.dir, "init")
	if err := os.MkdirAll(filepath.Join(root, "tmp"), 0o700); err != nil {
		return fmt.Errorf("cannot make a folder: %w", err)
	}
	crds := filepath.Join(p.o.Root, ".cache", "crds", "crossplane-"+p.o.Version)
	if err := os.CopyFS(filepath.Join(root, "crds"), os.DirFS(crds)); err != nil {
		return fmt.Errorf("cannot copy Crossplane's CRDs: %w", err)
	}
	for name, from := range map[string]string{"crossplane": core, "kubeconfig": account} {
		b, err := os.ReadFile(from)
		if err != nil {
			return fmt.Errorf("cannot read %s: %w", name, err)
		}
		if err := os.WriteFile(filepath.Join(root, name), b, 0o700); err != nil {
			return fmt.Errorf("cannot copy %s: %w", name, err)
		}
	}
	return Wait(ctx, startTimeout, "core init", func() error {
		c := exec.CommandContext(ctx, "/crossplane", args...)
		c.Dir = "/"
		c.Env = append(os.Environ(), append(env, "KUBECONFIG=/kubeconfig")...)
		c.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
		if os.Getuid() != 0 { // a user may, in a user namespace
			c.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
			c.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		}
		if out, err := c.CombinedOutput(); err != nil {
			return fmt.Errorf("core init: %w: %s", err, out)
		}
		return nil
	})
}
