package manifest

import (
	"encoding/base64"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxDepth is how far aliases and merged objects are followed: they may name each other.
const maxDepth = 100

// maxSearch is how many nodes are looked at in one search. Aliases of aliases have more than
// anybody can wait for, in a few lines.
const maxSearch = 100_000

// A search goes through the nodes of a document, until nothing is left of what it may look at.
type search struct{ left int }

// child returns a field of an object, or an item of a list, and what has its line.
func (s *search) child(n *yaml.Node, step string) (key, value *yaml.Node) {
	s.each(n, step, maxDepth, func(k, v *yaml.Node) bool {
		key, value = k, v
		return false
	})
	return key, value
}

// each calls a function for all that a document has as a field, or as an item, until it returns
// false: a name may stand twice, and may be merged in.
func (s *search) each(n *yaml.Node, step string, depth int, found func(key, value *yaml.Node) bool) bool {
	s.left--
	if n == nil || depth == 0 || s.left <= 0 {
		return true
	}
	switch n.Kind { //nolint:exhaustive // A scalar has none.
	case yaml.DocumentNode:
		if len(n.Content) == 1 {
			return s.each(n.Content[0], step, depth-1, found)
		}
	case yaml.AliasNode:
		return s.each(n.Alias, step, depth-1, found)
	case yaml.MappingNode:
		return s.fields(n, step, depth, found)
	case yaml.SequenceNode:
		var i int
		if _, err := fmt.Sscanf(step, "[%d]", &i); err == nil && i >= 0 && i < len(n.Content) {
			return found(n.Content[i], n.Content[i])
		}
	}
	return true
}

// fields is each of an object. What is merged into it counts where it does not say itself.
func (s *search) fields(n *yaml.Node, name string, depth int, found func(key, value *yaml.Node) bool) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if scalar(n.Content[i]) == name && !found(n.Content[i], n.Content[i+1]) {
			return false
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, into := n.Content[i], n.Content[i+1]
		if key.Tag != "!!merge" && scalar(key) != "<<" {
			continue
		}
		merged := func(_, value *yaml.Node) bool { return found(key, value) }
		if !s.each(into, name, depth-1, merged) {
			return false
		}
		if into.Kind == yaml.AliasNode {
			into = into.Alias
		}
		for _, one := range into.Content {
			if into.Kind == yaml.SequenceNode && !s.each(one, name, depth-1, merged) {
				return false
			}
		}
	}
	return true
}

// scalar is the text of a node, or "".
func scalar(n *yaml.Node) string {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.ShortTag() == "!!binary" {
		b, _ := base64.StdEncoding.DecodeString(n.Value) //nolint:errcheck // What is no base64 is no text.
		return string(b)
	}
	return n.Value
}

// texts are all that a document says in a field.
func (s *search) texts(n *yaml.Node, name string) []string {
	var out []string
	s.each(n, name, maxDepth, func(_, v *yaml.Node) bool {
		out = append(out, scalar(v))
		return true
	})
	return append(out, "")
}

// anyWanted reports whether an object of a document, or an item of its List, may be wanted. Of
// what it says twice any may count.
func (s *search) anyWanted(n *yaml.Node, wanted func(apiVersion, kind string) bool, depth int) bool {
	if depth == 0 || s.left <= 0 {
		return false
	}
	versions, isList := s.texts(n, "apiVersion"), false
	for _, kind := range s.texts(n, "kind") {
		for _, version := range versions {
			if s.left--; s.left <= 0 || wanted(version, kind) {
				return s.left > 0
			}
		}
		isList = isList || strings.HasSuffix(kind, "List")
	}
	if !isList {
		return false
	}
	isWanted := false
	s.each(n, "items", maxDepth, func(_, items *yaml.Node) bool {
		if items.Kind == yaml.AliasNode {
			items = items.Alias
		}
		for _, item := range items.Content {
			isWanted = isWanted || items.Kind == yaml.SequenceNode && s.anyWanted(item, wanted, depth-1)
		}
		return !isWanted
	})
	return isWanted
}

// items are the objects of a List, or the object itself, that are wanted.
func (d *Document) items(wanted func(apiVersion, kind string) bool, depth int) []*Document {
	list, isList := d.Object["items"].([]any)
	if !isList || !strings.HasSuffix(d.Kind(), "List") || depth == 0 {
		if !wanted(d.APIVersion(), d.Kind()) {
			return nil
		}
		return []*Document{d}
	}
	_, nodes := (&search{left: maxSearch}).child(d.node, "items")
	var out []*Document
	for i, item := range list {
		o, ok := item.(map[string]any)
		if !ok {
			continue
		}
		one := &Document{File: d.File, Object: o, before: d.before, first: d.first}
		if nodes != nil && i < len(nodes.Content) {
			one.node = nodes.Content[i]
			one.first = d.before + one.node.Line
		}
		out = append(out, one.items(wanted, depth-1)...)
	}
	return out
}
