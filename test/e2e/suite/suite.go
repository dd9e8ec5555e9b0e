// Package suite is what the control plane tests share: a control plane with the
// packages installed, the settings of the examples, and the stand-in provider.
package suite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/provider"
)

// Root is the project's folder, from a test's.
const Root = "../../.."

// Patience is how long anything may take on a machine that is busy.
const Patience = 5 * time.Minute

// Version that the packages are installed in.
const Version = "v0.1.0"

// A Suite is a control plane with everything on it.
type Suite struct {
	*plane.Plane
	Provider *provider.Provider
	Scope    string // claims or namespaced
	Core     string // Crossplane's version

	stop    context.CancelFunc
	changes int     // how many the tests made
	states  *states // what Argo CD would have seen, where RECORD asks for it
}

// Main runs the tests of a package on a control plane of its own.
func Main(m *testing.M, scope, core string, s **Suite) {
	os.Exit(run(m, scope, plane.Options{Root: Root, Version: core}, s))
}

// MainOf is Main on a control plane that has one cloud alone.
func MainOf(m *testing.M, scope, cloud string, s **Suite) {
	os.Exit(run(m, scope, plane.Options{Root: Root, Version: plane.V2, Cloud: cloud}, s))
}

func run(m *testing.M, scope string, o plane.Options, s **Suite) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	start := time.Now()
	suite, err := Start(ctx, scope, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	fmt.Fprintf(os.Stderr, "Crossplane %s with %s is ready after %s\n", o.Version, scope, time.Since(start).Round(time.Second))
	*s = suite
	finished := make(chan int, 1)
	go func() { finished <- m.Run() }()
	code := 1
	select {
	case code = <-finished:
	case <-ctx.Done():
	}
	if err := suite.Close(code != 0); err != nil {
		fmt.Fprintln(os.Stderr, "cannot end the control plane:", err)
		return 1
	}
	return code
}

// Start starts a control plane, installs one of the Configurations with the accounts
// and settings of the examples, and makes the namespaces of their claims.
func Start(ctx context.Context, scope string, o plane.Options) (_ *Suite, err error) {
	ctx, stop := context.WithCancel(ctx)
	s := &Suite{Scope: scope, Core: o.Version, stop: stop}
	if s.Plane, err = plane.Start(ctx, o); err != nil {
		stop()
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close(true))
		}
	}()
	if os.Getenv("RECORD") != "" {
		s.states = watchStates(ctx, s.Client)
	}
	if err := s.Install(ctx, scope, Version); err != nil {
		return nil, err
	}
	if s.Provider, err = provider.Start(ctx, s.Client, s.Log("provider")); err != nil {
		return nil, err
	}
	return s, s.namespaces(ctx)
}

// Close ends all of it.
func (s *Suite) Close(failed bool) error {
	s.stop()
	if s.Provider != nil {
		s.Provider.Wait()
	}
	var err error
	if s.states != nil {
		err = s.states.write(filepath.Join(os.Getenv("RECORD"), s.Scope+"-"+s.Core+".yaml"))
	}
	return errors.Join(err, s.Plane.Close(failed))
}

// namespaces makes those of the examples' claims.
func (s *Suite) namespaces(ctx context.Context) error {
	for _, env := range []string{"dev", "staging", "prod", "mgmt"} {
		n := &unstructured.Unstructured{
			Object: map[string]any{"apiVersion": "v1", "kind": "Namespace", "metadata": map[string]any{"name": "payments-" + env + "-infra"}},
		}
		if err := s.ApplyAll(ctx, n); err != nil {
			return err
		}
	}
	return nil
}
