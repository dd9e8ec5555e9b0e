package main

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/admission/fromxrd"
	"github.com/victor-onl/crossplane-resources/internal/claim"
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

// crdsOf returns the CRDs that Crossplane 2.x makes of the XRDs, by what they are of.
func crdsOf(t *testing.T) map[string]*extv1.CustomResourceDefinition {
	t.Helper()
	out := map[string]*extv1.CustomResourceDefinition{}
	for name, path := range definitions {
		made, err := fromxrd.CRDs("../../" + path)
		if err != nil {
			t.Fatal(err)
		}
		for _, crd := range made {
			out[name+"/"+crd.Spec.Names.Kind] = crd
		}
	}
	if len(out) != 3 {
		t.Fatalf("want the CRDs of claims, of their XRs and of namespaced XRs, got %d", len(out))
	}
	return out
}

// rulesAtRoot of a CRD.
func rulesAtRoot(crd *extv1.CustomResourceDefinition) extv1.ValidationRules {
	return crd.Spec.Versions[0].Schema.OpenAPIV3Schema.XValidations
}

func TestOneSource(t *testing.T) {
	claims, namespaced := spec(t, definitions["claims"]), spec(t, definitions["namespaced"])
	for _, added := range []string{"writeConnectionSecretToRef", "compositionSelector"} {
		delete(namespaced.Properties, added)
	}
	if diff := cmp.Diff(claims, namespaced); diff != "" {
		t.Errorf("spec: -claims, +namespaced:\n%s", diff)
	}
	// The rule on the field that a claim gets from Crossplane comes last.
	all := rulesAtRoot(crdsOf(t)["namespaced/Resource"])
	if diff := cmp.Diff(rulesAtRoot(crdsOf(t)["claims/Resource"]), all[:len(all)-1]); diff != "" {
		t.Errorf("rules: -claims, +namespaced:\n%s", diff)
	}
}

// TestTypes holds that the API takes the types that the functions know, in the order in
// which their errors list them, each with a section of its name.
func TestTypes(t *testing.T) {
	if diff := cmp.Diff(claim.Types, typeNames()); diff != "" {
		t.Errorf("types: -internal/claim, +hack/xrd:\n%s", diff)
	}
	for name, path := range definitions {
		s := spec(t, path)
		if got := len(s.Properties["type"].Enum); got != len(claim.Types) {
			t.Errorf("%s: spec.type has %d words, want %d", name, got, len(claim.Types))
		}
		for _, section := range claim.Types {
			if s.Properties[section].Type != "object" {
				t.Errorf("%s: spec.%s is no section", name, section)
			}
		}
	}
}

// TestRulesAtRoot holds that Crossplane 2.x keeps the rules at the root of a schema in
// every CRD that it makes, of XRs and of claims. Crossplane 1.20 drops them, as its
// internal/xcrd copies the description only: there the function is alone.
func TestRulesAtRoot(t *testing.T) {
	want := 0
	for _, typ := range types {
		for _, row := range typ.rows {
			if row.Rule != lifecycle.Free && row.Rule != lifecycle.GrowsWhereKept { // which the policy decides on
				want++
			}
		}
	}
	for name, crd := range crdsOf(t) {
		rules := rulesAtRoot(crd)
		if len(rules) < len(lifecycle.Identity)+want {
			t.Errorf("%s: %d rules are left of the %d at the root", name, len(rules), len(lifecycle.Identity)+want)
		}
		if rules := crd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties["spec"].XValidations; len(rules) == 0 {
			t.Errorf("%s: no rules are left of those of the spec", name)
		}
		if s := crd.Spec.Versions[0].Subresources; s == nil || s.Status == nil {
			t.Errorf("%s: the status is no subresource, so whoever writes the spec may say that nothing is made", name)
		}
	}
}

// TestEmbedded holds that programs judge claims by the CRDs that Crossplane makes of the XRDs.
func TestEmbedded(t *testing.T) {
	for into, from := range embedded {
		made, err := fromxrd.CRDs("../../" + from)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(made[len(made)-1])
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile("../../" + into)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(append(want, '\n'), got) {
			t.Errorf("%s is not of %s any more; run make generate", into, from)
		}
	}
}
