package multiclouddb

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// reasonAt is which argument of a function is a condition's reason.
var reasonAt = map[string]int{"refuse": 0, "Refuse": 0, "fail": 0, "fatal": 0, "say": 1, "Fatal": 2, "Unknown": 2, "EndOfLife": 1, "tell": 1, "Rotation": 1}

// typeOf is the type of a condition that a function makes, where it is not Composed.
var typeOf = map[string]string{"say": "Provisioned", "EndOfLife": "EndOfLife", "tell": "Delivered", "Rotation": "Rotated"}

// reasons are those of each condition, by its type, read from the source of this function and of what
// serves it.
func reasons(t *testing.T) map[string]map[string]bool {
	t.Helper()
	out := map[string]map[string]bool{"Composed": {}, "Provisioned": {}, "EndOfLife": {}, "Delivered": {}, "Rotated": {}}
	constants := map[string]string{}
	var found []ast.Expr
	is := map[ast.Expr]map[string]bool{}
	add := func(to map[string]bool, e ast.Expr) { found, is[e] = append(found, e), to }
	for _, root := range []string{".", "../../internal/runner"} {
		for _, f := range sources(t, root) {
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ValueSpec:
					for i, name := range n.Names {
						if i < len(n.Values) {
							constants[name.Name] = text(n.Values[i])
						}
					}
				case *ast.CallExpr:
					i, ok := reasonAt[nameOf(n.Fun)]
					if !ok || i >= len(n.Args) {
						break
					}
					typ := typeOf[nameOf(n.Fun)]
					if typ == "" {
						typ = "Composed"
					}
					if nameOf(n.Fun) == "Unknown" && nameOf(n.Args[1]) == "ConditionProvisioned" {
						typ = "Provisioned"
					}
					add(out[typ], n.Args[i])
				case *ast.KeyValueExpr:
					switch nameOf(n.Key) {
					case "Reason":
						add(out["Composed"], n.Value)
					case "reason": // of a standing
						add(out["Provisioned"], n.Value)
					}
				case *ast.AssignStmt:
					for i, to := range n.Lhs {
						if s, ok := to.(*ast.SelectorExpr); ok && s.Sel.Name == "Reason" && i < len(n.Rhs) {
							add(out["Composed"], n.Rhs[i])
						}
					}
				case *ast.FuncDecl:
					if r := n.Type.Results; r != nil && len(r.List[0].Names) > 0 && r.List[0].Names[0].Name == "reason" {
						ast.Inspect(n.Body, func(n ast.Node) bool {
							if ret, ok := n.(*ast.ReturnStmt); ok && len(ret.Results) > 0 {
								add(out["Composed"], ret.Results[0])
							}
							return true
						})
					}
				}
				return true
			})
		}
	}
	for _, e := range found {
		word := text(e)
		if word == "" {
			word = constants[nameOf(e)]
		}
		if word != "" {
			is[e][word] = true
		}
	}
	return out
}

// sources of the packages below a folder, without tests.
func sources(t *testing.T, root string) []*ast.File {
	t.Helper()
	var out []*ast.File
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		out = append(out, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// text is the value of a string in the source, or "".
func text(e ast.Expr) string {
	if l, ok := e.(*ast.BasicLit); ok && l.Kind == token.STRING {
		s, _ := strconv.Unquote(l.Value) //nolint:errcheck // The parser has read it.
		return s
	}
	return ""
}

// nameOf is the last name of an expression: of a.b it is b.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// TestReadmeReasons holds that the README has a row for each reason that the source has,
// and for no other.
func TestReadmeReasons(t *testing.T) {
	t.Parallel()
	for typ, got := range reasons(t) {
		head := "`" + typ + "`"
		rows := slices.Sorted(maps.Keys(table(t, head+" | status")))
		if diff := cmp.Diff(slices.Sorted(maps.Keys(got)), rows); diff != "" {
			t.Errorf("%s: -source, +README:\n%s", head, diff)
		}
	}
}
