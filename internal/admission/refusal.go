package admission

import (
	"context"
	"fmt"
	"regexp"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// A Refusal is what a server says of one field.
type Refusal struct {
	Path string // of the field; "" where it is of the whole object
	Text string // a sentence, which names the field
}

// RefuseCreate is Create, field by field. A sentence of the platform's own stands without what
// the server writes around it.
func (s *Server) RefuseCreate(ctx context.Context, o map[string]any) []Refusal {
	return refusals(s.create(ctx, o))
}

// RefuseUpdate is Update, field by field.
func (s *Server) RefuseUpdate(ctx context.Context, before, after map[string]any) []Refusal {
	return refusals(s.update(ctx, before, after))
}

func refusals(unknown []string, errs field.ErrorList) []Refusal {
	var out []Refusal
	for _, path := range unknown {
		out = append(out, Refusal{path, path + ": unknown field"})
	}
	for _, e := range errs {
		switch own := ownSentence.FindStringSubmatch(e.Detail); {
		case e.Detail == unchecked:
		case own != nil:
			out = append(out, Refusal{own[1], e.Detail})
		case e.Field == "<nil>" || e.Field == "":
			out = append(out, Refusal{"", fmt.Sprintf("%s: %s", e.Type, e.Detail)})
		default:
			out = append(out, Refusal{e.Field, e.Error()})
		}
	}
	return out
}

// ownSentence is the form of a sentence of the platform's, which begins with its field.
var ownSentence = regexp.MustCompile(`^((?:spec|metadata|status)(?:\.[A-Za-z]+(?:\[[0-9]+\])?)+): `)
