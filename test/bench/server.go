package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthv1 "google.golang.org/grpc/health/grpc_health_v1"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

const (
	startTimeout = 10 * time.Second
	dialEvery    = 200 * time.Microsecond
	idle         = 8 * time.Second // after which a function that nobody calls is weighed
)

// A server is a function as a process, with what was measured of it.
type server struct {
	name, root string
	as         string   // in the table; its name where there is none
	env        []string // besides this process's own
	later      bool     // it gets what a step after the first gets

	cmd  *exec.Cmd
	conn *grpc.ClientConn
	said bytes.Buffer

	starts []time.Duration // until it answers a health check
	rss    float64         // MiB, idle, before the first call
	after  float64         // MiB, idle, after the last one
	size   float64         // MiB of the binary
	calls  [][]time.Duration
	served [][]time.Duration // calls without what their caller takes to write requests and to read answers
	codec  caller
	cpu    []time.Duration // of a call, which other work on the machine changes less than how long it takes
}

// start starts the function on free ports of the loopback, without TLS, and waits
// until it serves.
func (s *server) start(ctx context.Context) error {
	address, err := freeAddress(ctx)
	if err != nil {
		return err
	}
	metrics, err := freeAddress(ctx)
	if err != nil {
		return err
	}
	s.said.Reset()
	s.cmd = exec.Command(filepath.Join(s.root, "bin", s.name), "--insecure", "--address", address, "--metrics-address", metrics) //nolint:noctx // stop ends it.
	s.cmd.Stderr = &s.said
	s.cmd.Env = append(os.Environ(), s.env...)
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	begin := time.Now()
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("cannot start bin/%s, so run make bench, which builds it: %w", s.name, err)
	}
	for !listens(ctx, address) {
		if time.Since(begin) > startTimeout || ctx.Err() != nil {
			return fmt.Errorf("%s does not serve on %s", s.name, address)
		}
		time.Sleep(dialEvery)
	}
	s.conn, err = grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.ForceCodecV2(&s.codec)))
	if err != nil {
		return fmt.Errorf("cannot reach %s: %w", s.name, err)
	}
	if _, err := healthv1.NewHealthClient(s.conn).Check(ctx, &healthv1.HealthCheckRequest{}, grpc.WaitForReady(true)); err != nil {
		return fmt.Errorf("%s is not healthy: %w", s.name, err)
	}
	s.starts = append(s.starts, time.Since(begin))
	return nil
}

// stop ends the process, where one runs.
func (s *server) stop() {
	if s == nil || s.cmd == nil || s.cmd.Process == nil {
		return
	}
	if s.conn != nil {
		_ = s.conn.Close() //nolint:errcheck // The process ends.
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // It may have ended by itself.
	_ = s.cmd.Wait()                          //nolint:errcheck // How it ended does not matter any more.
	s.cmd, s.conn = nil, nil
}

// call runs the function once.
func (s *server) call(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp, err := fnv1.NewFunctionRunnerServiceClient(s.conn).RunFunction(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("cannot run %s: %w", s.name, err)
	}
	for _, r := range rsp.GetResults() {
		return nil, fmt.Errorf("%s has a result, and quiet calls are measured: %s", s.name, r.GetMessage())
	}
	return rsp, nil
}

// weigh reads the size of the binary, and how much memory the idle process has
// before it is called.
func (s *server) weigh() (err error) {
	const mib = 1 << 20
	info, err := os.Stat(s.cmd.Path)
	if err != nil {
		return fmt.Errorf("cannot read the size of %s: %w", s.name, err)
	}
	s.size = float64(info.Size()) / mib
	s.rss, err = resident(s.cmd.Process.Pid)
	return err
}

// resident returns the MiB of memory that a process has, as Linux counts them.
func resident(pid int) (float64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("cannot read how much memory a process has: %w", err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(b)); lines.Scan(); {
		fields := bytes.Fields(lines.Bytes())
		if len(fields) == 3 && string(fields[0]) == "VmRSS:" {
			kib, err := strconv.ParseFloat(string(fields[1]), 64)
			return kib / 1024, err
		}
	}
	return 0, errors.New("cannot find how much memory a process has")
}

// worked returns how much CPU time a process took, as Linux counts it: in hundredths of a
// second, which user and system time follow 13 fields of other things.
func worked(pid int) (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, fmt.Errorf("cannot read how much a process worked: %w", err)
	}
	const tick, user, system = 10 * time.Millisecond, 11, 12 // of the fields behind the name
	fields := bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
	if len(fields) <= system {
		return 0, errors.New("cannot find how much a process worked")
	}
	var ticks int
	for _, field := range fields[user : system+1] {
		n, err := strconv.Atoi(string(field))
		if err != nil {
			return 0, fmt.Errorf("cannot read how much a process worked: %w", err)
		}
		ticks += n
	}
	return time.Duration(ticks) * tick, nil
}

func freeAddress(ctx context.Context) (string, error) {
	lis, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("cannot find a free port: %w", err)
	}
	return lis.Addr().String(), lis.Close()
}

func listens(ctx context.Context, address string) bool {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(ctx, "tcp", address)
	if err != nil {
		return false
	}
	return conn.Close() == nil
}

// pause lets what has started come to rest.
func pause(ctx context.Context) {
	select {
	case <-ctx.Done():
	case <-time.After(idle):
	}
}
