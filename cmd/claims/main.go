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
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/providers"
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

  claims --version                               which one this is, and the providers that it knows

Flags stand before the paths. It ends by 0 where nothing is refused, by 1 where something is, and by 2 where it could not check.
claims check -h and claims entities -h list the flags.
`

// ballastSize is memory that nobody touches, so that Linux has none for it. Go collects when there is
// twice what lives, which is little in a command that ends at once: with so much more a thousand
// claims take a fifth less of the processors' time.
const ballastSize = 128 << 20

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
	ballast := make([]byte, ballastSize)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends it at once
	code := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	runtime.KeepAlive(ballast)
	os.Exit(code)
}

// run does what the arguments say, and returns how the command ends.
func run(ctx context.Context, args []string, s streams) int {
	commands := map[string]func(context.Context, []string, streams) (int, error){"check": runCheck, "entities": runEntities}
	if len(args) > 0 && (args[0] == "--version" || args[0] == "-version") {
		_, err := fmt.Fprintf(s.out, "claims %s\n%s\n", version(), providers.Checked())
		return map[bool]int{true: exitFine, false: exitBroken}[err == nil]
	}
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

// parse reads flags, and returns the paths after them, which are the folder here where none is
// named. What looks like a flag after a path is none to package flag.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	paths := flags.Args()
	for _, p := range paths {
		if strings.HasPrefix(p, "-") && p != "-" && !slices.Contains(args, "--") {
			return nil, fmt.Errorf("%q stands after a path; flags stand before the paths, and a file of that name is ./%s", p, p)
		}
	}
	if len(paths) == 0 {
		return []string{"."}, nil
	}
	return paths, nil
}

// version is that of the module, as go install has it of a tag or a commit.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		return info.Main.Version
	}
	return "development"
}
