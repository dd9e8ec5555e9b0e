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

// BenchmarkStatus is what the rules cost an API server each time that Crossplane writes the status of a live claim,
// whose spec is as it was.
func BenchmarkStatus(b *testing.B) {
	s, err := Claims()
	if err != nil {
		b.Fatal(err)
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
		b.Fatal(err)
	}
	before := runtime.DeepCopyJSON(o)
	b.ReportAllocs()
	for b.Loop() {
		correlated := common.NewCorrelatedObject(o, before, &model.Structural{Structural: s.Structural})
		errs, _ := s.rules.Validate(b.Context(), nil, s.Structural, o, before, celconfig.RuntimeCELCostBudget, cel.WithRatcheting(correlated))
		if len(errs) > 0 {
			b.Fatal(errs)
		}
	}
}
