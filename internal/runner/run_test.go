package runner

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/proto/v1beta1"

	"github.com/victor-onl/crossplane-resources/test/loopback"
)

// fake answers by the request's tag: it panics, waits, or answers.
type fake struct {
	fnv1.UnimplementedFunctionRunnerServiceServer

	started chan struct{}
}

func (f *fake) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	switch req.GetMeta().GetTag() {
	case "panic":
		panic("boom")
	case "slow":
		close(f.started)
		time.Sleep(300 * time.Millisecond)
	}
	return &fnv1.RunFunctionResponse{Meta: &fnv1.ResponseMeta{Tag: req.GetMeta().GetTag()}}, nil
}

func faked(f *fake) Function { return Function{Name: "function-fake", Condition: "Faked", Server: f} }

// serve runs a function until the test ends or stop is called.
func serve(t *testing.T, f *fake) (conn *grpc.ClientConn, metrics string, stop context.CancelFunc, done <-chan error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	o := Options{Address: loopback.Free(t), MetricsAddress: loopback.Free(t), Insecure: true, MaxRecvMessageSize: 4, TTL: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- Run(ctx, faked(f), o, slog.New(slog.DiscardHandler)) }()
	conn, err := grpc.NewClient(o.Address, grpc.WithTransportCredentials(insecure.NewCredentials()), grpc.WithDefaultCallOptions(grpc.WaitForReady(true)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn, o.MetricsAddress, cancel, ended
}

func TestRun(t *testing.T) {
	conn, metrics, stop, done := serve(t, &fake{started: make(chan struct{})})
	v1c := fnv1.NewFunctionRunnerServiceClient(conn)

	rsp, err := v1c.RunFunction(t.Context(), &fnv1.RunFunctionRequest{Meta: &fnv1.RequestMeta{Tag: "a"}})
	if err != nil || rsp.GetMeta().GetTag() != "a" || rsp.GetMeta().GetTtl().AsDuration() != time.Minute {
		t.Errorf("v1: got %v, %v", rsp, err)
	}
	beta, err := v1beta1.NewFunctionRunnerServiceClient(conn).RunFunction(t.Context(), &v1beta1.RunFunctionRequest{Meta: &v1beta1.RequestMeta{Tag: "panic"}})
	if err != nil || len(beta.GetResults()) != 1 || beta.GetResults()[0].GetSeverity() != v1beta1.Severity_SEVERITY_FATAL || beta.GetMeta().GetTag() != "panic" {
		t.Errorf("v1beta1: a panic is no fatal result: %v, %v", beta, err)
	}
	if c := beta.GetConditions(); len(c) != 1 || c[0].GetType() != "Faked" || c[0].GetMessage() != beta.GetResults()[0].GetMessage() {
		t.Errorf("v1beta1: a panic is not said on the claim: %v", c)
	}
	if strings.Contains(beta.GetResults()[0].GetMessage(), "boom") {
		t.Error("what a panic said is shown to the claim's author")
	}
	h, err := healthv1.NewHealthClient(conn).Check(t.Context(), &healthv1.HealthCheckRequest{})
	if err != nil || h.GetStatus() != healthv1.HealthCheckResponse_SERVING {
		t.Errorf("health: got %v, %v", h, err)
	}

	text := loopback.Get(t, "http://"+metrics+"/metrics")
	for _, want := range []string{
		"grpc_server_handling_seconds_bucket",
		`function_panics_total{function="function-fake"} 1`, `function_fatal_results_total{function="function-fake",reason="Panic"} 1`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("metrics lack %q", want)
		}
	}
	stop()
	if err := <-done; err != nil {
		t.Errorf("Run(): %v", err)
	}
}

func TestStopFinishesCalls(t *testing.T) {
	f := &fake{started: make(chan struct{})}
	conn, _, stop, done := serve(t, f)
	answer := make(chan error, 1)
	go func() {
		_, err := fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(t.Context(), &fnv1.RunFunctionRequest{Meta: &fnv1.RequestMeta{Tag: "slow"}})
		answer <- err
	}()
	<-f.started
	stop()
	if err := <-answer; err != nil {
		t.Errorf("a running call was lost: %v", err)
	}
	if err := <-done; err != nil {
		t.Errorf("Run(): %v", err)
	}
}

func TestNoCredentials(t *testing.T) {
	err := Run(t.Context(), faked(&fake{}), Options{MaxRecvMessageSize: 4}, slog.New(slog.DiscardHandler))
	if err == nil || !strings.Contains(err.Error(), "--tls-certs-dir") {
		t.Errorf("Run(): want an error that names the flag, got %v", err)
	}
}
