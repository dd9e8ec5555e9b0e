package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/victor-onl/crossplane-resources/cmd/cost/store"
	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

const loadUsage = `cost load writes what clouds charge, by day, into the table cost_daily of PostgreSQL. The months of bills that the exports have
are replaced whole, of each cloud, all of them or none.

  cost load --to postgres://user@host/database [flags] file or folder ...

What the URL does not say is taken from PGPASSWORD, PGPASSFILE, PGSERVICE and their like; a password in the URL
is seen by all who list this machine's processes. cost schema prints the SQL that makes the table.
`

// asksToLoad reads what the arguments of load say.
func asksToLoad(args []string, told io.Writer) (*asked, *store.Target, bool, error) {
	a := &asked{options: spend.Options{Daily: true, By: []string{"entity", "team", "system"}}}
	flags := flag.NewFlagSet("cost load", flag.ContinueOnError)
	flags.SetOutput(told)
	flags.Usage = func() {
		sayf(told, "%s", loadUsage)
		flags.PrintDefaults()
	}
	to := flags.String("to", "", "the database, as postgres://user@host/database")
	since := flags.String("since", "", "first month whose bills are replaced, as 2026-01")
	drop := flags.Bool("drop", false, "also take away the charges of accounts and days that a bill had, and the exports do not have")
	flags.Var((*list)(&a.claims), "claims", "file or folder with claims, by which teams, systems and entities get their names; may be given more than once")
	if err := flags.Parse(args); err != nil {
		return nil, nil, false, err
	}
	a.paths = flags.Args()
	if slices.ContainsFunc(a.paths, store.IsURL) {
		return nil, nil, false, errors.New("the URL of a database stands among the paths; it stands behind --to, before them")
	}
	if err := a.checkPaths(args); err != nil {
		if len(a.paths) == 0 {
			flags.Usage()
		}
		return nil, nil, false, err
	}
	if err := a.from(*since); err != nil {
		return nil, nil, false, err
	}
	if *to == "" {
		return nil, nil, false, errors.New("--to is missing; it is as postgres://user@host/database")
	}
	target, err := store.Parse(*to)
	if err != nil {
		return nil, nil, false, fmt.Errorf("--to: %w", err)
	}
	return a, target, *drop, nil
}

// load does what the arguments of load say.
func load(ctx context.Context, args []string, out, told io.Writer) error {
	a, target, drop, err := asksToLoad(args, told)
	if err != nil {
		return err
	}
	known, err := knownOf(a.claims)
	if err != nil {
		return err
	}
	now := time.Now()
	sum, err := read(ctx, a, told)
	if err != nil {
		return err
	}
	if sum.Rows == 0 {
		return errNoCharge
	}
	sum.Name(known)
	days := sum.Days()
	bills, err := target.Load(ctx, days, store.Options{Drop: drop, Now: now})
	if err != nil {
		return fmt.Errorf("--to: %w", err)
	}
	names := make([]string, len(bills))
	for i, b := range bills {
		names[i] = visible(b.String())
	}
	_, err = fmt.Fprintf(out, "loaded %s as %s; replaced %s\n", count(sum.Rows, "charge", "charges"), count(len(days), "line", "lines"), strings.Join(names, ", "))
	return err
}
