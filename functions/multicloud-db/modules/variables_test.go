package modules

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

func variableOf(t *testing.T, module, name string) *hclsyntax.Body {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(module), "module.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		if b.Type == "variable" && b.Labels[0] == name {
			return b.Body
		}
	}
	t.Fatalf("no variable %s", name)
	return nil
}

// refusal is what OpenTofu says to a variable's value; empty if it takes it.
func refusal(t *testing.T, variable *hclsyntax.Body, name string, v cty.Value) string {
	t.Helper()
	want, diags := typeexpr.TypeConstraint(variable.Attributes["type"].Expr)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	v, err := convert.Convert(v, want)
	if err != nil {
		return err.Error()
	}
	if nullable, ok := variable.Attributes["nullable"]; ok && v.IsNull() {
		if allowed, _ := nullable.Expr.Value(nil); allowed.False() {
			return "must not be null"
		}
	}
	ctx := &hcl.EvalContext{Functions: functions, Variables: map[string]cty.Value{"var": cty.ObjectVal(map[string]cty.Value{name: v})}}
	for _, validation := range variable.Blocks {
		ok, diags := validation.Body.Attributes["condition"].Expr.Value(ctx)
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		if ok.False() {
			message, diags := validation.Body.Attributes["error_message"].Expr.Value(ctx)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			return message.AsString()
		}
	}
	return ""
}

func TestVariables(t *testing.T) {
	null, text := cty.NullVal(cty.DynamicPseudoType), cty.StringVal
	tags := func(s ...string) cty.Value {
		l := []cty.Value{}
		for _, v := range s {
			l = append(l, text(v))
		}
		return cty.TupleVal(l)
	}
	key := "crn:v1:bluemix:public:kms:eu-de:a/0:1:key:2"
	for name, tc := range map[string]struct {
		reason      string
		takes, nots []cty.Value
	}{
		"name":                      {"a name without spaces, also one that somebody else chose", []cty.Value{text("ibm-payments-prod-main"), text("Legacy_DB.1")}, []cty.Value{null, text(""), text("a b"), text("a\nb"), text(strings.Repeat("a", 181))}},
		"location":                  {"a region", []cty.Value{text("eu-de"), text("us-south"), text("oslo01")}, []cty.Value{null, text(""), text("eu-de\"}"), text("EU-DE"), text("eu_de")}},
		"resource_group_id":         {"an ID, or the default group", []cty.Value{null, text(strings.Repeat("0a", 16))}, []cty.Value{text(""), text("default")}},
		"service":                   {"the two engines", []cty.Value{text("databases-for-postgresql"), text("databases-for-mysql")}, []cty.Value{null, text("databases-for-redis"), text("postgres")}},
		"plan":                      {"the two plans", []cty.Value{text("standard"), text("standard-gen2")}, []cty.Value{null, text("enterprise"), text("")}},
		"engine_version":            {"a major version, or IBM's choice", []cty.Value{null, text("17"), text("8.4"), cty.NumberIntVal(17)}, []cty.Value{text(""), text("17.5.1"), text("latest")}},
		"members":                   {"two at least, or IBM's number", []cty.Value{null, cty.NumberIntVal(2), cty.NumberIntVal(3)}, []cty.Value{cty.NumberIntVal(1), cty.NumberFloatVal(2.5), text("two")}},
		"host_flavor":               {"a host size", []cty.Value{text("multitenant"), text("b3c.4x16.encrypted"), text("bx3d.4x20"), text("bxf.4x16")}, []cty.Value{null, text(""), text("large"), text("b3c.4x16.plain")}},
		"memory_mb":                 {"whole MB, or the host's own", []cty.Value{null, cty.NumberIntVal(4096)}, []cty.Value{cty.NumberIntVal(512), cty.NumberFloatVal(4096.5)}},
		"cpu_count":                 {"whole CPUs, or a share", []cty.Value{null, cty.Zero, cty.NumberIntVal(3)}, []cty.Value{cty.NumberIntVal(-1), cty.NumberFloatVal(0.5)}},
		"disk_mb":                   {"whole GB, which Gen2 counts in", []cty.Value{null, cty.NumberIntVal(5120), cty.NumberIntVal(20480)}, []cty.Value{cty.NumberIntVal(4096), cty.NumberIntVal(20000)}},
		"key_protect_key":           {"a key's CRN, or IBM's key", []cty.Value{null, text(key)}, []cty.Value{text(""), text("my-key"), text("crn:v1:bluemix:public:kms:eu-de:a/0:1::")}},
		"backup_encryption_key_crn": {"a key's CRN, or IBM's key", []cty.Value{null, text(key)}, []cty.Value{text(""), text("my-key")}},
		"tags":                      {"what IBM takes as a tag", []cty.Value{tags(), tags("project:payments", "team:team payments")}, []cty.Value{null, text("a"), tags("a/b"), tags(""), tags(strings.Repeat("a", 129))}},
		"deletion_protection":       {"yes or no", []cty.Value{cty.True, cty.False}, []cty.Value{null, text("maybe")}},
		"crn":                       {"a database's CRN", []cty.Value{text("crn:v1:bluemix:public:databases-for-mysql:eu-de:a/0:1::")}, []cty.Value{null, text(""), text("Legacy_DB"), text(key)}},
	} {
		t.Run(name, func(t *testing.T) {
			variable := variableOf(t, ImportClassic(), name)
			for _, v := range tc.takes {
				if got := refusal(t, variable, name, v); got != "" {
					t.Errorf("%s: %#v: want it taken, got %q", tc.reason, v, got)
				}
			}
			for _, v := range tc.nots {
				if refusal(t, variable, name, v) == "" {
					t.Errorf("%s: %#v: want it refused", tc.reason, v)
				}
			}
		})
	}
}
