package moduletest

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// block checks a block at the top of a module.
func (c *checker) block(b *hclsyntax.Block) {
	ctx := c.scope()
	switch b.Type {
	case "locals": // evaluated before
	case "terraform":
		c.settings(b)
	case "variable":
		v := c.variables[b.Labels[0]]
		c.attributes(b, ctx, map[string]cty.Type{"description": cty.String, "default": v.Type(), "nullable": cty.Bool}, "type")
		c.conditions(b.Body, ctx, "validation")
	case "output":
		c.attributes(b, ctx, map[string]cty.Type{"description": cty.String, "value": cty.DynamicPseudoType, "sensitive": cty.Bool})
	case "import":
		each := with(ctx, map[string]cty.Value{"each": cty.ObjectVal(map[string]cty.Value{"value": cty.UnknownVal(cty.String)})})
		c.attributes(b, each, map[string]cty.Type{"to": cty.DynamicPseudoType, "id": cty.String, "for_each": cty.DynamicPseudoType})
	case "resource":
		c.resource(b, c.schema.Resources[b.Labels[0]], ctx)
	case "data":
		c.resource(b, c.schema.DataSources[b.Labels[0]], ctx)
	default:
		c.reportf(b.TypeRange, "no block %s is expected here", b.Type)
	}
}

// settings checks that every provider is pinned to one version.
func (c *checker) settings(b *hclsyntax.Block) {
	for _, providers := range b.Body.Blocks {
		for name, attr := range providers.Body.Attributes {
			v := c.evaluate(attr.Expr, &hcl.EvalContext{}, cty.Map(cty.String))
			if version := v.GetAttr("version").AsString(); version == "" || version[0] < '0' || version[0] > '9' {
				c.reportf(attr.SrcRange, "provider %s is not pinned: %q", name, version)
			}
		}
	}
}

// attributes checks the attributes of a block that is OpenTofu's own.
func (c *checker) attributes(b *hclsyntax.Block, ctx *hcl.EvalContext, types map[string]cty.Type, others ...string) {
	for name, attr := range b.Body.Attributes {
		t, ok := types[name]
		switch {
		case ok:
			c.evaluate(attr.Expr, ctx, t)
		case !slices.Contains(others, name):
			c.reportf(attr.SrcRange, "%s has no attribute %s", b.Type, name)
		}
	}
}

// conditions checks the blocks of a condition and what is said if it fails.
func (c *checker) conditions(body *hclsyntax.Body, ctx *hcl.EvalContext, kinds ...string) {
	for _, b := range body.Blocks {
		if !slices.Contains(kinds, b.Type) {
			c.reportf(b.TypeRange, "no block %s is expected here", b.Type)
			continue
		}
		c.attributes(b, ctx, map[string]cty.Type{"condition": cty.Bool, "error_message": cty.String})
		if len(b.Body.Attributes) != 2 {
			c.reportf(b.TypeRange, "%s needs condition and error_message", b.Type)
		}
	}
}

func (c *checker) resource(b *hclsyntax.Block, schema *blockSchema, ctx *hcl.EvalContext) {
	if schema == nil {
		return // reported when it was declared
	}
	if count, ok := b.Body.Attributes["count"]; ok {
		c.evaluate(count.Expr, ctx, cty.Number)
	}
	if after, ok := b.Body.Attributes["depends_on"]; ok {
		c.evaluate(after.Expr, ctx, cty.DynamicPseudoType)
	}
	c.body(b.Body, schema, ctx, "count", "depends_on")
	self := with(ctx, map[string]cty.Value{"self": cty.UnknownVal(schema.object())})
	for _, nested := range b.Body.Blocks {
		switch nested.Type {
		case "lifecycle":
			c.lifecycle(nested, schema, self)
		case "provisioner":
			// What runs at a destroy knows of nothing else any more.
			itself := &hcl.EvalContext{Variables: self.Variables, Functions: functions}
			c.attributes(nested, itself, map[string]cty.Type{"command": cty.String, "environment": cty.Map(cty.String)}, "when")
		}
	}
}

// body checks a block's content by its schema.
func (c *checker) body(body *hclsyntax.Body, schema *blockSchema, ctx *hcl.EvalContext, own ...string) {
	for name, attr := range body.Attributes {
		if slices.Contains(own, name) {
			continue
		}
		a, ok := schema.Attributes[name]
		switch {
		case !ok:
			c.reportf(attr.SrcRange, "no attribute %s", name)
		case !a.Required && !a.Optional:
			c.reportf(attr.SrcRange, "attribute %s cannot be set", name)
		default:
			c.evaluate(attr.Expr, ctx, a.ctyType())
		}
	}
	for name, a := range schema.Attributes {
		if _, ok := body.Attributes[name]; a.Required && !ok {
			c.reportf(body.SrcRange, "attribute %s is required", name)
		}
	}
	count := map[string]int{}
	for _, b := range body.Blocks {
		if b.Type != "lifecycle" && b.Type != "provisioner" {
			c.nested(b, schema, ctx, count)
		}
	}
	for name, n := range schema.Blocks {
		if count[name] < n.MinItems || n.MaxItems > 0 && count[name] > n.MaxItems {
			c.reportf(body.SrcRange, "%d blocks %s, want %d to %d", count[name], name, n.MinItems, n.MaxItems)
		}
	}
}

func (c *checker) nested(b *hclsyntax.Block, schema *blockSchema, ctx *hcl.EvalContext, count map[string]int) {
	name, body := b.Type, b.Body
	if b.Type == "dynamic" {
		name = b.Labels[0]
		each := c.evaluate(b.Body.Attributes["for_each"].Expr, ctx, cty.DynamicPseudoType)
		ctx = with(ctx, map[string]cty.Value{name: cty.ObjectVal(map[string]cty.Value{"key": cty.DynamicVal, "value": cty.UnknownVal(item(each.Type()))})})
		body = b.Body.Blocks[0].Body
	}
	n, ok := schema.Blocks[name]
	if !ok {
		c.reportf(b.TypeRange, "no block %s", name)
		return
	}
	count[name]++
	c.body(body, n.Block, ctx)
}

// item is the type of what a dynamic block goes over.
func item(t cty.Type) cty.Type {
	if t.IsTupleType() && t.Length() > 0 {
		return t.TupleElementType(0)
	}
	return element(t)
}

func (c *checker) lifecycle(b *hclsyntax.Block, schema *blockSchema, ctx *hcl.EvalContext) {
	c.conditions(b.Body, ctx, "precondition", "postcondition")
	for name, attr := range b.Body.Attributes {
		if name != "ignore_changes" {
			c.reportf(attr.SrcRange, "lifecycle has no attribute %s", name)
			continue
		}
		if hcl.ExprAsKeyword(attr.Expr) == "all" {
			continue
		}
		fields, diags := hcl.ExprList(attr.Expr)
		c.diagnose(diags)
		for _, f := range fields {
			field := hcl.ExprAsKeyword(f)
			_, isAttribute := schema.Attributes[field]
			if _, isBlock := schema.Blocks[field]; !isAttribute && !isBlock {
				c.reportf(f.Range(), "ignore_changes names %q, which there is not", field)
			}
		}
	}
}
