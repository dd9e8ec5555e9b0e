// Command claims checks the claims of a repository before they are merged, and makes the
// catalog entities of claims that are there already. It needs no cluster and no network.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
)

// How the command ends.
const (
	exitFine    = 0
	exitRefused = 1 // something is wrong with a claim or an entity
	exitBroken  = 2 // not everything could be checked
)

const usage = `claims checks claims before they are merged, and makes the catalog entities of claims that are there.

  claims check [flags] [file or folder ...]      "-" is the standard input; the default is the folder here
  claims entities [flags] [file or folder ...]   as kubectl get resources -A -o yaml | claims entities -

It ends by 0 where nothing is refused, by 1 where something is, and by 2 where it could not check.
claims check -h and claims entities -h list the flags.
`

// gcPercent has the garbage of a command that ends at once wait longer than a server's: a
// thousand claims take 200 MiB then, and less time than with what Go does by itself.
const gcPercent = 200

// streams of the process.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// sayf tells people. Where nobody can be told, how the command ends says enough.
func (s streams) sayf(format string, args ...any) {
	_, _ = fmt.Fprintf(s.err, format, args...) //nolint:errcheck // As above.
}

func main() {
	debug.SetGCPercent(gcPercent)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run does what the arguments say, and returns how the command ends.
func run(ctx context.Context, args []string, s streams) int {
	commands := map[string]func(context.Context, []string, streams) (int, error){"check": runCheck, "entities": runEntities}
	if len(args) == 0 || commands[args[0]] == nil {
		s.sayf("%s", usage)
		if len(args) > 0 && (args[0] == "-h" || args[0] == "--help" || args[0] == "help") {
			return exitFine
		}
		return exitBroken
	}
	code, err := commands[args[0]](ctx, args[1:], s)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitFine
	case err != nil:
		s.sayf("claims: %s\n", report.Visible(err.Error()))
		return exitBroken
	}
	return code
}

// list is a flag that may be given more than once.
type list []string

func (l *list) String() string { return fmt.Sprint(*l) }

// Set adds a value.
func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}

// here is what is read where nothing is named.
func here(paths []string) []string {
	if len(paths) == 0 {
		return []string{"."}
	}
	return paths
}
