package runner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"google.golang.org/protobuf/types/known/durationpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/response"
)

// A recoverer runs a function so that no request can end the process.
type recoverer struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	Function

	ttl    time.Duration
	log    *slog.Logger
	fatals *prometheus.CounterVec
	panics prometheus.Counter

	mu      sync.Mutex
	reasons map[string]bool

	quiet *time.Timer
}

// quietAfter is how long nobody calls before a function gives back the memory of
// its last calls, which Go would keep for minutes.
const quietAfter = 5 * time.Second

// rest gives memory back. Pools are emptied only by the second collection.
func rest() {
	runtime.GC()
	debug.FreeOSMemory()
}

// maxReasons is how many reasons of fatal results are counted apart. Ours are few,
// and constants; a mistake must not make a time series of every claim's sentence.
const maxReasons = 20

func newRecoverer(fn Function, ttl time.Duration, log *slog.Logger, registry prometheus.Registerer) *recoverer {
	r := &recoverer{
		Function: fn, ttl: ttl, log: log, reasons: map[string]bool{},
		fatals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "function_fatal_results_total",
			Help: "Answers with a fatal result, by its reason.",
		}, []string{"reason"}),
		panics: prometheus.NewCounter(prometheus.CounterOpts{Name: "function_panics_total", Help: "Requests that made the function panic."}),
	}
	registry.MustRegister(r.fatals, r.panics)
	r.quiet = time.AfterFunc(quietAfter, rest)
	return r
}

// RunFunction calls the function, turns a panic of it into a fatal result, and
// sets the TTL where the function did not.
func (r *recoverer) RunFunction(ctx context.Context, req *fnv1.RunFunctionRequest) (rsp *fnv1.RunFunctionResponse, err error) {
	start := time.Now()
	defer func() {
		r.quiet.Reset(quietAfter)
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
				r.fatals.WithLabelValues(r.bounded(res.GetReason())).Inc()
				break
			}
		}
		if r.log.Enabled(ctx, slog.LevelDebug) {
			r.log.Debug("ran", "tag", req.GetMeta().GetTag(), "results", len(rsp.GetResults()), "took", time.Since(start).String())
		}
	}()
	if err := ctx.Err(); err != nil {
		return nil, err // nobody waits for the answer any more
	}
	return r.Server.RunFunction(ctx, req)
}

// bounded is the reason as a label's value.
func (r *recoverer) bounded(reason string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case reason == "":
		return "Unknown"
	case !r.reasons[reason] && len(r.reasons) >= maxReasons:
		return "Other"
	}
	if !r.reasons[reason] {
		reason = strings.Clone(reason) // which may be part of a request's text, and is kept
		r.reasons[reason] = true
	}
	return reason
}

// panicked is fatal, so that Crossplane leaves every composed resource as it is, and
// says so on the claim. What went wrong stays in the log: it may hold what a claim
// must not show.
func (r *recoverer) panicked(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	rsp := response.To(req)
	response.Fatal(rsp, r.Condition, "Panic", errors.New(r.Name+" failed on this claim by a mistake of its own, and nothing was changed; its log has the details"))
	return rsp
}
