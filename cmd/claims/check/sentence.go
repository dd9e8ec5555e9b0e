package check

import (
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/admission"
)

// A sentence is what is said of one field.
type sentence struct{ path, text string }

var (
	// field is how the platform's sentences name the field that they are about.
	field = regexp.MustCompile(`^((?:spec|metadata)(?:\.[A-Za-z]+(?:\[[0-9]+\])?)*): `)
	// another begins the next of several mistakes in one error (package object).
	another = regexp.MustCompile(`; and (?:spec|metadata|settings)[.: ]`)
)

// sentences takes an error apart that tells several mistakes.
func sentences(said string) []sentence {
	const joint = "; and "
	var out []sentence
	for said != "" {
		one, rest := said, ""
		if i := another.FindStringIndex(said); i != nil {
			one, rest = said[:i[0]], said[i[0]+len(joint):]
		}
		s := sentence{text: one}
		if path := field.FindStringSubmatch(one); path != nil {
			s.path = path[1]
		}
		out, said = append(out, s), rest
	}
	return out
}

// besides are the refusals of the API server about what the functions have not said anything
// of: on the same field theirs is the sentence of the platform.
func besides(said []sentence, api []admission.Refusal) []sentence {
	var out []sentence
	for _, r := range api {
		if !isSaid(said, r.Path) {
			out = append(out, sentence{r.Path, r.Text})
		}
	}
	return out
}

// isSaid reports whether a field, one in it or one around it is spoken of already.
func isSaid(said []sentence, path string) bool {
	for _, s := range said {
		if path == "" || s.path == "" {
			continue
		}
		if within(path, s.path) || within(s.path, path) {
			return true
		}
	}
	return false
}

func within(inner, outer string) bool {
	rest, ok := strings.CutPrefix(inner, outer)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
