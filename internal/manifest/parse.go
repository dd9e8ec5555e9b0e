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
)

// A Mistake is why a document was not read.
type Mistake struct {
	File     string
	Line     int
	Text     string
	Template bool // it is no manifest yet, but what one is made of
}

// MaxFile is how large a file may be: an API server takes objects of at most 3 MiB.
const MaxFile = 32 << 20

// Parse reads the objects in a file that are wanted by their apiVersion and kind. A document
// that nobody can read is a mistake where one of the words says that it may be wanted: they are
// words that each document has which is wanted, unless it hides them.
func Parse(file string, b []byte, wanted func(apiVersion, kind string) bool, words ...string) (docs []*Document, mistakes []Mistake) {
	named := func(text []byte) bool {
		return slices.ContainsFunc(words, func(w string) bool { return bytes.Contains(text, []byte(w)) })
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	switch at := wide(b); {
	case at >= 0:
		return nil, []Mistake{{File: file, Line: 1 + bytes.Count(b[:at], []byte("\n")), Text: "is UTF-16, or no text at all; make it UTF-8"}}
	case !named(b) && !hides.Match(b):
		return nil, nil
	case len(b) > MaxFile:
		return nil, []Mistake{{File: file, Line: 1, Text: fmt.Sprintf("has %d MiB, and is not read; allowed are %d", len(b)>>20, MaxFile>>20)}}
	case !utf8.Valid(b):
		return nil, []Mistake{{File: file, Line: lineOfInvalid(b), Text: "is no UTF-8"}}
	}
	for _, part := range split(b) {
		part.named = named(part.text)
		if !part.named && !hides.Match(part.text) {
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

// hides finds what a document writes letters by that its bytes do not have: escapes of JSON and of
// YAML's double quotes, a line that goes on, and binary data, by whatever name of its tag
// (https://yaml.org/spec/1.2.2, 5.7 and 6.9.1).
var hides = regexp.MustCompile(`\\[xuU/\r\n]|!!binary|!<|%TAG|!\S*%[0-9A-Fa-f]`)

// wide returns where a file is seen to be of another width than UTF-8, which kubectl's YAML reads
// and no search for words does, or -1.
func wide(b []byte) int {
	if bytes.HasPrefix(b, []byte("\xfe\xff")) || bytes.HasPrefix(b, []byte("\xff\xfe")) {
		return 0
	}
	return bytes.IndexByte(b, 0)
}

func lineOfInvalid(b []byte) int {
	valid := len(b) - len(bytes.TrimLeftFunc(b, func(r rune) bool { return r != utf8.RuneError }))
	return 1 + bytes.Count(b[:valid], []byte("\n"))
}

// objects of a document, of which a List has several.
func (p part) objects(file string, wanted func(apiVersion, kind string) bool) ([]*Document, *Mistake) {
	text := p.text
	if p.isJSON() {
		text = asYAML(text)
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
	node, more, err := nodeOf(text)
	switch {
	case err != nil && !p.named && !isApplied(text, wanted):
		return nil, nil // nobody else can read it either
	case err != nil:
		return nil, mistake(err)
	case more && p.named:
		return nil, mistake(errors.New("more follows after the object; begin each one with a line ---"))
	}
	look := &search{left: maxSearch + 2*len(text)} // without aliases there is less than that in a text
	switch isWanted := look.anyWanted(node, wanted, maxDepth); {
	case look.left <= 0:
		return nil, mistake(errors.New("has too many aliases, or fields that stand twice; write out what they stand for"))
	case !isWanted:
		return nil, nil
	}
	o, err := Decode(text)
	if err != nil {
		return nil, mistake(err)
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
