package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/client-go/util/jsonpath"
	"sigs.k8s.io/yaml"
)

// TestColumns holds what kubectl get shows of each kind, with the columns that Crossplane adds:
// none is there twice.
func TestColumns(t *testing.T) {
	ours := []string{"TYPE", "PROVIDER", "PROFILE", "ENDPOINT"}
	behind := []string{"ENGINE", "VERSION", "SIZE", "COMPOSED", "PROVISIONED", "COMPOSED-MESSAGE", "PROVISIONED-MESSAGE", "SYNCED-MESSAGE"}
	for name, want := range map[string][]string{
		"claims/Resource":     {"SYNCED", "READY", "CONNECTION-SECRET", "AGE"},
		"claims/XResource":    {"SYNCED", "READY", "COMPOSITION", "AGE"},
		"namespaced/Resource": {"SYNCED", "READY", "COMPOSITION", "AGE"},
	} {
		var shown, wide []string
		times := map[string]int{}
		for _, c := range crdsOf(t)[name].Spec.Versions[0].AdditionalPrinterColumns {
			if times[c.Name]++; times[c.Name] > 1 {
				t.Errorf("%s: %s is there %d times", name, c.Name, times[c.Name])
			}
			if c.Priority == 0 {
				shown = append(shown, c.Name)
			} else if c.Name != "COMPOSITIONREVISION" {
				wide = append(wide, c.Name)
			}
		}
		if diff := cmp.Diff([][]string{append(slices.Clip(ours), want...), behind}, [][]string{shown, wide}); diff != "" {
			t.Errorf("%s: columns: -want, +got:\n%s", name, diff)
		}
	}
}

// TestShown holds what the columns show of a claim, by the code that the API server prints with.
func TestShown(t *testing.T) {
	object := map[string]any{}
	if err := yaml.Unmarshal([]byte(`
spec: {type: cache, profile: small}
status:
  resource: {provider: aws, endpoint: host.example.org, engine: valkey, version: "8.0"}
  size: {instance: cache.t4g.small}
  conditions:
  - {type: Synced, status: "False", reason: ReconcileError, message: cannot compose}
  - {type: Ready, status: "False", reason: Creating}
  - {type: Composed, status: "True", reason: NoNetwork, message: nobody reaches it}
  - {type: Provisioned, status: "False", reason: ProviderError, message: "instance: no quota"}
`), &object); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"TYPE": "cache", "PROVIDER": "aws", "PROFILE": "small", "ENDPOINT": "host.example.org",
		"ENGINE": "valkey", "VERSION": "8.0", "SIZE": "cache.t4g.small",
		"COMPOSED": "NoNetwork", "PROVISIONED": "ProviderError", "COMPOSED-MESSAGE": "nobody reaches it",
		"PROVISIONED-MESSAGE": "instance: no quota", "SYNCED-MESSAGE": "cannot compose",
	}
	got := map[string]string{}
	for _, c := range columns() {
		c, ok := c.(map[string]any)
		if !ok {
			t.Fatalf("%T is no column", c)
		}
		path, shown := jsonpath.New(""), &bytes.Buffer{}
		if err := path.Parse(fmt.Sprintf("{%s}", c["jsonPath"])); err != nil {
			t.Fatal(err)
		}
		if err := path.Execute(shown, object); err != nil {
			t.Error(err)
		}
		got[fmt.Sprint(c["name"])] = shown.String()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("columns: -want, +got:\n%s", diff)
	}
}

// TestNamesStay holds the names of the kinds as all versions have them. Crossplane, 1.20 and 2.4, takes
// no change of spec.names or spec.claimNames (self == oldSelf in the XRD's CRD), so that a short name
// or a category would keep a cluster which has the XRD from every later version.
func TestNamesStay(t *testing.T) {
	want := map[string]extv1.CustomResourceDefinitionNames{
		"claims/Resource":     {Kind: "Resource", Plural: "resources", Categories: []string{"claim"}},
		"claims/XResource":    {Kind: "XResource", Plural: "xresources", Categories: []string{"composite"}},
		"namespaced/Resource": {Kind: "Resource", Plural: "resources", Categories: []string{"composite"}},
	}
	got := map[string]extv1.CustomResourceDefinitionNames{}
	for name, crd := range crdsOf(t) {
		names := crd.Spec.Names
		got[name] = extv1.CustomResourceDefinitionNames{Kind: names.Kind, Plural: names.Plural, Categories: names.Categories, ShortNames: names.ShortNames}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names: -want, +got:\n%s", diff)
	}
}

// TestExplained holds that kubectl explain has a text for the kind, and for each of its fields:
// a sentence that says more than the field's name.
func TestExplained(t *testing.T) {
	for name, crd := range crdsOf(t) {
		schema := crd.Spec.Versions[0].Schema.OpenAPIV3Schema
		if len(schema.Description) == 0 {
			t.Errorf("%s: kubectl explain says nothing of the kind", name)
		}
		for _, part := range []string{"spec", "status"} {
			p := schema.Properties[part]
			explained(t, name+": "+part, &p)
		}
	}
}

// crossplanes are the fields that Crossplane adds, in its own words or none.
var crossplanes = []string{
	"compositionRef", "compositionSelector", "compositionRevisionRef", "compositionRevisionSelector", "compositionUpdatePolicy", "compositeDeletePolicy",
	"publishConnectionDetailsTo", "resourceRef", "claimRef", "environmentConfigRefs", "resourceRefs", "writeConnectionSecretToRef", "crossplane",
	"conditions", "connectionDetails", "claimConditionTypes",
}

func explained(t *testing.T, path string, s *extv1.JSONSchemaProps) {
	t.Helper()
	if len(strings.Fields(s.Description)) < 2 {
		t.Errorf("%s: kubectl explain says %q", path, s.Description)
	}
	for name, p := range s.Properties {
		if !isCrossplanes(path, name) {
			explained(t, path+"."+name, &p)
		}
	}
	if s.Items != nil && s.Items.Schema != nil && s.Items.Schema.Type == "object" {
		explained(t, path+"[]", s.Items.Schema)
	}
}

// isCrossplanes reports whether a field is Crossplane's own.
func isCrossplanes(path, name string) bool {
	for _, c := range crossplanes {
		if c == name && (strings.HasSuffix(path, ": spec") || strings.HasSuffix(path, ": status")) {
			return true
		}
	}
	return false
}
