package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"

	"github.com/victor-onl/crossplane-resources/test/crds"
)

// definitions are the XRDs by what an API server serves of them.
var definitions = map[string]string{
	"claims":     "apis/claims/definition.yaml",
	"namespaced": "apis/namespaced/definition.yaml",
}

// spec returns the spec's schema of a generated XRD.
func spec(t *testing.T, path string) *extv1.JSONSchemaProps {
	t.Helper()
	s, err := crds.ClaimSpec("../../" + path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestOneSource(t *testing.T) {
	claims, namespaced := spec(t, definitions["claims"]), spec(t, definitions["namespaced"])
	for _, added := range []string{"writeConnectionSecretToRef", "compositionSelector"} {
		delete(namespaced.Properties, added)
	}
	if diff := cmp.Diff(claims.Properties, namespaced.Properties); diff != "" {
		t.Errorf("spec properties: -claims, +namespaced:\n%s", diff)
	}
	// The rule on the field that a claim gets from Crossplane comes last.
	if diff := cmp.Diff(claims.XValidations, namespaced.XValidations[:len(namespaced.XValidations)-1]); diff != "" {
		t.Errorf("rules: -claims, +namespaced:\n%s", diff)
	}
}

// Limits of an API server on what the rules of a CRD may cost: each, and all of
// them together (k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation).
const (
	ruleLimit  = 10_000_000
	totalLimit = 100_000_000
)

// TestCost holds that an API server takes the CRDs that Crossplane makes of the
// XRDs: it compiles their rules, and refuses those that could cost too much.
func TestCost(t *testing.T) {
	for name, path := range definitions {
		t.Run(name, func(t *testing.T) {
			if total := cost(t, structural(t, spec(t, path))); total == 0 || total > totalLimit {
				t.Errorf("the rules could cost %d together, the limit is %d", total, totalLimit)
			}
		})
	}
}

// TestTooMuch shows that the costs are those of an API server: what it refuses
// shows up here.
func TestTooMuch(t *testing.T) {
	s := spec(t, definitions["claims"])
	s.Properties["list"] = extv1.JSONSchemaProps{Type: "array", Items: &extv1.JSONSchemaPropsOrArray{Schema: &extv1.JSONSchemaProps{Type: "string"}}}
	s.XValidations = extv1.ValidationRules{{Rule: "self.list.all(a, self.list.all(b, a == b))"}}
	got := compile(t, structural(t, s))[0]
	if got.Error == nil && got.MaxCost <= ruleLimit {
		t.Errorf("a rule over every pair of an endless list could cost %d only", got.MaxCost)
	}
}

// cost of all rules of a schema. They stand where they are run once per object:
// inside a list or map they would cost as much as that has items.
func cost(t *testing.T, s *schema.Structural) uint64 {
	t.Helper()
	var total uint64
	for i, r := range compile(t, s) {
		switch {
		case r.Error != nil:
			t.Errorf("%s: %v", s.XValidations[i].Rule, r.Error)
		case r.MaxCost > ruleLimit:
			t.Errorf("%s: could cost %d, the limit is %d", s.XValidations[i].Rule, r.MaxCost, ruleLimit)
		}
		total += r.MaxCost
	}
	for name := range s.Properties {
		child := s.Properties[name]
		total += cost(t, &child)
	}
	if items := s.Items; items != nil && cost(t, items) > 0 {
		t.Error("a list's items have rules, whose cost depends on its length")
	}
	if a := s.AdditionalProperties; a != nil && a.Structural != nil && cost(t, a.Structural) > 0 {
		t.Error("a map's values have rules, whose cost depends on its size")
	}
	return total
}

func compile(t *testing.T, s *schema.Structural) []cel.CompilationResult {
	t.Helper()
	env := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	results, err := cel.Compile(s, model.SchemaDeclType(s, false), celconfig.PerCallLimit, env, cel.NewExpressionsEnvLoader())
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func structural(t *testing.T, s *extv1.JSONSchemaProps) *schema.Structural {
	t.Helper()
	internal := &apiextensions.JSONSchemaProps{}
	if err := extv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(s, internal, nil); err != nil {
		t.Fatal(err)
	}
	out, err := schema.NewStructural(internal)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
