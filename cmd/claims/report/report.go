// Package report says what was found, to people, to GitHub and to programs.
package report

import (
	"cmp"
	"slices"
)

// A Severity is how much is wrong.
type Severity string

// The severities. Only an Error fails.
const (
	Error   Severity = "error"   // it is refused, or breaks a convention
	Warning Severity = "warning" // it is taken, and somebody should know what comes of it
	Notice  Severity = "notice"  // what comes of an edit
)

// A Finding is one sentence about a line.
type Finding struct {
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Severity Severity `json:"severity"`
	Rule     string   `json:"rule"`
	Claim    string   `json:"claim,omitempty"` // namespace/name
	Path     string   `json:"path,omitempty"`  // of the field
	Text     string   `json:"message"`
}

// A Report is all that was found.
type Report struct {
	Claims   int       `json:"claims"`
	Entities int       `json:"entities"`
	Findings []Finding `json:"findings"`
}

// Add adds findings.
func (r *Report) Add(findings ...Finding) { r.Findings = append(r.Findings, findings...) }

// Sort puts the findings in the order of files and lines, each once: a report of the same
// files is always the same.
func (r *Report) Sort() {
	slices.SortFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Severity, b.Severity),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Claim, b.Claim), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Path, b.Path),
		)
	})
	r.Findings = slices.Compact(r.Findings)
}

// Count returns how many findings there are of a severity.
func (r *Report) Count(of Severity) int {
	n := 0
	for _, f := range r.Findings {
		if f.Severity == of {
			n++
		}
	}
	return n
}
