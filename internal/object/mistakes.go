package object

import (
	"errors"
	"fmt"
	"strings"
)

// maxTold is how many mistakes of a document one error lists. Whoever makes more
// mends these first.
const maxTold = 4

// A rank orders mistakes by how much they explain.
type rank int

const (
	unknown rank = iota // a field that nobody reads, which may be why another is missing
	wrong               // a value that does not fit
	missing
	ranks
)

// A mistake is a sentence about the field at a path.
type mistake struct{ path, text string }

// mistakes of a document, which the readers of all its objects share.
type mistakes struct{ of [ranks][]mistake }

// add keeps a mistake, unless one of the same field, or of an object around it, says
// it already.
func (m *mistakes) add(r rank, path, text string) {
	if m.full(r) {
		return
	}
	for _, known := range m.of {
		for _, k := range known {
			if rest, ok := strings.CutPrefix(path, k.path); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
				return
			}
		}
	}
	m.of[r] = append(m.of[r], mistake{path, text})
}

// full reports whether no more mistakes of that rank would be told.
func (m *mistakes) full(r rank) bool { return len(m.of[r]) >= maxTold }

// err lists the mistakes as one error, those first that explain the others. That
// something is missing goes without saying beside an unknown field: the one is
// mostly the other, misspelt.
func (m *mistakes) err() error {
	told := append(append([]mistake{}, m.of[unknown]...), m.of[wrong]...)
	if len(m.of[unknown]) == 0 {
		told = append(told, m.of[missing]...)
	}
	if len(told) == 0 {
		return nil
	}
	sentences := make([]string, 0, len(told))
	for _, t := range told[:min(len(told), maxTold)] {
		sentences = append(sentences, fmt.Sprintf("%s: %s", t.path, t.text))
	}
	return errors.New(strings.Join(sentences, "; and "))
}
