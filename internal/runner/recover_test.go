package runner

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// A refuser answers with a fatal result, for the reason in the request's tag.
type refuser struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	calls int
}

func (r *refuser) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	r.calls++
	reason := req.GetMeta().GetTag()
	return &fnv1.RunFunctionResponse{Results: []*fnv1.Result{
		{
			Severity: fnv1.Severity_SEVERITY_WARNING,
		}, {Severity: fnv1.Severity_SEVERITY_FATAL, Reason: &reason}, {Severity: fnv1.Severity_SEVERITY_FATAL, Reason: &reason},
	}}, nil
}

func recovering(f fnv1.FunctionRunnerServiceServer) (*recoverer, *prometheus.Registry) {
	registry := prometheus.NewRegistry()
	return newRecoverer(Function{Name: "function-fake", Condition: "Faked", Server: f}, time.Minute, slog.New(slog.DiscardHandler), registry), registry
}

// TestReasons holds that fatal results are counted once per answer, by reason, and
// that no mistake makes a time series of each sentence.
func TestReasons(t *testing.T) {
	r, registry := recovering(&refuser{})
	call := func(reason string) {
		t.Helper()
		if _, err := r.RunFunction(t.Context(), &fnv1.RunFunctionRequest{Meta: &fnv1.RequestMeta{Tag: reason}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, reason := range []string{"Refused", "Refused", "InvalidClaim", ""} {
		call(reason)
	}
	want := map[string]float64{"InvalidClaim": 1, "Refused": 2, "Unknown": 1}
	if diff := cmp.Diff(want, counted(t, registry)); diff != "" {
		t.Errorf("fatal results by reason: -want, +got:\n%s", diff)
	}
	for i := range 1000 {
		call(fmt.Sprint("reason ", i))
	}
	call("Refused")
	got := counted(t, registry)
	if len(got) != maxReasons+2 || got["Refused"] != 3 || got["Other"] != 1000-(maxReasons-2) {
		t.Errorf("fatal results by reason, of too many reasons: %v", got)
	}
}

// counted are the fatal results by reason.
func counted(t *testing.T, registry *prometheus.Registry) map[string]float64 {
	t.Helper()
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, f := range families {
		if f.GetName() == "function_fatal_results_total" {
			for _, m := range f.GetMetric() {
				out[m.GetLabel()[0].GetValue()] = m.GetCounter().GetValue()
			}
		}
	}
	return out
}

// TestCancelled holds that nothing runs for a caller who has gone.
func TestCancelled(t *testing.T) {
	f := &refuser{}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r, _ := recovering(f)
	_, err := r.RunFunction(ctx, &fnv1.RunFunctionRequest{})
	if !errors.Is(err, context.Canceled) || f.calls != 0 {
		t.Errorf("RunFunction(): %d calls, %v", f.calls, err)
	}
}
