package moduletest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/typeexpr"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// A checker holds a module against the providers' schemas as tofu validate
// does, without their binaries: every expression is evaluated with values whose
// type is known, so that a reference to what is not there is found too.
type checker struct {
	schema    *providerSchema
	variables map[string]cty.Value
	known     map[string]cty.Value // values of variables, else only their type is known
	locals    map[string]cty.Value
	resources map[string]map[string]cty.Value
	data      map[string]map[string]cty.Value
	seen      map[string]bool
	problems  []string
}

// Problems are what is wrong with a module when the known variables have these
// values; of other variables only the type is known.
func Problems(t *testing.T, module string, known map[string]cty.Value) []string {
	t.Helper()
	schema, err := snapshot()
	if err != nil {
		t.Fatal(err)
	}
	file, diags := hclsyntax.ParseConfig([]byte(module), "module.tf", hcl.InitialPos)
	if diags.HasErrors() {
		return []string{diags.Error()}
	}
	c := &checker{
		schema: schema, known: known, seen: map[string]bool{},
		variables: map[string]cty.Value{}, locals: map[string]cty.Value{},
		resources: map[string]map[string]cty.Value{}, data: map[string]map[string]cty.Value{},
	}
	blocks := file.Body.(*hclsyntax.Body).Blocks
	for _, b := range blocks {
		c.declare(b)
	}
	c.evaluateLocals(blocks)
	for _, b := range blocks {
		c.block(b)
	}
	return c.problems
}

func (c *checker) reportf(at hcl.Range, format string, args ...any) {
	c.problems = append(c.problems, fmt.Sprintf("line %d: ", at.Start.Line)+fmt.Sprintf(format, args...))
}

// declare makes the names that expressions refer to.
func (c *checker) declare(b *hclsyntax.Block) {
	if len(b.Labels) > 0 {
		id := fmt.Sprint(b.Type, b.Labels)
		if c.seen[id] {
			c.reportf(b.TypeRange, "%s is declared twice", id)
		}
		c.seen[id] = true
	}
	switch b.Type {
	case "variable":
		c.variables[b.Labels[0]] = c.variable(b)
	case "resource":
		c.object(b, c.schema.Resources, c.resources)
	case "data":
		c.object(b, c.schema.DataSources, c.data)
	}
}

func (c *checker) variable(b *hclsyntax.Block) cty.Value {
	attr, ok := b.Body.Attributes["type"]
	if !ok {
		c.reportf(b.TypeRange, "variable %s has no type", b.Labels[0])
		return cty.DynamicVal
	}
	t, diags := typeexpr.TypeConstraint(attr.Expr)
	c.diagnose(diags)
	if v, ok := c.known[b.Labels[0]]; ok {
		return v
	}
	return cty.UnknownVal(t)
}

func (c *checker) object(b *hclsyntax.Block, kinds map[string]*blockSchema, into map[string]map[string]cty.Value) {
	kind, name := b.Labels[0], b.Labels[1]
	schema, ok := kinds[kind]
	if !ok {
		c.reportf(b.TypeRange, "no %s %s in the schema", b.Type, kind)
		return
	}
	t := schema.object()
	if _, counted := b.Body.Attributes["count"]; counted {
		t = cty.List(t)
	}
	if into[kind] == nil {
		into[kind] = map[string]cty.Value{}
	}
	into[kind][name] = cty.UnknownVal(t)
}

// evaluateLocals evaluates locals, and what terraform_data keeps, since both
// decide which branch of a conditional counts. It goes round until none waits
// for another.
func (c *checker) evaluateLocals(blocks hclsyntax.Blocks) {
	waiting := map[string]hclsyntax.Expression{}
	for _, b := range blocks {
		for name, attr := range b.Body.Attributes {
			switch {
			case b.Type == "locals":
				waiting["local."+name] = attr.Expr
			case b.Type == "resource" && b.Labels[0] == "terraform_data" && name == "input":
				waiting["terraform_data."+b.Labels[1]] = attr.Expr
			}
		}
	}
	for range len(waiting) {
		for name, expr := range waiting {
			if slices.ContainsFunc(expr.Variables(), func(t hcl.Traversal) bool {
				return waiting[t.RootName()+"."+t[1].(hcl.TraverseAttr).Name] != nil
			}) {
				continue
			}
			v := c.evaluate(expr, c.scope(), cty.DynamicPseudoType)
			if local, ok := strings.CutPrefix(name, "local."); ok {
				c.locals[local] = v
			} else {
				c.resources["terraform_data"][strings.TrimPrefix(name, "terraform_data.")] = cty.ObjectVal(map[string]cty.Value{"input": v})
			}
			delete(waiting, name)
		}
	}
	for name, expr := range waiting {
		c.reportf(expr.Range(), "%s refers to itself", name)
	}
}

func (c *checker) scope() *hcl.EvalContext {
	names := map[string]cty.Value{"var": cty.ObjectVal(c.variables), "local": cty.ObjectVal(c.locals)}
	for kind, objects := range c.resources {
		names[kind] = cty.ObjectVal(objects)
	}
	kinds := map[string]cty.Value{}
	for kind, objects := range c.data {
		kinds[kind] = cty.ObjectVal(objects)
	}
	names["data"] = cty.ObjectVal(kinds)
	return &hcl.EvalContext{Variables: names, Functions: functions}
}

// evaluate returns an expression's value, and reports it if its type is not want.
func (c *checker) evaluate(expr hclsyntax.Expression, ctx *hcl.EvalContext, want cty.Type) cty.Value {
	v, diags := expr.Value(ctx)
	c.diagnose(diags)
	if diags.HasErrors() {
		return cty.DynamicVal
	}
	if _, err := convert.Convert(v, want); err != nil {
		c.reportf(expr.Range(), "want %s: %v", want.FriendlyName(), err)
	}
	return v
}

func (c *checker) diagnose(diags hcl.Diagnostics) {
	for _, d := range diags {
		at := hcl.Range{}
		if d.Subject != nil {
			at = *d.Subject
		}
		c.reportf(at, "%s: %s", d.Summary, d.Detail)
	}
}
