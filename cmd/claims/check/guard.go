package check

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/cmd/claims/pipeline"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// guard judges an edit of a claim, as if all that the claim was composed of were made: no
// cluster is asked. A claim that was refused before it was edited made nothing, and what it
// is refused for still is no fault of the edit.
func (c *checker) guard(ctx context.Context, s *subject) error {
	was, err := c.anew(ctx, c.was, s.old)
	if err != nil {
		return err
	}
	xr, broken := c.xr(s.old)
	if broken != nil || len(was.refusals) > 0 {
		s.refuseAgain(was)
		return nil //nolint:nilerr // What is wrong with the claim is among its refusals.
	}
	live, err := c.was.Live(ctx, xr)
	if err != nil {
		return fmt.Errorf("%s:%d: cannot compose: %w", s.old.File, s.old.Line(""), err)
	}
	if live.Refusal != "" {
		s.findings = append(s.findings, at(s.doc, report.Warning, ruleGuard, "", "the edit is not judged: "+live.Refusal))
		return nil
	}
	if s.ends("adopt") && s.old.Text("spec", "adopt") == lifecycle.AdoptManage {
		live.TakeOver()
	}
	if s.ends("writeConnectionSecretToRef", "name") && c.Scope == render.ScopeNamespaced {
		live.Publish(s.old.Text("spec", "writeConnectionSecretToRef", "name"))
	}
	now, answer, err := c.edited(ctx, s, live)
	if err != nil {
		return err
	}
	for _, one := range now {
		rule, severity := ruleGuard, report.Error
		if s.judgment.refuses(one.text) {
			rule = ruleCompose
		}
		if one.path == "spec.region" && s.old.Text("spec", "region") == "" && len(c.Settings) == 0 {
			severity = report.Warning // the settings say which region it is in
		}
		s.refuse([]refusal{{one, rule}}, severity)
	}
	api, err := c.api.update(ctx, s.old, s.doc, shown(live))
	if err != nil {
		return err
	}
	for _, one := range besides(now, api) {
		s.refuse([]refusal{{one, ruleSchema}}, report.Error)
	}
	if answer != nil && answer.Refusal == "" {
		s.comesOf(live, answer)
	}
	return nil
}

// ends reports whether an edit takes away what the spec said, or says something else.
func (s *subject) ends(path ...string) bool {
	path = append([]string{"spec"}, path...)
	was := s.old.Text(path...)
	return was != "" && was != s.doc.Text(path...)
}

// refuseAgain refuses an edit of a claim that was refused before. Where it still is, for the
// same, it may be live all the same: of what a cloud offers no more, and what a rule that
// came later forbids.
func (s *subject) refuseAgain(was judgment) {
	still := false
	for _, r := range s.judgment.refusals {
		severity := report.Error
		if was.refuses(r.text) {
			severity, still = report.Warning, true
		}
		s.refuse([]refusal{r}, severity)
	}
	if still {
		s.findings = append(s.findings, at(s.doc, report.Warning, ruleGuard, "",
			"the edit is not judged as one of a live resource, since the claim was refused before too; docs/edits.md says what it comes to"))
	}
}

// edited is what is said of the edited claim over what the claim has made.
func (c *checker) edited(ctx context.Context, s *subject, live *pipeline.Live) ([]sentence, *pipeline.Answer, error) {
	xr, err := c.xr(s.doc)
	if err != nil {
		return sentences(err.Error()), nil, nil //nolint:nilerr // It is what is said.
	}
	pipeline.Show(xr, live.Status)
	answer, err := c.pipeline.Run(ctx, xr, live.Observed)
	if err != nil {
		return nil, nil, fmt.Errorf("%s:%d: cannot compose: %w", s.doc.File, s.doc.Line(""), err)
	}
	return sentences(answer.Refusal), answer, nil
}

// shown is what the claim shows of what it has made.
func shown(live *pipeline.Live) *structpb.Struct {
	return &structpb.Struct{Fields: map[string]*structpb.Value{"resource": live.Status.GetFields()["resource"]}}
}

// comesOf says what comes of an edit that is taken: what is kept, what is lost, what changes,
// and where nothing does.
func (s *subject) comesOf(live *pipeline.Live, now *pipeline.Answer) {
	said := len(s.findings)
	was := map[string]pipeline.Remark{}
	for _, r := range live.Remarks() {
		was[r.Condition] = r
	}
	for _, r := range now.Remarks() {
		switch {
		case r == was[r.Condition]:
		case r.Holds:
			s.findings = append(s.findings, at(s.doc, report.Notice, ruleGuard, "", r.Text))
		default:
			s.findings = append(s.findings, at(s.doc, report.Warning, ruleGuard, "", r.Text))
		}
	}
	if managed.IsOrphan(live.Main()) && !managed.IsOrphan(now.Main()) {
		s.findings = append(s.findings, at(s.doc, report.Warning, ruleGuard, "spec.deletionPolicy",
			fmt.Sprintf("from now on %s goes with its claim, and its data with it; so far it outlives the claim", now.Name())))
	}
	if said == len(s.findings) && isEqual(live.Desired, now.Desired) {
		s.findings = append(s.findings, at(s.doc, report.Notice, ruleGuard, "", "the edit changes nothing of what is composed"))
	}
}

// isEqual reports whether two answers desire the same.
func isEqual[R proto.Message](a, b map[string]R) bool {
	return maps.EqualFunc(a, b, func(a, b R) bool { return proto.Equal(a, b) })
}

// deleted warns of claims that are gone, and says what becomes of their resources. A claim
// that is in another file now is there.
func (c *checker) deleted(ctx context.Context, base *before, subjects []*subject) ([]report.Finding, error) {
	if base == nil {
		return nil, nil
	}
	gone := maps.Clone(base.claims)
	for _, s := range subjects {
		delete(gone, nameOf(s.doc))
	}
	names := slices.Sorted(maps.Keys(gone))
	out := make([]report.Finding, len(names))
	err := each(len(names), func(i int) error {
		d := gone[names[i]]
		out[i] = at(d, report.Warning, ruleDeleted, "", "the claim is deleted; it was refused, so that it has made nothing")
		out[i].File = shortest(d.File)
		xr, err := c.xr(d)
		if err != nil {
			return nil //nolint:nilerr // It was no claim.
		}
		live, err := c.was.Live(ctx, xr)
		if err != nil {
			return fmt.Errorf("%s:%d: cannot compose: %w", d.File, d.Line(""), err)
		}
		if live.Refusal == "" {
			out[i].Text = c.fate(d, live, subjects)
		}
		return nil
	})
	return out, err
}

// fate says what becomes of a resource whose claim is deleted.
func (c *checker) fate(d *manifest.Document, live *pipeline.Live, subjects []*subject) string {
	name := cmp.Or(d.Text("spec", "type"), claim.TypeDatabase) + " " + live.Name()
	if len(c.Settings) == 0 && strings.HasPrefix(name, claim.TypeBucket) {
		name = "the bucket" // whose name the settings make unique
	}
	if !managed.IsOrphan(live.Main()) {
		return fmt.Sprintf("the claim is deleted, and %s goes with it, and its data", name)
	}
	for _, s := range subjects {
		if s.old == nil && s.judgment.answer != nil && s.judgment.answer.Name() == live.Name() {
			return fmt.Sprintf("the claim is deleted, and %s outlives it, which %s takes on", name, nameOf(s.doc))
		}
	}
	return fmt.Sprintf("the claim is deleted, and %s outlives it: it stays in the cloud, and costs what it costs, until somebody deletes it there", name)
}
