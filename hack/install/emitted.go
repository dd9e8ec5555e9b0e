package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/yaml"
)

// composer is the function that the kinds are from: the others add none.
const composer = "functions/multicloud-db"

// A kind of managed resource, without its scope, such as sql.gcp and User.
type kind struct{ group, name string }

// emitted lists the CRDs of the kinds that the Compositions emit in one scope: the
// kinds are read from the source of the function that composes them, their names
// in the API from the snapshot of the providers' CRDs.
func emitted(root string, namespaced bool) ([]string, error) {
	kinds, err := declared(filepath.Join(root, composer))
	if err != nil {
		return nil, err
	}
	served, err := served(filepath.Join(root, "test", "crds", "snapshot"), namespaced)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, k := range kinds {
		name, ok := served[k]
		if !ok {
			return nil, fmt.Errorf("no CRD in test/crds/snapshot serves %s of %s; add it to the kinds of hack/crds, and run make truth", k.name, k.group)
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

// declared finds the kinds in the source below a folder: every managed.Kind{…} in it.
func declared(dir string) ([]kind, error) {
	var kinds []kind
	err := filepath.WalkDir(dir, func(f string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(f) != ".go" || strings.HasSuffix(f, "_test.go") {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), f, nil, parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("cannot read the source: %w", err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if k := kindOf(n); k != (kind{}) && !slices.Contains(kinds, k) {
				kinds = append(kinds, k)
			}
			return true
		})
		return nil
	})
	if err == nil && len(kinds) == 0 {
		err = fmt.Errorf("no source in %s composes a kind", dir)
	}
	return kinds, err
}

// kindOf a composite literal of type managed.Kind with Group and Kind, or nothing.
func kindOf(n ast.Node) kind {
	literal, ok := n.(*ast.CompositeLit)
	if !ok {
		return kind{}
	}
	selector, ok := literal.Type.(*ast.SelectorExpr)
	if from, isName := literalOf(selector); !ok || !isName || from != "managed" || selector.Sel.Name != "Kind" {
		return kind{}
	}
	fields := map[string]string{}
	for _, e := range literal.Elts {
		pair, _ := e.(*ast.KeyValueExpr)
		if pair == nil {
			continue
		}
		key, _ := pair.Key.(*ast.Ident)
		value, _ := pair.Value.(*ast.BasicLit)
		if key == nil || value == nil {
			continue
		}
		if text, err := strconv.Unquote(value.Value); err == nil {
			fields[key.Name] = text
		}
	}
	return kind{group: fields["Group"], name: fields["Kind"]}
}

func literalOf(s *ast.SelectorExpr) (string, bool) {
	if s == nil {
		return "", false
	}
	x, ok := s.X.(*ast.Ident)
	if !ok {
		return "", false
	}
	return x.Name, true
}

// served returns the names of the CRDs of one scope by what they serve.
func served(snapshot string, namespaced bool) (map[kind]string, error) {
	files, err := filepath.Glob(filepath.Join(snapshot, "*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, errors.Join(fmt.Errorf("no CRDs in %s", snapshot), err)
	}
	names := map[kind]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("cannot read a CRD: %w", err)
		}
		crd := struct {
			Metadata struct {
				Name string `json:"name"`
			} `json:"metadata"`
			Spec struct {
				Group string `json:"group"`
				Names struct {
					Kind string `json:"kind"`
				} `json:"names"`
			} `json:"spec"`
		}{}
		if err := yaml.Unmarshal(b, &crd); err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", f, err)
		}
		group, m := strings.CutSuffix(strings.TrimSuffix(crd.Spec.Group, ".upbound.io"), ".m")
		if m == namespaced {
			names[kind{group: group, name: crd.Spec.Names.Kind}] = crd.Metadata.Name
		}
	}
	return names, nil
}
