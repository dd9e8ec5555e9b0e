package main

import (
	"strings"
	"testing"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"

	"github.com/victor-onl/crossplane-resources/internal/admission"
)

// Limits of an API server on what the rules of a CRD may cost with their messages: each,
// and all of them together (k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation).
const (
	ruleLimit  = 10_000_000
	totalLimit = 100_000_000
)

// TestCost holds that an API server takes the CRDs that Crossplane makes of the XRDs:
// it compiles their rules and messages, and refuses those that could cost too much.
// What they cost leaves room for the types to come.
func TestCost(t *testing.T) {
	for name, crd := range crdsOf(t) {
		t.Run(name, func(t *testing.T) {
			if err := refused(crd); err != nil {
				t.Error(err)
			}
			s, err := admission.Serve(crd)
			if err != nil {
				t.Fatal(err)
			}
			total := cost(t, s.Structural, true)
			t.Logf("%d of %d", total, totalLimit)
			if total == 0 || total > totalLimit/4 {
				t.Errorf("the rules could cost %d together, the limit is %d", total, totalLimit)
			}
		})
	}
}

// TestTooMuch shows that the costs are those of an API server: what it refuses, of a
// rule or of its message, shows up here.
func TestTooMuch(t *testing.T) {
	pairs := "self.list.all(a, self.list.all(b, a == b))"
	for name, rule := range map[string]extv1.ValidationRule{
		"Rule":    {Rule: pairs},
		"Message": {Rule: "has(self.list)", MessageExpression: pairs + " ? 'a' : 'b'"},
	} {
		crd := crdsOf(t)["claims/Resource"].DeepCopy()
		root := crd.Spec.Versions[0].Schema.OpenAPIV3Schema
		s := root.Properties["spec"]
		s.Properties["list"] = extv1.JSONSchemaProps{Type: "array", Items: &extv1.JSONSchemaPropsOrArray{Schema: &extv1.JSONSchemaProps{Type: "string"}}}
		s.XValidations = extv1.ValidationRules{rule}
		root.Properties["spec"] = s
		if err := refused(crd); err == nil || !strings.Contains(err.Error(), "cost exceeds budget") {
			t.Errorf("%s: an expression over every pair of an endless list is taken: %v", name, err)
		}
		server, err := admission.Serve(crd)
		if err != nil {
			t.Fatal(err)
		}
		in := server.Structural.Properties["spec"]
		if got := compile(t, &in, false)[0]; got.MaxCost+got.MessageExpressionMaxCost <= ruleLimit {
			t.Errorf("%s: an expression over every pair of an endless list could cost %d only", name, got.MaxCost+got.MessageExpressionMaxCost)
		}
	}
}

// cost of all rules of a schema and of their messages. They stand where they are run
// once per object: inside a list or map they would cost as much as that has items.
func cost(t *testing.T, s *schema.Structural, root bool) uint64 {
	t.Helper()
	var total uint64
	for i, r := range compile(t, s, root) {
		switch {
		case r.Error != nil, r.MessageExpressionError != nil:
			t.Errorf("%s: %v %v", s.XValidations[i].Rule, r.Error, r.MessageExpressionError)
		case r.MaxCost > ruleLimit, r.MessageExpressionMaxCost > ruleLimit:
			t.Errorf("%s: could cost %d, and its message %d; the limit is %d", s.XValidations[i].Rule, r.MaxCost, r.MessageExpressionMaxCost, ruleLimit)
		}
		if strings.Contains(s.XValidations[i].MessageExpression, ".join(") {
			t.Errorf("%s: the message joins a list, which costs by its length each time; it is one literal", s.XValidations[i].Rule)
		}
		total += r.MaxCost + r.MessageExpressionMaxCost
	}
	for name := range s.Properties {
		child := s.Properties[name]
		total += cost(t, &child, false)
	}
	if items := s.Items; items != nil && cost(t, items, false) > 0 {
		t.Error("a list's items have rules, whose cost depends on its length")
	}
	if a := s.AdditionalProperties; a != nil && a.Structural != nil && cost(t, a.Structural, false) > 0 {
		t.Error("a map's values have rules, whose cost depends on its size")
	}
	return total
}

func compile(t *testing.T, s *schema.Structural, root bool) []cel.CompilationResult {
	t.Helper()
	env := environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion())
	results, err := cel.Compile(s, model.SchemaDeclType(s, root), celconfig.PerCallLimit, env, cel.NewExpressionsEnvLoader())
	if err != nil {
		t.Fatal(err)
	}
	return results
}
