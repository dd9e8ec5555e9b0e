package check

import (
	"context"
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/victor-onl/crossplane-resources/cmd/claims/pipeline"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// A subject is a claim that is checked.
type subject struct {
	doc      *manifest.Document
	old      *manifest.Document // what it was; nil where it is new, or nobody knows
	judgment judgment
	findings []report.Finding
}

// A judgment is what becomes of a claim that is made anew.
type judgment struct {
	refusals []refusal
	claim    *claim.Claim     // nil where it cannot be read
	answer   *pipeline.Answer // nil where it is no claim
}

// A refusal is a sentence, and the rule that it is of.
type refusal struct {
	sentence

	rule string
}

// refuses reports whether a judgment has the sentence.
func (j judgment) refuses(text string) bool {
	for _, r := range j.refusals {
		if r.text == text {
			return true
		}
	}
	return false
}

// subject judges a claim: as an edit where it was there before, else as a new one.
func (c *checker) subject(ctx context.Context, d *manifest.Document, base *before) (*subject, error) {
	s := &subject{doc: d, old: base.of(d)}
	var err error
	if s.judgment, err = c.anew(ctx, c.pipeline, d); err != nil {
		return nil, err
	}
	switch {
	case s.old == nil:
		s.refuse(s.judgment.refusals, report.Error)
		s.unready(c)
	case isSame(s.old, d):
		s.refuse(s.judgment.refusals, report.Warning) // it is no fault of the change
	default:
		err = c.guard(ctx, s)
	}
	return s, err
}

func (s *subject) refuse(refusals []refusal, severity report.Severity) {
	for _, r := range refusals {
		s.findings = append(s.findings, at(s.doc, severity, r.rule, r.path, r.text))
	}
}

// anew is the judgment of a claim that nobody has made yet.
func (c *checker) anew(ctx context.Context, p *pipeline.Pipeline, d *manifest.Document) (judgment, error) {
	j := judgment{}
	xr, err := c.xr(d)
	var said []sentence
	switch {
	case err != nil:
		said = sentences(err.Error())
	default:
		if j.answer, err = p.Run(ctx, xr, nil); err != nil {
			return j, fmt.Errorf("%s:%d: cannot compose: %w", d.File, d.Line(""), err)
		}
		j.claim, _ = claim.FromXR(xr) //nolint:errcheck // The functions refuse it in the same words.
		said = sentences(j.answer.Refusal)
	}
	for _, one := range said {
		j.refusals = append(j.refusals, refusal{one, ruleCompose})
	}
	if d.APIVersion() != platformGroup+"v1alpha1" || d.Kind() != "Resource" {
		return j, nil // no server has its kind
	}
	api, err := c.api.create(ctx, d)
	for _, one := range besides(said, api) {
		j.refusals = append(j.refusals, refusal{one, ruleSchema})
	}
	return j, err
}

// xr is the XR that Crossplane makes of a claim that it has not seen yet.
func (c *checker) xr(d *manifest.Document) (*structpb.Struct, error) {
	o := runtime.DeepCopyJSON(d.Object)
	delete(o, "status")
	xr, err := render.XROf(o, c.Scope, "")
	if err != nil {
		return nil, err
	}
	return structpb.NewStruct(xr)
}

// unready warns of a claim that is taken and comes to nothing yet, or to less: who gives the
// settings knows what a cluster has. What was there before its claim is for a cluster to say.
func (s *subject) unready(c *checker) {
	if j := s.judgment; len(c.Settings) == 0 || j.answer == nil || j.claim == nil || j.claim.Adopt != "" || j.answer.Refusal != "" {
		return
	}
	for _, said := range s.judgment.answer.Remarks() {
		if !said.Holds && !said.Observes {
			s.findings = append(s.findings, at(s.doc, report.Warning, ruleCompose, "", said.Text))
		}
	}
}
