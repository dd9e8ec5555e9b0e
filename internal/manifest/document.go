// Package manifest reads the objects in files as kubectl does, and knows the line of each of
// their fields.
package manifest

import (
	"fmt"

	"go.yaml.in/yaml/v3"
)

// A Document is one object of a file: a document of its own, or an item of a List.
type Document struct {
	File   string
	Object map[string]any // as an API server decodes it
	node   *yaml.Node     // nil where the lines are not known
	before int            // lines of the file before the document
	first  int            // line of the file that the document begins in
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
	at, line := d.node, 0
	for _, step := range steps(path) {
		key, value := child(at, step, maxDepth)
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

// maxDepth is how far aliases and merged objects are followed: they may name each other.
const maxDepth = 100

// child returns a field of an object, or an item of a list, and what has its line.
func child(n *yaml.Node, step string, depth int) (key, value *yaml.Node) {
	if n == nil || depth == 0 {
		return nil, nil
	}
	switch n.Kind { //nolint:exhaustive // A scalar has none.
	case yaml.DocumentNode:
		if len(n.Content) == 1 {
			return child(n.Content[0], step, depth-1)
		}
	case yaml.AliasNode:
		return child(n.Alias, step, depth-1)
	case yaml.MappingNode:
		return field(n, step, depth)
	case yaml.SequenceNode:
		var i int
		if _, err := fmt.Sscanf(step, "[%d]", &i); err == nil && i >= 0 && i < len(n.Content) {
			return n.Content[i], n.Content[i]
		}
	}
	return nil, nil
}

// field is child of an object. What is merged into it counts where it does not say itself.
func field(n *yaml.Node, name string, depth int) (key, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Tag != "!!merge" {
			continue
		}
		into := n.Content[i+1]
		if _, value := child(into, name, depth-1); value != nil {
			return n.Content[i], value
		}
		for _, one := range into.Content {
			if _, value := child(one, name, depth-1); value != nil {
				return n.Content[i], value
			}
		}
	}
	return nil, nil
}
