package runner

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/test/loopback"
)

// serveVariable has the test's own binary be a function: a real process, which a
// signal ends.
const serveVariable = "RUNNER_TEST_SERVE"

// A sleeper takes its time, as if there was much to do.
type sleeper struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

func (sleeper) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	time.Sleep(20 * time.Millisecond)
	return &fnv1.RunFunctionResponse{Meta: &fnv1.ResponseMeta{Tag: req.GetMeta().GetTag()}}, nil
}

func TestMain(m *testing.M) {
	if os.Getenv(serveVariable) != "" {
		Main(Function{Name: "function-sleeper", Condition: "Slept", Server: sleeper{}})
		return
	}
	os.Exit(m.Run())
}

// TestTerminateUnderLoad holds that SIGTERM loses no answer: each call that the
// process took on, which it logs, was answered to its caller.
func TestTerminateUnderLoad(t *testing.T) {
	const callers, before = 50, 300
	address := loopback.Free(t)
	c := exec.CommandContext(t.Context(), os.Args[0], "--insecure", "--debug", "--address", address, "--metrics-address", "")
	c.Env = append(os.Environ(), serveVariable+"=1")
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	ran := make(chan map[string]bool, 1)
	go func() {
		tags := map[string]bool{}
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			var line struct {
				Msg string `json:"msg"`
				Tag string `json:"tag"`
			}
			if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "ran" {
				tags[line.Tag] = true
			}
		}
		ran <- tags
	}()

	conn, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() //nolint:errcheck // The test ends.
	watching, stop := context.WithCancel(t.Context())
	watch, err := healthv1.NewHealthClient(conn).Watch(watching, &healthv1.HealthCheckRequest{}, grpc.WaitForReady(true))
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	if h, err := watch.Recv(); err != nil || h.GetStatus() != healthv1.HealthCheckResponse_SERVING {
		t.Fatalf("health before: %v, %v", h, err)
	}

	var mu sync.Mutex
	answered := map[string]bool{}
	enough := make(chan struct{})
	var wg sync.WaitGroup
	for caller := range callers {
		wg.Go(func() {
			for call := 0; ; call++ { // until the process takes no more
				tag := fmt.Sprintf("%d-%d", caller, call)
				rsp, err := fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(t.Context(), &fnv1.RunFunctionRequest{Meta: &fnv1.RequestMeta{Tag: tag}})
				if err != nil {
					return
				}
				mu.Lock()
				answered[rsp.GetMeta().GetTag()] = true
				if len(answered) == before {
					close(enough)
				}
				mu.Unlock()
			}
		})
	}
	<-enough
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if h, err := watch.Recv(); err != nil || h.GetStatus() != healthv1.HealthCheckResponse_NOT_SERVING {
		t.Errorf("health after SIGTERM: %v, %v", h, err)
	}
	stop() // no further: an end waits for those who watch as well
	wg.Wait()
	tags := <-ran
	if err := c.Wait(); err != nil {
		t.Errorf("the process ended by %v", err)
	}
	for tag := range tags {
		if !answered[tag] {
			t.Errorf("call %s ran, and its answer is lost", tag)
		}
	}
	if len(tags) != len(answered) || len(tags) < before {
		t.Errorf("%d calls ran, %d were answered", len(tags), len(answered))
	}
}
