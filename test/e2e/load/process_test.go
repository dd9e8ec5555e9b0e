//go:build load

package load

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

// idleComposition is the Composition whose functions do nothing.
const idleComposition = "noop"

// idle starts three functions that do nothing, and makes a Composition of them. It
// returns their names.
func idle(t *testing.T) []string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "function-noop")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-ldflags", "-s -w", "-o", binary, suite.Root+"/test/bench/noop").CombinedOutput(); err != nil {
		t.Fatalf("cannot build the no-op function: %v: %s", err, out)
	}
	var names []string
	var pipeline []any
	for i := range steps {
		name := fmt.Sprintf("function-noop-%d", i+1)
		if err := s.RunLocal(t.Context(), name, binary); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
		pipeline = append(pipeline, map[string]any{"step": name, "functionRef": map[string]any{"name": name}})
	}
	if err := s.ApplyAll(t.Context(), &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "apiextensions.crossplane.io/v1", "kind": "Composition", "metadata": map[string]any{"name": idleComposition},
		"spec": map[string]any{
			"compositeTypeRef": map[string]any{"apiVersion": suite.APIVersion, "kind": "XResource"},
			"mode":             "Pipeline", "pipeline": pipeline, "writeConnectionSecretsToNamespace": plane.Namespace,
		},
	}}); err != nil {
		t.Fatal(err)
	}
	return names
}

// used is what the processes have used, those of the functions by their names.
func used(t *testing.T, functions []string) map[string]plane.Usage {
	t.Helper()
	processes := map[string]*plane.Process{"etcd": s.Etcd, "kube-apiserver": s.API, "kube-controller-manager": s.Controllers, "crossplane": s.Crossplane}
	for _, f := range functions {
		processes[f] = s.Functions()[f]
	}
	all := map[string]plane.Usage{}
	for name, p := range processes {
		u, err := p.Usage()
		if err != nil {
			t.Fatal(err)
		}
		all[name] = u
	}
	return all
}

// counted reads a metric of the calls of each function.
func counted(t *testing.T, functions []string, name string) map[string]float64 {
	t.Helper()
	all := map[string]float64{}
	for _, f := range functions {
		m, err := s.FunctionMetrics(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		all[f] = m.Sum(name, `grpc_method="RunFunction"`)
	}
	return all
}

// reconciled is how often Crossplane has reconciled an XR.
func reconciled(t *testing.T) float64 {
	t.Helper()
	m, err := plane.ReadMetrics(t.Context(), s.MetricsURL)
	if err != nil {
		t.Fatal(err)
	}
	return m.Sum("controller_runtime_reconcile_total", controller)
}
