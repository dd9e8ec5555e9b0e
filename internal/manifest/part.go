package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"regexp"

	"go.yaml.in/yaml/v3"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	kyaml "sigs.k8s.io/yaml"
)

// A part of a file is one document, and the lines before it.
type part struct {
	text   []byte
	before int
	named  bool // it has one of the words that are looked for
}

// split takes a file apart at the lines that begin with ---, as kubectl does. What stands on
// such a line belongs to the document.
func split(b []byte) []part {
	var out []part
	var begin, line, before int
	for at := 0; at < len(b); line++ {
		end := len(b)
		if i := bytes.IndexByte(b[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if rest, ok := bytes.CutPrefix(b[at:end], []byte("---")); ok && at > begin && (len(bytes.TrimSpace(rest)) == 0 || rest[0] == ' ' || rest[0] == '\t') {
			out = append(out, part{text: b[begin:at], before: before}.values()...)
			begin, before = at, line
		}
		at = end
	}
	return append(out, part{text: b[begin:], before: before}.values()...)
}

// values takes apart what has several objects of JSON, one after the other, as kubectl does. What
// follows the last of them is a part as well.
func (p part) values() []part {
	if !p.isJSON() {
		return []part{p}
	}
	var out []part
	begin := 0
	for d := json.NewDecoder(bytes.NewReader(p.text)); d.Decode(&json.RawMessage{}) == nil; {
		end := int(d.InputOffset())
		out = append(out, p.from(begin, end))
		begin = end
	}
	if rest := p.from(begin, len(p.text)); begin == 0 || len(bytes.TrimSpace(rest.text)) > 0 {
		out = append(out, rest)
	}
	return out
}

// from is a piece of a part.
func (p part) from(begin, end int) part {
	return part{text: p.text[begin:end], before: p.before + bytes.Count(p.text[:begin], []byte("\n"))}
}

// isJSON reports whether a part begins as an object of JSON does.
func (p part) isJSON() bool { return bytes.HasPrefix(bytes.TrimSpace(p.text), []byte("{")) }

// firstLine of what is said, in the file.
func (p part) firstLine() int {
	line := p.before + 1
	for text := range bytes.Lines(p.text) {
		if said := bytes.TrimSpace(text); len(said) > 0 && said[0] != '#' && !bytes.HasPrefix(said, []byte("---")) {
			return line
		}
		line++
	}
	return p.before + 1
}

// asYAML is JSON as YAML takes it, in the same lines: without tabs, which JSON has between its tokens
// only, and without escapes that YAML has not (https://yaml.org/spec/1.1, 5.6, as kubectl's has it).
func asYAML(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte("\t"), []byte(" "))
	if !json.Valid(text) {
		return text
	}
	return escape.ReplaceAllFunc(text, func(as []byte) []byte {
		var sign string
		if json.Unmarshal([]byte(`"`+string(as)+`"`), &sign) != nil || as[1] != '/' && len(as) == 2 {
			return as
		}
		return []byte(sign)
	})
}

// escape is one of JSON, of which two together may be one sign.
var escape = regexp.MustCompile(`\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|.)`)

// nodeOf is the first document of a text, and whether more follows.
func nodeOf(text []byte) (node *yaml.Node, more bool, err error) {
	node = &yaml.Node{}
	d := yaml.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(node); err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	return node, !errors.Is(d.Decode(&yaml.Node{}), io.EOF), nil
}

// isApplied reports whether kubectl reads a text, and finds in it what is wanted.
func isApplied(text []byte, wanted func(apiVersion, kind string) bool) bool {
	var o map[string]any
	if utiljson.Unmarshal(text, &o) != nil {
		j, err := kyaml.YAMLToJSON(text)
		if err != nil || utiljson.Unmarshal(j, &o) != nil {
			return false
		}
	}
	return len((&Document{Object: o}).items(wanted, maxDepth)) > 0
}
