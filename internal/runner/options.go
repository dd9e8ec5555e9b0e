// Package runner serves a composition function: one way for all of ours, over
// gRPC with mutual TLS, health, metrics and an end that finishes what is running.
package runner

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/providers"
)

// version of the program, with its commit and source: the build of a package sets it.
var version = "development"

// Options of serving, as flags. Fields with other tags stand apart, since the linter aligns the
// tags of neighbours.
type Options struct {
	Address            string        `default:":9443" help:"Address to listen on."`
	MaxRecvMessageSize int           `default:"4" help:"Largest request, in MiB."`
	TTL                time.Duration `default:"60s" help:"How long Crossplane may use an answer before it asks again."`
	MetricsAddress     string        `default:":8080" help:"Address to serve Prometheus metrics on; empty for none."`

	TLSCertsDir string `env:"TLS_SERVER_CERTS_DIR" help:"Folder with tls.crt, tls.key and the clients' ca.crt."`

	Today time.Time `env:"FUNCTION_TODAY" format:"2006-01-02" help:"The day by which dates are judged, such as 2027-03-01, in place of the clock's."`

	Insecure bool             `help:"Serve without TLS. For development: Crossplane always uses TLS."`
	Debug    bool             `help:"Log a line for every call, and what was decided." short:"d"`
	Version  kong.VersionFlag `help:"Print the version, the commit and the source, and the providers' versions, and end."`
}

// A Function is what is served.
type Function struct {
	Name      string // as its package has it
	Condition string // that it sets on XR and claim
	Server    fnv1.FunctionRunnerServiceServer
	Plain     bool // reads and writes messages by gRPC's own codec, as functions of others do
	// On tells the function which day it is where somebody said one; nil of a function that
	// judges nothing by a date.
	On func(day time.Time)
}

// versions are what --version prints: the program's own, and those of the providers
// that it was checked against.
func (fn Function) versions() string {
	return fn.Name + " " + version + "\n" + providers.Checked()
}

// Main serves the function as a program: it reads the flags, and ends the process
// when it was told to, or could not start.
func Main(fn Function) {
	o := &Options{}
	kong.Parse(o, kong.Name(fn.Name), kong.Description("A Crossplane composition function."),
		kong.UsageOnError(), kong.Vars{"version": fn.versions()})
	level := slog.LevelInfo
	if o.Debug {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})).With("function", fn.Name)
	slog.SetDefault(log) // what a function decides is logged at debug level
	if fn.On != nil && !o.Today.IsZero() {
		fn.On(o.Today)
	}

	untouched := ballast(fn)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	err := Run(ctx, fn, *o, log)
	stop()
	runtime.KeepAlive(untouched)
	if err != nil {
		log.Error("cannot serve", "error", err.Error())
		os.Exit(1)
	}
}
