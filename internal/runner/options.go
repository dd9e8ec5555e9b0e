// Package runner serves a composition function: one way for all of ours, over
// gRPC with mutual TLS, health, metrics and an end that finishes what is running.
package runner

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// Options of serving, as flags.
type Options struct {
	Address            string        `default:":9443"                                                         help:"Address to listen on."`
	Insecure           bool          `help:"Serve without TLS. For development: Crossplane always uses TLS."`
	TLSCertsDir        string        `env:"TLS_SERVER_CERTS_DIR"                                              help:"Folder with tls.crt, tls.key and the clients' ca.crt."`
	MaxRecvMessageSize int           `default:"4"                                                             help:"Largest request, in MiB."`
	Debug              bool          `help:"Log a line for every call."                                       short:"d"`
	TTL                time.Duration `default:"60s"                                                           help:"How long Crossplane may use an answer before it asks again."`
	MetricsAddress     string        `default:":8080"                                                         help:"Address to serve Prometheus metrics on; empty for none."`
}

// Main serves the function as a program: it reads the flags, and ends the process
// when it was told to, or could not start.
func Main(name string, fn fnv1.FunctionRunnerServiceServer) {
	o := &Options{}
	kong.Parse(o, kong.Name(name), kong.Description("A Crossplane composition function."), kong.UsageOnError())
	level := slog.LevelInfo
	if o.Debug {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level})).With("function", name)

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	err := Run(ctx, name, *o, fn, log)
	stop()
	if err != nil {
		log.Error("cannot serve", "error", err.Error())
		os.Exit(1)
	}
}
