// Command cost adds what clouds charge by domain, env and month. It reads FOCUS exports, and
// needs no account and no network; cost load writes the same by day into PostgreSQL.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/victor-onl/crossplane-resources/cmd/cost/store"
	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

const usage = `cost adds what clouds charge by domain, env and month, from exports of FOCUS 1.0 to 1.4: CSV, also packed by gzip, and Parquet.

  cost [flags] file or folder ...
  cost load --to postgres://user@host/database [flags] file or folder ...
  cost schema

Of a folder all exports are read, also below it. Flags stand before the paths:
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		_, _ = fmt.Fprintf(os.Stderr, "cost: %s\n", visible(err.Error())) //nolint:errcheck // Nobody can be told then.
		os.Exit(1)
	}
}

// asked is what a person asks for.
type asked struct {
	paths   []string
	format  func(io.Writer, *answer) error
	svg     string
	claims  []string
	options spend.Options
}

// An answer is what is printed.
type answer struct {
	by     []string
	billed bool
	tables []*spend.Table
}

// list is a flag that may be given more than once.
type list []string

func (l *list) String() string { return strings.Join(*l, " ") }

// Set adds a value.
func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

// parse reads what the arguments say.
func parse(args []string, told io.Writer) (*asked, error) {
	var a asked
	flags := flag.NewFlagSet("cost", flag.ContinueOnError)
	flags.SetOutput(told)
	flags.Usage = func() {
		_, _ = fmt.Fprint(told, usage) //nolint:errcheck // As in main.
		flags.PrintDefaults()
	}
	by := flags.String("by", "domain,env", "what the lines are parted by: some of claim, cloud, domain, entity, env, product, system, team")
	cost := flags.String("cost", "effective", "effective, by the month of use, or billed, by the month of the bill")
	since := flags.String("since", "", "first month that counts, as 2026-01")
	format := flags.String("format", "table", "table, csv or json; the last two have every digit")
	flags.StringVar(&a.svg, "svg", "", "file that gets a picture of the months")
	flags.Var((*list)(&a.claims), "claims", "file or folder with claims, by which teams, systems and entities get their names; may be given more than once")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	a.paths = flags.Args()
	if err := a.checkPaths(args); err != nil {
		if len(a.paths) == 0 {
			flags.Usage()
		}
		return nil, err
	}
	var err error
	if a.options.By, err = spend.By(*by); err != nil {
		return nil, fmt.Errorf("--by: %w", err)
	}
	switch *cost {
	case "effective":
	case "billed":
		a.options.Billed = true
	default:
		return nil, fmt.Errorf("--cost: %q is not allowed; allowed are billed, effective", *cost)
	}
	if err := a.from(*since); err != nil {
		return nil, err
	}
	if a.svg != "" && filepath.Ext(a.svg) != ".svg" { // it may be an export that would be written over
		return nil, fmt.Errorf("--svg: %q does not end in .svg", a.svg)
	}
	var ok bool
	if a.format, ok = formats[*format]; !ok {
		return nil, fmt.Errorf("--format: %q is not allowed; allowed are %s", *format, strings.Join(slices.Sorted(maps.Keys(formats)), ", "))
	}
	return &a, nil
}

// checkPaths holds that something is read, and that no flag is taken for it. A flag's value is not
// repeated: it may have a password.
func (a *asked) checkPaths(args []string) error {
	if len(a.paths) == 0 {
		return errors.New("no file or folder is named")
	}
	for _, p := range a.paths {
		if strings.HasPrefix(p, "-") && !slices.Contains(args, "--") {
			name, _, _ := strings.Cut(p, "=")
			return fmt.Errorf("%q stands after a path; flags stand before the paths", name)
		}
	}
	return nil
}

// from takes the first month that counts.
func (a *asked) from(since string) error {
	if since == "" {
		return nil
	}
	t, err := time.Parse("2006-01", since)
	if err != nil {
		return fmt.Errorf("--since: %q is no month; a month is as 2026-01", since)
	}
	a.options.Since = spend.MonthOf(t.Year(), int(t.Month()))
	return nil
}

var errNoCharge = errors.New("no charge was found: the exports have no rows, or none since the month that is asked for")

// run does what the arguments say.
func run(ctx context.Context, args []string, out, told io.Writer) error {
	switch {
	case len(args) > 0 && args[0] == "load":
		return load(ctx, args[1:], out, told)
	case len(args) == 1 && args[0] == "schema":
		_, err := io.WriteString(out, store.Schema)
		return err
	}
	a, err := parse(args, told)
	if err != nil {
		return err
	}
	known, err := knownOf(a.claims)
	if err != nil {
		return err
	}
	sum, err := read(ctx, a, told)
	if err != nil {
		return err
	}
	if sum.Rows == 0 {
		return errNoCharge
	}
	sum.Name(known)
	result := &answer{by: a.options.By, billed: a.options.Billed, tables: sum.Tables()}
	if a.svg != "" {
		if err := writeSVG(a.svg, result); err != nil {
			return err
		}
	}
	return a.format(out, result)
}
