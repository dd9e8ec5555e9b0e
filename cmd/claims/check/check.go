// Package check judges the claims of a repository before they are merged: as an API server
// would that serves the XRDs, as the composition functions would, and by the platform's
// conventions.
package check

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/victor-onl/crossplane-resources/cmd/claims/pipeline"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// Options say what to check, and against what.
type Options struct {
	Paths    []string // files and folders; - is Stdin
	Catalog  []string // folders with entities, beside those of Paths
	Settings []string // files and folders with EnvironmentConfigs
	Base     string   // a folder or a commit, from which the change begins; "" for none
	Scope    string   // of XRs
	Stdin    io.Reader
	Today    func() time.Time // nil for the clock
}

// allowed refuses options that there are not.
func (o Options) allowed() error {
	if servers[o.Scope] == nil {
		return fmt.Errorf("--scope: %q is not allowed; allowed are %s, %s", o.Scope, render.ScopeClaim, render.ScopeNamespaced)
	}
	return nil
}

// Rules, by which findings are told apart.
const (
	ruleFile      = "file"      // a file is read
	ruleSchema    = "schema"    // an API server takes the claim
	ruleCompose   = "compose"   // the functions compose it
	ruleGuard     = "guard"     // an edit of a live resource is taken
	ruleDeleted   = "deleted"   // a claim is gone
	ruleLayout    = "layout"    // a file stands where its claim says
	ruleNamespace = "namespace" // a namespace has its labels
	ruleLabels    = "labels"    // a claim has its labels
	ruleEntity    = "entity"    // claims and entities are the same
	ruleDouble    = "double"    // a claim has one file, and a resource one claim
)

// A checker is one run.
type checker struct {
	Options

	api      *api
	pipeline *pipeline.Pipeline
	// was composes what is there already, which no day takes away: it was made before.
	was *pipeline.Pipeline
}

// Run checks. An error says that something could not be checked at all.
func Run(ctx context.Context, o Options) (*report.Report, error) {
	if err := o.allowed(); err != nil {
		return nil, err
	}
	var settings []map[string]any
	for _, path := range o.Settings {
		objects, err := render.Settings(path)
		if err != nil {
			return nil, fmt.Errorf("cannot read the settings of --settings %s: %w", path, err)
		}
		settings = append(settings, objects...)
	}
	if len(o.Settings) == 0 {
		settings = pipeline.Assumed()
	}
	p, err := pipeline.New(settings, o.Today)
	if err != nil {
		return nil, err
	}
	was, err := pipeline.New(settings, func() time.Time { return time.Time{} })
	if err != nil {
		return nil, err
	}
	c := &checker{Options: o, pipeline: p, was: was, api: servers[o.Scope]}
	go c.api.warm()
	now, err := c.read(o.Paths)
	if err != nil {
		return nil, err
	}
	base, err := c.readBase(ctx, now)
	if err != nil {
		return nil, err
	}
	if err := c.readCatalog(now); err != nil {
		return nil, err
	}
	return c.judge(ctx, now, base)
}

// judge has all findings.
func (c *checker) judge(ctx context.Context, now *tree, base *before) (*report.Report, error) {
	subjects := make([]*subject, len(now.claims))
	err := each(len(now.claims), func(i int) error {
		var err error
		subjects[i], err = c.subject(ctx, now.claims[i], base)
		return err
	})
	if err != nil {
		return nil, err
	}
	out := &report.Report{Claims: len(now.claims), Entities: len(now.entities)}
	out.Add(now.findings...)
	for _, s := range subjects {
		out.Add(s.findings...)
		out.Add(layout(s)...)
		out.Add(labels(s)...)
	}
	out.Add(projects(subjects)...)
	out.Add(doubles(subjects)...)
	out.Add(namespaces(now.namespaces)...)
	out.Add(entities(subjects, now, c.Scope)...)
	deleted, err := c.deleted(ctx, base, subjects)
	if err != nil {
		return nil, err
	}
	out.Add(deleted...)
	out.Sort()
	return out, nil
}

// each calls a function for so many, on all processors, and returns the error of the first.
func each(n int, do func(i int) error) error {
	errs := make([]error, n)
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				errs[i] = do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// at is a finding about a field of a document.
func at(d *manifest.Document, severity report.Severity, rule, path, text string) report.Finding {
	f := report.Finding{File: d.File, Line: d.Line(path), Severity: severity, Rule: rule, Path: path, Text: text}
	if isClaim(d.APIVersion(), d.Kind()) {
		f.Claim = nameOf(d)
	}
	return f
}

// nameOf is how a claim is told from another.
func nameOf(d *manifest.Document) string {
	return d.Text("metadata", "namespace") + "/" + d.Text("metadata", "name")
}
