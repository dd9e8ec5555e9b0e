package plane

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// RunLocal runs a program as a function of the given name, without a package: the
// revision is made by hand, and paused so that Crossplane does not look for its image.
func (p *Plane) RunLocal(ctx context.Context, name, binary string) error {
	dir := filepath.Join(p.dir, "functions", name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("cannot make a folder: %w", err)
	}
	if err := p.serverCertificate(ctx, name, name+"-tls-server", dir); err != nil {
		return err
	}
	address, err := p.runtime.launch(ctx, name, name, binary, dir)
	if err != nil {
		return err
	}
	o := object(pkgVersion, "FunctionRevision", "", name+"-local", map[string]any{"spec": map[string]any{
		"desiredState": "Active", "image": "local.invalid/" + name + ":v0.0.0", "revision": int64(1),
	}})
	o.SetLabels(map[string]string{"pkg.crossplane.io/package": name})
	o.SetAnnotations(map[string]string{"crossplane.io/paused": "true"})
	// So that the runtime takes it for served.
	p.runtime.mu.Lock()
	p.runtime.revision["FunctionRevision"+name] = o.GetName()
	p.runtime.mu.Unlock()
	if err := p.ApplyAll(ctx, o); err != nil {
		return err
	}
	_, err = p.Client.Patch(ctx, RefOf(o), map[string]any{"status": map[string]any{"endpoint": address, "capabilities": []any{"composition"}}}, "status")
	return err
}
