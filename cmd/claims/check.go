package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/cmd/claims/check"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// runCheck is claims check.
func runCheck(ctx context.Context, args []string, s streams) (int, error) {
	flags := flag.NewFlagSet("claims check", flag.ContinueOnError)
	flags.SetOutput(s.err)
	o := check.Options{Stdin: s.in}
	flags.StringVar(&o.Base, "base", "", "what the change begins from: a commit such as origin/main, or a folder")
	flags.StringVar(&o.Scope, "scope", render.ScopeClaim, "of XRs: claim or namespaced")
	flags.Var((*list)(&o.Settings), "settings", "file or folder with the platform's EnvironmentConfigs; may be given more than once")
	flags.Var((*list)(&o.Catalog), "catalog", "folder with entities, instead of catalog beside crossplane/claims; may be given more than once")
	format := flags.String("format", "text", "of what is said: text, github or json")
	strict := flags.Bool("strict", false, "end by 1 for warnings too")
	if err := flags.Parse(args); err != nil {
		return exitBroken, err
	}
	write, ok := report.Formats[*format]
	if !ok {
		return exitBroken, fmt.Errorf("--format: %q is not allowed; allowed are %s", *format, strings.Join(slices.Sorted(maps.Keys(report.Formats)), ", "))
	}
	o.Paths = here(flags.Args())
	r, err := check.Run(ctx, o)
	if err != nil {
		return exitBroken, err
	}
	if err := write(s.out, r); err != nil {
		return exitBroken, err
	}
	if r.Count(report.Error) > 0 || *strict && r.Count(report.Warning) > 0 {
		return exitRefused, nil
	}
	return exitFine, nil
}
