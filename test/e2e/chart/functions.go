package chart

import (
	"fmt"
	"slices"
	"strings"
	"text/template"

	"sigs.k8s.io/yaml"
)

// functions that the chart's templates call, as helm and sprig define them. A chart that
// calls another one is not read.
func functions(all *template.Template) template.FuncMap {
	indent := func(n int, s string) string {
		pad := strings.Repeat(" ", n)
		return pad + strings.ReplaceAll(s, "\n", "\n"+pad)
	}
	execute := func(t *template.Template, name string, data any) (string, error) {
		var out strings.Builder
		err := t.ExecuteTemplate(&out, name, data)
		return out.String(), err
	}
	return template.FuncMap{
		"include": func(name string, data any) (string, error) { return execute(all, name, data) },
		"tpl": func(text string, data any) (string, error) {
			t, err := all.Clone()
			if err == nil {
				_, err = t.New("tpl").Parse(text)
			}
			if err != nil {
				return "", err
			}
			return execute(t, "tpl", data)
		},
		"toYaml": func(v any) (string, error) {
			b, err := yaml.Marshal(v)
			return strings.TrimSuffix(string(b), "\n"), err
		},
		"indent":  indent,
		"nindent": func(n int, s string) string { return "\n" + indent(n, s) },
		"default": func(otherwise, v any) any {
			if truth, ok := template.IsTrue(v); !ok || !truth {
				return otherwise
			}
			return v
		},
		"has":        func(item any, list []any) bool { return slices.Contains(list, item) },
		"quote":      func(v any) string { return fmt.Sprintf("%q", fmt.Sprint(v)) },
		"replace":    func(old, with, s string) string { return strings.ReplaceAll(s, old, with) },
		"trunc":      func(n int, s string) string { return s[:min(n, len(s))] },
		"trimSuffix": func(suffix, s string) string { return strings.TrimSuffix(s, suffix) },
	}
}
