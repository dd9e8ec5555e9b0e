package manifest

import (
	"bytes"
	"errors"
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

// Parse reads the objects in a file that are wanted by their apiVersion and kind. Each document
// that is wanted has one of the words, unless it hides them. One that nobody can read is a mistake
// where a word says that it may be wanted.
func Parse(file string, b []byte, wanted func(apiVersion, kind string) bool, words ...Word) (docs []*Document, mistakes []Mistake) {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	switch at := wide(b); {
	case at >= 0:
		return nil, []Mistake{{File: file, Line: 1 + bytes.Count(b[:at], []byte("\n")), Text: "is UTF-16, or no text at all; make it UTF-8"}}
	case !has(b, words) && !isHiding(b):
		return nil, nil
	case len(b) > MaxFile:
		return nil, []Mistake{TooLarge(file, int64(len(b)))}
	case !utf8.Valid(b) && (says(b, words) || isHiding(b)):
		return nil, []Mistake{{File: file, Line: lineOfInvalid(b), Text: "is no UTF-8"}}
	}
	for _, part := range split(b) {
		if !has(part.text, words) && !isHiding(part.text) {
			continue
		}
		part.named = says(part.text, words)
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
