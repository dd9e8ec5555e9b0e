// Package manifest reads the objects in files as kubectl does, and knows the line of each of
// their fields.
package manifest

import (
	"fmt"

	"go.yaml.in/yaml/v3"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	kyaml "sigs.k8s.io/yaml"
)

// A Document is one object of a file: a document of its own, or an item of a List.
type Document struct {
	File   string
	Object map[string]any // as an API server decodes it
	node   *yaml.Node     // nil where the lines are not known
	before int            // lines of the file before the document
	first  int            // line of the file that the document begins in
}

// Decode is one object of YAML or JSON as an API server decodes it: whole numbers are integers, and
// no field stands twice.
func Decode(text []byte) (map[string]any, error) {
	j, err := kyaml.YAMLToJSONStrict(text)
	if err != nil {
		return nil, err
	}
	o := map[string]any{}
	if err := utiljson.Unmarshal(j, &o); err != nil {
		return nil, fmt.Errorf("no object: %w", err)
	}
	return o, nil
}

// APIVersion of the object, or "".
func (d *Document) APIVersion() string { return d.Text("apiVersion") }

// Kind of the object, or "".
func (d *Document) Kind() string { return d.Text("kind") }

// Text is a string of the object, or "".
func (d *Document) Text(path ...string) string {
	var v any = d.Object
	for _, key := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return ""
		}
		v = m[key]
	}
	s, _ := v.(string)
	return s
}

// Texts are the strings of an object in the object, such as labels, by their keys.
func (d *Document) Texts(path ...string) map[string]string {
	var v any = d.Object
	for _, key := range path {
		m, _ := v.(map[string]any)
		v = m[key]
	}
	m, _ := v.(map[string]any)
	out := make(map[string]string, len(m))
	for key, v := range m {
		out[key] = fmt.Sprint(v)
	}
	return out
}

// Line is the line of the field at a path such as spec.access[0].role, or of what is there of
// the way to it. It is where the object begins where nothing is.
func (d *Document) Line(path string) int {
	at, line, look := d.node, 0, &search{left: maxSearch}
	for _, step := range steps(path) {
		key, value := look.child(at, step)
		if value == nil {
			break
		}
		at, line = value, key.Line
	}
	if line == 0 {
		return d.first
	}
	return d.before + line
}
