//go:build e2e && drill

// Package verified has Crossplane check the packages' signatures by itself, with a stand-in
// for Sigstore on the loopback. It is by hand: DRILL=1 make e2e E2E=verified.
package verified

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

const (
	root     = "../../.."
	version  = "v0.2.0"
	patience = 5 * time.Minute
)

// A drill is a control plane that checks signatures, its registry, and two pairs of keys.
type drill struct {
	*plane.Plane
	dir string
	log string // of the stand-in

	core string
}

// TestVerified releases the packages to a control plane's registry, and holds what each
// version of Crossplane says of those that are signed and of those that are not.
func TestVerified(t *testing.T) {
	for _, core := range []string{plane.V2, plane.V1} {
		t.Run(core, func(t *testing.T) {
			d := start(t, core)
			d.release(t)
			for name, tc := range cases {
				t.Run(name, func(t *testing.T) { d.verified(t, strings.ToLower(name), tc) })
			}
		})
	}
}

// start starts the stand-in, and a control plane whose core trusts it.
func start(t *testing.T, core string) *drill {
	t.Helper()
	d := &drill{dir: t.TempDir(), core: core}
	trust := filepath.Join(d.dir, "trust")
	if err := os.Mkdir(trust, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TUF_ROOT", trust)
	t.Setenv("COSIGN_PASSWORD", "")
	c := exec.CommandContext(t.Context(), filepath.Join(root, ".cache/bin/sigstore-standin"))
	c.Stderr = os.Stderr
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Wait() })
	if d.log, err = bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	d.log = strings.TrimSpace(d.log)
	if d.Plane, err = plane.Start(context.Background(), plane.Options{Root: root, Version: core, Trust: trust}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(t.Failed()); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *drill) key(name string) string { return filepath.Join(d.dir, name) }

func (d *drill) team() string { return d.Registry() + "/team" }

// release releases the packages, and gives the public keys to Crossplane.
func (d *drill) release(t *testing.T) {
	t.Helper()
	for _, name := range []string{"right", "other"} {
		d.run(t, "make", "keys", "KEY="+d.key(name)+".key")
		public, err := os.ReadFile(d.key(name) + ".pub")
		if err != nil {
			t.Fatal(err)
		}
		s := &unstructured.Unstructured{Object: map[string]any{"data": map[string]any{"cosign.pub": base64.StdEncoding.EncodeToString(public)}}}
		s.SetAPIVersion("v1")
		s.SetKind("Secret")
		s.SetNamespace(plane.Namespace)
		s.SetName("cosign-" + name)
		if err := d.ApplyAll(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	d.run(t, "make", "release", "VERSION="+version, "REGISTRY="+d.team(), "KEY="+d.key("right.key"), "LOG="+d.log, "COMMIT="+strings.Repeat("0a", 20),
		"PACKAGES="+filepath.Join(d.dir, "xpkg"), "INSTALL="+filepath.Join(d.dir, "install"))
}

// run runs a program in the project's folder.
func (d *drill) run(t *testing.T, program string, args ...string) {
	t.Helper()
	c := exec.CommandContext(t.Context(), program, args...)
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", fmt.Sprint(args), err, out)
	}
}
