//go:build app

package app

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

// whileMade is for how long the cloud makes a resource, so that somebody sees that.
const whileMade = 40 * time.Second

// TestJourney goes from an empty form to a claim that is ready: backstage/test/app walks, and
// what it asks for on its way is done here.
func TestJourney(t *testing.T) {
	apply(t, "backstage/kubernetes/role.yaml")
	s.Apply(t, parsed(t, "apiVersion: v1\nkind: Namespace\nmetadata: {name: argocd}\n"))
	for _, file := range []string{"argocd/payments.yaml", "namespaces/payments-dev-infra.yaml", "namespaces/payments-prod-infra.yaml"} {
		apply(t, "examples/gitops/platform-gitops/"+file)
	}
	root, err := filepath.Abs(suite.Root)
	if err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "KUBECTL="+filepath.Join(root, ".cache", "bin", "kubectl-v1.35.4"))
	for name, account := range map[string][2]string{"BACKSTAGE": {"backstage", "backstage-kubernetes"}, "ARGOCD": {"argocd", "payments"}} {
		config, err := s.Kubeconfig(t.Context(), account[0], account[1])
		if err != nil {
			t.Fatal(err)
		}
		env = append(env, name+"_KUBECONFIG="+config)
	}
	s.Provider.Slow(whileMade)

	c := exec.CommandContext(t.Context(), "node", "journey.mjs")
	c.Dir = filepath.Join(root, "backstage", "test", "app")
	c.Env = env
	c.Stderr = os.Stderr
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) } // it has processes of its own to end
	c.WaitDelay = time.Minute
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	walk(t, in, out)
	if err := c.Wait(); err != nil {
		t.Fatal("the journey ends before its end:", err)
	}
}

// wishes are what the journey asks for, by a line of the form "please: WISH".
var wishes = map[string]func(*testing.T){"one cloud": oneCloud}

// walk follows the journey, and answers each wish by a line.
func walk(t *testing.T, in io.Writer, out io.Reader) {
	t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		wish, is := strings.CutPrefix(lines.Text(), "please: ")
		if !is {
			t.Log(lines.Text())
			continue
		}
		grant, known := wishes[wish]
		if !known {
			t.Errorf("the journey asks for %q", wish)
			return
		}
		grant(t)
		if _, err := fmt.Fprintln(in, "done"); err != nil {
			t.Error(err)
			return
		}
	}
}

// oneCloud has the API server serve the kinds of Google Cloud alone. Crossplane, which would
// bring the others back, is stopped first.
func oneCloud(t *testing.T) {
	t.Helper()
	if err := s.Crossplane.Stop(); err != nil {
		t.Error(err)
	}
	crd := plane.Kind("apiextensions.k8s.io/v1", "CustomResourceDefinition")
	others := func() []*unstructured.Unstructured {
		all, err := s.Client.List(t.Context(), crd, "", "")
		if err != nil {
			t.Error(err)
		}
		var out []*unstructured.Unstructured
		for _, o := range all {
			group, _ := suite.Get(o, "spec", "group").(string)
			if strings.HasSuffix(group, ".upbound.io") && !strings.Contains(group, "gcp.") {
				out = append(out, o)
			}
		}
		return out
	}
	for _, o := range others() {
		if err := s.Client.Delete(t.Context(), plane.RefOf(o)); err != nil && !plane.IsNotFound(err) {
			t.Error(err)
		}
	}
	if err := plane.Wait(t.Context(), suite.Patience, "the end of the other clouds' kinds", func() error {
		if left := others(); len(left) > 0 {
			return fmt.Errorf("%d are there", len(left))
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}
