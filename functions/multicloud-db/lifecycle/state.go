package lifecycle

import (
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A State is what a cloud's word says of a resource: whether it serves, and whether the
// cloud brings it on by itself.
type State int

// The states.
const (
	// Serving is a resource that nothing is wrong with.
	Serving State = iota
	// Changing is a resource that serves while its cloud works on it.
	Changing
	// Coming is a resource that does not serve yet, or again, and will by itself.
	Coming
	// Going is a resource that its cloud deletes.
	Going
	// Stopped is a resource that somebody stopped, and somebody has to start.
	Stopped
	// Failed is a resource that does not serve, or not all of it, until somebody mends it.
	Failed
	// Strange is a resource whose state is a word that no row has. It is never taken for
	// available, and for no failure either: a cloud has new words at any time.
	Strange
)

// States are the words by which one kind reports the state of its resource, each in one
// row. A word that ends in a dash, such as configuring-, stands for every one that begins
// with it. The zero value is a kind that reports none: of it only conditions are known.
type States struct {
	Reports string             // how a sentence begins that repeats the word: RDS reports
	At      []string           // path below status.atProvider
	Words   map[State][]string // as the cloud spells them
	Means   map[string]string  // what a word asks of somebody, for some of them
}

// read finds the state of a resource by the word that its provider wrote, and the sentence
// that repeats the word. Without a word nothing is known, and nothing said.
func (s States) read(l Live) (is State, word, says string) { return s.of(l.Main()) }

// of finds the same of any managed resource.
func (s States) of(o *structpb.Struct) (is State, word, says string) {
	if len(s.At) == 0 {
		return Serving, "", ""
	}
	if word = object.String(object.Struct(o, "status", "atProvider"), s.At...); word == "" {
		return Serving, "", ""
	}
	is = Strange
	for state, words := range s.Words {
		if slices.ContainsFunc(words, func(w string) bool { return w == word || strings.HasSuffix(w, "-") && strings.HasPrefix(word, w) }) {
			is = state
		}
	}
	says = s.Reports + " " + strconv.Quote(word)
	if means := s.Means[word]; means != "" {
		says += ": " + means
	}
	if is == Strange {
		says += ", which is not known here"
	}
	return is, word, says
}
