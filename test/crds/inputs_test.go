package crds

import (
	"os"
	"path/filepath"
	"testing"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
	"sigs.k8s.io/yaml"
)

// mostPerRule is what one rule of a CRD may cost, as an API server estimates it
// (StaticEstimatedCostLimit of k8s.io/apiextensions-apiserver). It refuses the CRD
// otherwise, and Crossplane the package that brings it.
const mostPerRule = 10_000_000

// TestInputs holds that an API server takes the rules in the CRDs of the functions'
// inputs.
func TestInputs(t *testing.T) {
	files, err := filepath.Glob("../../functions/*/package/input/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no inputs", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			crd, internal := &v1.CustomResourceDefinition{}, &apiextensions.JSONSchemaProps{}
			if err := yaml.UnmarshalStrict(b, crd); err != nil {
				t.Fatal(err)
			}
			for _, v := range crd.Spec.Versions {
				if err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(v.Schema.OpenAPIV3Schema, internal, nil); err != nil {
					t.Fatal(err)
				}
				s, err := schema.NewStructural(internal)
				if err != nil {
					t.Fatal(err)
				}
				affordable(t, s, v.Name, 1)
			}
		})
	}
}

// affordable holds the rules of a schema, which applies so many times in an object;
// 0 says that nothing bounds it.
func affordable(t *testing.T, s *schema.Structural, path string, times uint64) {
	t.Helper()
	rules, err := cel.Compile(
		s, model.SchemaDeclType(s, false), celconfig.PerCallLimit, environment.MustBaseEnvSet(environment.DefaultCompatibilityVersion()),
		cel.NewExpressionsEnvLoader(),
	)
	if err != nil {
		t.Fatal(path, err)
	}
	for i, rule := range rules {
		most := times
		if most == 0 {
			most = rule.MaxCardinality
		}
		if cost := rule.MaxCost * most; rule.Error != nil || cost > mostPerRule {
			t.Errorf("%s: rule %d may cost %d times %d, which is more than %d: %v", path, i, rule.MaxCost, most, mostPerRule, rule.Error)
		}
	}
	for name, p := range s.Properties {
		affordable(t, &p, path+"."+name, times)
	}
	if s.Items != nil {
		var items uint64
		if v := s.ValueValidation; v != nil && v.MaxItems != nil {
			items = uint64(*v.MaxItems) //nolint:gosec // Never negative.
		}
		affordable(t, s.Items, path+"[]", times*items)
	}
}
