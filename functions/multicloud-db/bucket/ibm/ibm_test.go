package ibm

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"

	"github.com/victor-onl/crossplane-resources/test/moduletest"
)

const key = "crn:v1:bluemix:public:kms:eu-de:a/0:1:key:2"

// TestModules holds the modules against the provider's schema, with versioning and
// without, since a block is there or not.
func TestModules(t *testing.T) {
	for name, module := range map[string]string{"make": Make(), "import": Import(), "observe": Observe()} {
		for _, versioning := range []cty.Value{cty.NullVal(cty.Bool), cty.False, cty.True} {
			known := map[string]cty.Value{"versioning": versioning}
			if diff := cmp.Diff([]string(nil), moduletest.Problems(t, module, known)); diff != "" {
				t.Errorf("%s with versioning %#v: -want, +got problems:\n%s", name, versioning, diff)
			}
		}
	}
}

func TestVariables(t *testing.T) {
	null, text, number := moduletest.Null, cty.StringVal, cty.NumberIntVal
	crn := "crn:v1:bluemix:public:cloud-object-storage:global:a/0:1:bucket:"
	bucket := map[string]moduletest.Variable{
		"bucket_name": {
			Reason:  "what IBM takes as the name of a bucket",
			Takes:   []cty.Value{text("ibm-payments-prod-files-0a1b2c3d"), text("a.b"), text("abc"), text(strings.Repeat("a", 63))},
			Refuses: []cty.Value{null, text(""), text("ab"), text("-ab"), text("a--b"), text("a..b"), text("a_b"), text("Abc"), text(strings.Repeat("a", 64))},
		},
		"location": {
			Reason:  "a region in the form by which the provider finds a bucket's",
			Takes:   []cty.Value{text("eu-de"), text("us-south"), text("jp-osa")},
			Refuses: []cty.Value{null, text(""), text("eu"), text("ams03"), text("eu-de\"}"), text("EU-DE")},
		},
		"versioning": {
			Reason:  "on, suspended, or never on",
			Takes:   []cty.Value{cty.True, cty.False, null},
			Refuses: []cty.Value{text("Suspended")},
		},
		"kms_key_crn": {
			Reason:  "a key's CRN, or IBM's key",
			Takes:   []cty.Value{null, text(key)},
			Refuses: []cty.Value{text(""), text("my-key"), text(crn + "files")},
		},
		"allow_delete": {
			Reason:  "yes or no",
			Takes:   []cty.Value{cty.True, cty.False},
			Refuses: []cty.Value{null, text("maybe")},
		},
	}
	instance := map[string]moduletest.Variable{
		"name": {
			Reason:  "a name without spaces",
			Takes:   []cty.Value{text("ibm-payments-prod-files")},
			Refuses: []cty.Value{null, text(""), text("a b"), text(strings.Repeat("a", 181))},
		},
		"resource_group_id": {
			Reason:  "an ID, or the default group",
			Takes:   []cty.Value{null, text(strings.Repeat("0a", 16))},
			Refuses: []cty.Value{text(""), text("default")},
		},
		"tags": {
			Reason:  "what IBM takes as a tag",
			Takes:   []cty.Value{moduletest.List(), moduletest.List("project:payments", "team:team payments")},
			Refuses: []cty.Value{null, text("a"), moduletest.List("a/b"), moduletest.List(""), moduletest.List(strings.Repeat("a", 129))},
		},
		"retention_days": {
			Reason:  "whole days up to a year, or no end",
			Takes:   []cty.Value{null, number(1), number(30), number(365)},
			Refuses: []cty.Value{number(0), number(366), cty.NumberFloatVal(1.5), text("month")},
		},
	}
	existing := map[string]moduletest.Variable{
		"crn": {
			Reason:  "a bucket's CRN",
			Takes:   []cty.Value{text(crn + "files")},
			Refuses: []cty.Value{null, text(""), text("files"), text(key), text(crn), text(crn + "a:b"), text(strings.Replace(crn, ":bucket:", "::", 1))},
		},
	}
	for name, tc := range map[string]struct {
		module string
		groups []map[string]moduletest.Variable
	}{
		"Make":    {Make(), []map[string]moduletest.Variable{bucket, instance}},
		"Import":  {Import(), []map[string]moduletest.Variable{bucket, existing}},
		"Observe": {Observe(), []map[string]moduletest.Variable{{"location": bucket["location"]}, existing}},
	} {
		t.Run(name, func(t *testing.T) { moduletest.Variables(t, tc.module, tc.groups...) })
	}
}
