// Package chart renders Crossplane's chart as helm does, by the template language of Go's
// own library and the few functions that the chart calls. To build helm for it takes
// longer than to build Crossplane.
package chart

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/template"

	"sigs.k8s.io/yaml"
)

// A Release is what a command of helm installs.
type Release struct {
	Chart, Name, Namespace string
	Set                    map[string]any // values by their path, such as provider.defaultActivations
}

// Parse reads a command that installs a chart. It takes the flags that the project's
// pages use, and refuses others: it does not know what they change.
func Parse(command string) (Release, error) {
	words, err := split(command)
	if err != nil {
		return Release{}, err
	}
	if len(words) < 5 || !slices.Equal(words[:3], []string{"helm", "upgrade", "--install"}) {
		return Release{}, fmt.Errorf("%q is not helm upgrade --install NAME CHART", command)
	}
	r := Release{Name: words[3], Chart: words[4], Namespace: "default", Set: map[string]any{}}
	for i := 5; i < len(words); i++ {
		value := func() string {
			if i++; i < len(words) {
				return words[i]
			}
			return ""
		}
		switch words[i] {
		case "--create-namespace":
		case "-n":
			r.Namespace = value()
		case "--set":
			path, braces, _ := strings.Cut(value(), "=")
			items, ok := strings.CutPrefix(braces, "{")
			items, closed := strings.CutSuffix(items, "}")
			if !ok || !closed {
				return Release{}, fmt.Errorf("--set %s: %q is no list in braces, which is all that is read here", path, braces)
			}
			r.Set[path] = list(items)
		default:
			return Release{}, fmt.Errorf("helm's %q is not read here; the flags that are: --create-namespace, -n, --set", words[i])
		}
	}
	return r, nil
}

// list of items between commas. As helm has it, no item is one empty word.
func list(items string) []any {
	var out []any
	for item := range strings.SplitSeq(items, ",") {
		out = append(out, item)
	}
	return out
}

// split makes words of a command, as a shell does with single quotes.
func split(command string) ([]string, error) {
	var words []string
	command = strings.ReplaceAll(command, "\\\n", " ")
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 { // within quotes
			words = append(words, part)
			continue
		}
		words = append(words, strings.Fields(part)...)
	}
	if strings.Count(command, "'")%2 == 1 || strings.ContainsAny(command, "\"$;&|<>") {
		return nil, fmt.Errorf("%q needs a shell", command)
	}
	return words, nil
}

// Render returns the chart's manifests in one text. A value that is set has to be one
// that the chart's values.yaml knows: helm takes any, and a typo changes nothing.
func (r Release) Render() ([]byte, error) {
	values, meta := map[string]any{}, map[string]any{}
	for name, into := range map[string]*map[string]any{"values.yaml": &values, "Chart.yaml": &meta} {
		b, err := os.ReadFile(filepath.Join(r.Chart, name))
		if err != nil {
			return nil, fmt.Errorf("cannot read the chart: %w", err)
		}
		if err := yaml.Unmarshal(b, into); err != nil {
			return nil, fmt.Errorf("cannot read %s of the chart: %w", name, err)
		}
	}
	for path, v := range r.Set {
		if err := set(values, path, v); err != nil {
			return nil, err
		}
	}
	head := map[string]any{}
	for k, v := range meta { // templates spell name as .Chart.Name
		head[strings.ToUpper(k[:1])+k[1:]] = v
	}
	return r.execute(map[string]any{
		"Values": values, "Chart": head,
		"Release": map[string]any{"Name": r.Name, "Namespace": r.Namespace, "Service": "Helm"},
	})
}

// set puts a value at a path that exists.
func set(values map[string]any, path string, v any) error {
	keys := strings.Split(path, ".")
	for i, k := range keys {
		inner, ok := values[k]
		if !ok {
			return fmt.Errorf(
				"--set %s: the chart has no value %s; those here are %s",
				path, strings.Join(keys[:i+1], "."), strings.Join(slices.Sorted(maps.Keys(values)), ", "),
			)
		}
		if i == len(keys)-1 {
			values[k] = v
			return nil
		}
		if values, ok = inner.(map[string]any); !ok {
			return fmt.Errorf("--set %s: the chart's %s has no fields", path, strings.Join(keys[:i+1], "."))
		}
	}
	return nil
}

// execute runs the templates on the data, in the order of their names.
func (r Release) execute(data map[string]any) ([]byte, error) {
	all := template.New("chart").Option("missingkey=zero")
	all.Funcs(functions(all))
	files, err := filepath.Glob(filepath.Join(r.Chart, "templates", "*"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s has no templates", r.Chart)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("cannot read the chart: %w", err)
		}
		if _, err := all.New(filepath.Base(f)).Parse(string(b)); err != nil {
			return nil, fmt.Errorf("cannot read a template of the chart: %w", err)
		}
	}
	var out bytes.Buffer
	for _, f := range files {
		if filepath.Ext(f) != ".yaml" { // helpers, and notes for people
			continue
		}
		out.WriteString("\n---\n")
		if err := all.ExecuteTemplate(&out, filepath.Base(f), data); err != nil {
			return nil, fmt.Errorf("cannot render the chart: %w", err)
		}
	}
	return bytes.ReplaceAll(out.Bytes(), []byte("<no value>"), nil), nil // as helm does
}
