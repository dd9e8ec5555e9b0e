package moduletest

import (
	"maps"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// Null is what a variable has where a claim says nothing.
var Null = cty.NullVal(cty.DynamicPseudoType)

// Variable is what a module's variable has to take and to refuse.
type Variable struct {
	Reason         string
	Takes, Refuses []cty.Value
}

// List is a list as varmap has it.
func List(values ...string) cty.Value {
	l := []cty.Value{}
	for _, v := range values {
		l = append(l, cty.StringVal(v))
	}
	return cty.TupleVal(l)
}

// Variables holds every variable of a module to its row, in tables that modules may
// share. A variable without a row fails the test, as does a row without a variable.
func Variables(t *testing.T, module string, tables ...map[string]Variable) {
	t.Helper()
	declared, rows := variables(t, module), map[string]Variable{}
	for _, table := range tables {
		maps.Copy(rows, table)
	}
	for name := range declared {
		if _, ok := rows[name]; !ok {
			t.Errorf("variable %s has no row in the test", name)
		}
	}
	for name, row := range rows {
		t.Run(name, func(t *testing.T) {
			variable, ok := declared[name]
			if !ok {
				t.Fatalf("the module has no variable %s", name)
			}
			for _, v := range row.Takes {
				if got := refusal(t, variable, name, v); got != "" {
					t.Errorf("%s: %#v: want it taken, got %q", row.Reason, v, got)
				}
			}
			for _, v := range row.Refuses {
				if refusal(t, variable, name, v) == "" {
					t.Errorf("%s: %#v: want it refused", row.Reason, v)
				}
			}
		})
	}
}

func variables(t *testing.T, module string) map[string]*hclsyntax.Body {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(module), "module.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	declared := map[string]*hclsyntax.Body{}
	for _, b := range file.Body.(*hclsyntax.Body).Blocks {
		if b.Type == "variable" {
			declared[b.Labels[0]] = b.Body
		}
	}
	return declared
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
