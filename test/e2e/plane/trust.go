package plane

import (
	"fmt"
	"os"
	"path/filepath"
)

// checks has Crossplane check signatures, if there is anything that it is to trust, and returns
// the argument. It takes what it trusts from its cache of packages: core start sets TUF_ROOT to
// that folder (cmd/crossplane/core/core.go of 2.4.0 and 1.20.0), and would ask Sigstore's servers
// for what is not there.
func (p *Plane) checks(cache string) ([]string, error) {
	if p.o.Trust == "" {
		return nil, nil
	}
	dir := filepath.Join(cache, ".sigstore")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("cannot make a folder: %w", err)
	}
	if err := os.Symlink(p.o.Trust, filepath.Join(dir, "root")); err != nil {
		return nil, fmt.Errorf("cannot say what to trust: %w", err)
	}
	return []string{"--enable-signature-verification"}, nil
}
