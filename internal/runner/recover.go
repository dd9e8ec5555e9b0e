package runner

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/protobuf/types/known/durationpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// A recoverer runs a function so that no request can end the process.
type recoverer struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	name    string
	wrapped fnv1.FunctionRunnerServiceServer
	ttl     time.Duration
	log     *slog.Logger
	fatals  prometheus.Counter
	panics  prometheus.Counter
}

func newRecoverer(name string, fn fnv1.FunctionRunnerServiceServer, ttl time.Duration, log *slog.Logger, registry prometheus.Registerer) *recoverer {
	r := &recoverer{
		name: name, wrapped: fn, ttl: ttl, log: log,
		fatals: prometheus.NewCounter(prometheus.CounterOpts{Name: "function_fatal_results_total", Help: "Answers with a fatal result."}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{Name: "function_panics_total", Help: "Requests that made the function panic."}),
	}
	registry.MustRegister(r.fatals, r.panics)
	return r
}

// RunFunction calls the function, turns a panic of it into a fatal result, and
// sets the TTL where the function did not.
func (r *recoverer) RunFunction(ctx context.Context, req *fnv1.RunFunctionRequest) (rsp *fnv1.RunFunctionResponse, err error) {
	start := time.Now()
	defer func() {
		if p := recover(); p != nil {
			r.panics.Inc()
			r.log.Error("panic in a request", "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
			rsp, err = r.panicked(req), nil
		}
		if rsp == nil {
			return
		}
		if rsp.GetMeta() == nil {
			rsp.Meta = &fnv1.ResponseMeta{Tag: req.GetMeta().GetTag()}
		}
		if rsp.GetMeta().GetTtl() == nil {
			rsp.Meta.Ttl = durationpb.New(r.ttl)
		}
		for _, res := range rsp.GetResults() {
			if res.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
				r.fatals.Inc()
				break
			}
		}
		r.log.Debug("ran", "tag", req.GetMeta().GetTag(), "results", len(rsp.GetResults()), "took", time.Since(start).String())
	}()
	return r.wrapped.RunFunction(ctx, req)
}

// panicked is fatal, so that Crossplane leaves every composed resource as it is.
// What went wrong stays in the log: it may hold what a claim must not show.
func (r *recoverer) panicked(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	return &fnv1.RunFunctionResponse{
		Meta:    &fnv1.ResponseMeta{Tag: req.GetMeta().GetTag()},
		Desired: req.GetDesired(),
		Context: req.GetContext(),
		Results: []*fnv1.Result{{
			Severity: fnv1.Severity_SEVERITY_FATAL,
			Message:  r.name + " failed on this claim by a mistake of its own, and nothing was changed; its log has the details",
			Target:   fnv1.Target_TARGET_COMPOSITE_AND_CLAIM.Enum(),
		}},
	}
}
