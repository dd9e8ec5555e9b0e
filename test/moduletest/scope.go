package moduletest

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/tryfunc"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// functions are those of OpenTofu that the modules call.
var functions = map[string]function.Function{
	"alltrue":      allTrue,
	"base64decode": text,
	"can":          tryfunc.CanFunc,
	"coalesce":     stdlib.CoalesceFunc,
	"concat":       stdlib.ConcatFunc,
	"contains":     stdlib.ContainsFunc,
	"endswith":     affix(strings.HasSuffix),
	"floor":        stdlib.FloorFunc,
	"join":         stdlib.JoinFunc,
	"jsondecode":   stdlib.JSONDecodeFunc,
	"jsonencode":   stdlib.JSONEncodeFunc,
	"length":       stdlib.LengthFunc,
	"nonsensitive": same(func(t cty.Type) cty.Type { return t }),
	"one":          same(element),
	"range":        stdlib.RangeFunc,
	"regex":        stdlib.RegexFunc,
	"replace":      stdlib.ReplaceFunc, // OpenTofu takes a pattern between slashes too
	"sort":         stdlib.SortFunc,
	"split":        stdlib.SplitFunc,
	"startswith":   affix(strings.HasPrefix),
	"substr":       stdlib.SubstrFunc,
	"tonumber":     stdlib.MakeToFunc(cty.Number),
	"tostring":     stdlib.MakeToFunc(cty.String),
	"trimprefix":   stdlib.TrimPrefixFunc,
	"try":          tryfunc.TryFunc,
}

// text is a function from text to text whose result is not looked at.
var text = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.String, AllowUnknown: true}},
	Type:   function.StaticReturnType(cty.String),
	Impl: func([]cty.Value, cty.Type) (cty.Value, error) {
		return cty.UnknownVal(cty.String), nil
	},
})

var allTrue = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Bool)}},
	Type:   function.StaticReturnType(cty.Bool),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		all := cty.True
		for _, v := range args[0].AsValueSlice() {
			all = all.And(v)
		}
		return all, nil
	},
})

// same is a function whose result's type follows from its argument's.
func same(result func(cty.Type) cty.Type) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowUnknown: true, AllowNull: true, AllowDynamicType: true}},
		Type: func(args []cty.Value) (cty.Type, error) {
			return result(args[0].Type()), nil
		},
		Impl: func(_ []cty.Value, t cty.Type) (cty.Value, error) {
			return cty.UnknownVal(t), nil
		},
	})
}

func element(t cty.Type) cty.Type {
	if t.IsListType() || t.IsSetType() {
		return t.ElementType()
	}
	return cty.DynamicPseudoType
}

func affix(has func(string, string) bool) function.Function {
	param := function.Parameter{Type: cty.String}
	return function.New(&function.Spec{
		Params: []function.Parameter{param, param},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			return cty.BoolVal(has(args[0].AsString(), args[1].AsString())), nil
		},
	})
}

// with is the scope with more names in it.
func with(ctx *hcl.EvalContext, names map[string]cty.Value) *hcl.EvalContext {
	child := ctx.NewChild()
	child.Variables = names
	return child
}
