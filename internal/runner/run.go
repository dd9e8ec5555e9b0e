package runner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	grpcprometheus "github.com/grpc-ecosystem/go-grpc-middleware/providers/prometheus"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/reflection"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/runner/wire"
)

// grace is how long an end waits for the calls that are running.
const grace = 20 * time.Second

// mebibyte is the unit of the largest request.
const mebibyte = 1 << 20

// streamWorkers are the goroutines that run calls, and keep the stack that a call has grown for the
// next one. A call that finds all of them at work has a goroutine of its own.
const streamWorkers = 4

// A request about a hundred resources is half a megabyte. Its sender does not have to wait for leave to go
// on, and it comes in a few calls of the kernel: gRPC begins with a window of 64 KiB, which it opens as far as
// pings of its own say (bdp_estimator.go of google.golang.org/grpc), and with buffers of 32 KiB.
const (
	window = 4 * mebibyte
	buffer = 256 << 10
)

// Run serves the function until the context ends, and then finishes the calls
// that are running. The SDK's own Serve offers no way to stop.
func Run(ctx context.Context, fn Function, o Options, log *slog.Logger) error {
	if o.MaxRecvMessageSize < 1 {
		return fmt.Errorf("cannot serve requests of at most %d MiB: --max-recv-message-size is at least 1", o.MaxRecvMessageSize)
	}
	creds, err := transport(o, log)
	if err != nil {
		return err
	}
	lis, err := (&net.ListenConfig{}).Listen(ctx, "tcp", o.Address)
	if err != nil {
		return fmt.Errorf("cannot listen on %q: %w", o.Address, err)
	}

	registry := prometheus.NewRegistry()
	calls := grpcprometheus.NewServerMetrics(grpcprometheus.WithServerHandlingTimeHistogram())
	named := prometheus.WrapRegistererWith(prometheus.Labels{"function": fn.Name}, registry)
	named.MustRegister(calls, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	runner := newRecoverer(fn, o.TTL, log, named)

	serving := []grpc.ServerOption{
		grpc.Creds(creds),
		grpc.MaxRecvMsgSize(o.MaxRecvMessageSize * mebibyte),
		grpc.ChainUnaryInterceptor(calls.UnaryServerInterceptor()),
		grpc.NumStreamWorkers(streamWorkers),
		grpc.InitialWindowSize(window), grpc.InitialConnWindowSize(streamWorkers * window), // so that one call holds up no other
		grpc.ReadBufferSize(buffer), grpc.WriteBufferSize(buffer),
	}
	if !fn.Plain {
		serving = append(serving, grpc.ForceServerCodecV2(wire.Codec{}))
	}
	srv := grpc.NewServer(serving...)
	fnv1.RegisterFunctionRunnerServiceServer(srv, runner)
	hs := health.NewServer()
	healthv1.RegisterHealthServer(srv, hs)
	reflection.Register(srv)
	calls.InitializeMetrics(srv)
	srv.RegisterService(beta(), runner)

	stopMetrics := serveMetrics(ctx, o.MetricsAddress, registry, log)
	defer stopMetrics()

	done := make(chan error, 1)
	go func() { done <- srv.Serve(lis) }()
	log.Info("serving", "address", lis.Addr().String())
	select {
	case err := <-done:
		return fmt.Errorf("cannot serve: %w", err)
	case <-ctx.Done():
	}

	hs.Shutdown()
	force := time.AfterFunc(grace, srv.Stop)
	defer force.Stop()
	srv.GracefulStop()
	return nil
}

// beta is the service by the name that Crossplane before 1.17 and its CLI call. Its messages are on the
// wire what those of v1 are (BetaServer of function-sdk-go), so that they are read and written as these:
// a call is counted as one of v1, and gRPC's reflection names the service and does not describe it.
func beta() *grpc.ServiceDesc {
	out := fnv1.FunctionRunnerService_ServiceDesc
	out.ServiceName = "apiextensions.fn.proto.v1beta1.FunctionRunnerService"
	return &out
}

// serveMetrics serves /metrics until the returned func is called. That it cannot
// is said, but is no reason for the function not to run.
func serveMetrics(ctx context.Context, address string, registry *prometheus.Registry, log *slog.Logger) func() {
	if address == "" {
		return func() {}
	}
	lis, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		log.Error("cannot serve metrics", "address", address, "error", err.Error())
		return func() {}
	}
	mux := http.NewServeMux()
	mux.Handle("/metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := srv.Serve(lis); !errors.Is(err, http.ErrServerClosed) {
			log.Error("cannot serve metrics", "address", address, "error", err.Error())
		}
	}()
	return func() { _ = srv.Close() } //nolint:errcheck // The process ends.
}
