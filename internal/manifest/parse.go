package manifest

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	kyaml "sigs.k8s.io/yaml"
)

// A Mistake is why a document was not read.
type Mistake struct {
	File     string
	Line     int
	Text     string
	Template bool // it is no manifest yet, but what one is made of
}

// maxFile is how large a file may be: an API server takes objects of at most 3 MiB.
const maxFile = 32 << 20

// Parse reads the objects in a file that are wanted by their apiVersion and kind. A document
// that nobody can read is a mistake where one of the words says that it may be wanted.
func Parse(file string, b []byte, wanted func(apiVersion, kind string) bool, words ...string) (docs []*Document, mistakes []Mistake) {
	relevant := func(text []byte) bool {
		for _, w := range words {
			if bytes.Contains(text, []byte(w)) {
				return true
			}
		}
		return false
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	switch {
	case !relevant(b):
		return nil, nil
	case len(b) > maxFile:
		return nil, []Mistake{{File: file, Line: 1, Text: fmt.Sprintf("has %d MiB, and is not read; allowed are %d", len(b)>>20, maxFile>>20)}}
	case !utf8.Valid(b):
		return nil, []Mistake{{File: file, Line: lineOfInvalid(b), Text: "is no UTF-8"}}
	}
	for _, part := range split(b) {
		if !relevant(part.text) {
			continue
		}
		found, mistake := part.objects(file, wanted)
		if mistake != nil {
			mistakes = append(mistakes, *mistake)
		}
		docs = append(docs, found...)
	}
	return docs, mistakes
}

func lineOfInvalid(b []byte) int {
	valid := len(b) - len(bytes.TrimLeftFunc(b, func(r rune) bool { return r != utf8.RuneError }))
	return 1 + bytes.Count(b[:valid], []byte("\n"))
}

// A part of a file is one document, and the lines before it.
type part struct {
	text   []byte
	before int
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
			out = append(out, part{b[begin:at], before})
			begin, before = at, line
		}
		at = end
	}
	return append(out, part{b[begin:], before})
}

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

// objects of a document, of which a List has several.
func (p part) objects(file string, wanted func(apiVersion, kind string) bool) ([]*Document, *Mistake) {
	text := p.text
	if trimmed := bytes.TrimSpace(text); bytes.HasPrefix(trimmed, []byte("{")) {
		text = bytes.ReplaceAll(text, []byte("\t"), []byte(" ")) // JSON has tabs between its tokens only, and YAML takes none
	}
	template := bytes.Contains(text, []byte("{{"))
	mistake := func(err error) *Mistake {
		m := &Mistake{File: file, Line: p.firstLine(), Template: template, Text: "cannot be read: " + oneLine(err)}
		if of := lineForm.FindStringSubmatch(err.Error()); of != nil {
			n, _ := strconv.Atoi(of[1]) //nolint:errcheck // Digits.
			m.Line = p.before + max(n, 1)
		}
		return m
	}
	node := &yaml.Node{}
	if err := yaml.Unmarshal(text, node); err != nil {
		return nil, mistake(err)
	}
	if !anyWanted(node, wanted, maxDepth) {
		return nil, nil
	}
	j, err := kyaml.YAMLToJSONStrict(text)
	if err != nil {
		return nil, mistake(err)
	}
	o := map[string]any{}
	if err := utiljson.Unmarshal(j, &o); err != nil {
		return nil, mistake(errors.New("no object: " + err.Error()))
	}
	if template && hasTemplate(node) {
		return nil, &Mistake{File: file, Line: p.firstLine(), Template: true, Text: "has a field that a template is to fill in"}
	}
	doc := &Document{File: file, Object: o, node: node, before: p.before, first: p.firstLine()}
	return doc.items(wanted, maxDepth), nil
}

// lineForm is how the YAML packages name a line.
var lineForm = regexp.MustCompile(`line ([0-9]{1,9})`)

// oneLine is an error on one line, without the lines that it names: they count from the
// document's first.
func oneLine(err error) string {
	text := strings.Join(strings.Fields(err.Error()), " ")
	text = around.ReplaceAllString(text, "")
	const most = 300
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

// around an error the YAML packages write this.
var around = regexp.MustCompile(`^(error converting YAML to JSON: )?(yaml: )?(unmarshal errors: )?(line [0-9]+: )?`)

// hasTemplate reports whether a name or a value is for a template to fill in, as Helm's are.
func hasTemplate(n *yaml.Node) bool {
	return strings.Contains(n.Value, "{{") || slices.ContainsFunc(n.Content, hasTemplate)
}

// anyWanted reports whether an object of a document, or an item of its List, is wanted.
func anyWanted(n *yaml.Node, wanted func(apiVersion, kind string) bool, depth int) bool {
	if depth == 0 {
		return false
	}
	text := func(name string) string {
		_, v := child(n, name, maxDepth)
		if v != nil && v.Kind == yaml.AliasNode {
			v = v.Alias
		}
		if v == nil {
			return ""
		}
		return v.Value
	}
	if wanted(text("apiVersion"), text("kind")) {
		return true
	}
	if !strings.HasSuffix(text("kind"), "List") {
		return false
	}
	_, items := child(n, "items", maxDepth)
	if items == nil || items.Kind != yaml.SequenceNode {
		return false
	}
	for _, item := range items.Content {
		if anyWanted(item, wanted, depth-1) {
			return true
		}
	}
	return false
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
	_, nodes := child(d.node, "items", maxDepth)
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
