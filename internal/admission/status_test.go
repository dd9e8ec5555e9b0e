package admission

import (
	"testing"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apimachinery/pkg/runtime"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/common"
	"sigs.k8s.io/yaml"
)

// statusWrite judges a write of the status of a live claim, whose spec is as it was, by the rules of claims, as an API server does
// each time that Crossplane writes one.
func statusWrite(t testing.TB) func() {
	t.Helper()
	s, err := Claims()
	if err != nil {
		t.Fatal(err)
	}
	o := map[string]any{}
	if err := yaml.Unmarshal([]byte(`
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata: {name: main, namespace: payments-dev-infra}
spec:
  {type: database, provider: gcp, profile: small, region: eu-west, writeConnectionSecretToRef: {name: main},
   database: {engine: postgres, version: "17", name: orders}}
status: {resource: {made: true, provider: gcp, region: europe-west1, engine: postgres, version: "17"}}
`), &o); err != nil {
		t.Fatal(err)
	}
	before := runtime.DeepCopyJSON(o)
	return func() {
		correlated := common.NewCorrelatedObject(o, before, &model.Structural{Structural: s.Structural})
		if errs, _ := s.rules.Validate(t.Context(), nil, s.Structural, o, before, celconfig.RuntimeCELCostBudget, cel.WithRatcheting(correlated)); len(errs) > 0 {
			t.Fatal(errs)
		}
	}
}

// TestStatusWrite holds that rules pass early what nearly every write is: those that asked first whether the resource is made
// took 29,700 allocations together.
func TestStatusWrite(t *testing.T) {
	const most = 15_000
	if got := testing.AllocsPerRun(5, statusWrite(t)); got > most {
		t.Errorf("the rules take %v allocations for a status that changes alone; want %d at most", got, most)
	}
}

// BenchmarkStatus is what the rules cost an API server for a write of the status.
func BenchmarkStatus(b *testing.B) {
	write := statusWrite(b)
	b.ReportAllocs()
	for b.Loop() {
		write()
	}
}
