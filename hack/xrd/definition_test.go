package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// spec returns the spec's schema of a generated XRD.
func spec(t *testing.T, path string) *extv1.JSONSchemaProps {
	t.Helper()
	b, err := os.ReadFile("../../" + path) //nolint:gosec // A path of this test.
	if err != nil {
		t.Fatal(err)
	}
	var xrd struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema extv1.JSONSchemaProps `json:"openAPIV3Schema"`
				} `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}
	if err := yaml.Unmarshal(b, &xrd); err != nil {
		t.Fatal(err)
	}
	s := xrd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"]
	return &s
}

func TestOneSource(t *testing.T) {
	claims, namespaced := spec(t, "apis/claims/definition.yaml"), spec(t, "apis/namespaced/definition.yaml")
	for _, added := range []string{"writeConnectionSecretToRef", "compositionSelector"} {
		delete(namespaced.Properties, added)
	}
	if diff := cmp.Diff(claims.Properties, namespaced.Properties); diff != "" {
		t.Errorf("spec properties: -claims, +namespaced:\n%s", diff)
	}
}

func TestTransitions(t *testing.T) {
	internal := &apiextensions.JSONSchemaProps{}
	if err := extv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(spec(t, "apis/namespaced/definition.yaml"), internal, nil); err != nil {
		t.Fatal(err)
	}
	structural, err := schema.NewStructural(internal)
	if err != nil {
		t.Fatal(err)
	}
	validator := cel.NewValidator(structural, false, celconfig.PerCallLimit)

	cases := map[string]struct{ reason, before, after, want string }{
		"Region":      {"Data never moves.", "{region: eu-west}", "{region: us-east}", "spec.region"},
		"RegionSet":   {"A field that appears is a change.", "{}", "{region: eu-west}", "spec.region"},
		"Shrink":      {"A disk never shrinks.", "{database: {engine: mysql, storageGiB: 40}}", "{database: {engine: mysql, storageGiB: 30}}", "spec.database.storageGiB"},
		"Grow":        {"A disk may grow.", "{database: {engine: mysql, storageGiB: 40}}", "{database: {engine: mysql, storageGiB: 50}}", ""},
		"VersionUp":   {"8.10 is above 8.4: parts are numbers.", `{database: {engine: mysql, version: "8.4"}}`, `{database: {engine: mysql, version: "8.10"}}`, ""},
		"VersionDown": {"No cloud downgrades.", `{database: {engine: postgres, version: "17"}}`, `{database: {engine: postgres, version: "16"}}`, "spec.database.version"},
		"Engine":      {"Another engine is another database.", "{database: {engine: mysql}}", "{database: {engine: postgres}}", "spec.database.engine"},
		"Secret":      {"Consumers read this Secret.", "{writeConnectionSecretToRef: {name: a}}", "{writeConnectionSecretToRef: {name: b}}", "spec.writeConnectionSecretToRef"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			errs, _ := validator.Validate(context.Background(), nil, structural, decode(t, tc.after), decode(t, tc.before), celconfig.RuntimeCELCostBudget)
			got := ""
			if len(errs) > 0 {
				got = errs.ToAggregate().Error()
			}
			if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("%s\nwant an error with %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}

// decode returns a spec with what every live claim has.
func decode(t *testing.T, s string) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := yaml.Unmarshal([]byte(s), &out, yaml.DisallowUnknownFields); err != nil {
		t.Fatal(err)
	}
	out["type"], out["profile"] = "database", "small"
	if out["database"] == nil {
		out["database"] = map[string]any{"engine": "mysql"}
	}
	// JSON numbers are floats here, integers at the API server.
	if db, ok := out["database"].(map[string]any); ok {
		if f, ok := db["storageGiB"].(float64); ok {
			db["storageGiB"] = int64(f)
		}
	}
	return out
}
