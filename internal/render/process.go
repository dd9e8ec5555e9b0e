package render

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"google.golang.org/grpc"
)

const (
	startTimeout = 10 * time.Second
	stopTimeout  = 5 * time.Second
)

// A process is one function that runs.
type process struct {
	address string
	cmd     *exec.Cmd
	ended   chan struct{}
	last    []byte // line of its log, to be read when it has ended

	dialing sync.Mutex
	conn    *grpc.ClientConn // of Pipeline
}

// start starts a function on a port that it chooses itself, so that no other
// program can take it in between, and returns when it serves.
func start(ctx context.Context, binary string) (*process, error) {
	// Not tied to the context, which ends at Ctrl-C: Close ends it, in order.
	c := exec.Command(binary, "--insecure", "--address", "127.0.0.1:0", "--metrics-address", "") //nolint:gosec,noctx // Our own binary.
	c.SysProcAttr = detached()
	log, err := c.StderrPipe()
	if err != nil {
		return nil, fmt.Errorf("cannot read the log of %s: %w", binary, err)
	}
	if err := c.Start(); err != nil {
		return nil, fmt.Errorf("cannot start %s, so run make build: %w", binary, err)
	}
	p := &process{cmd: c, ended: make(chan struct{})}
	serving := make(chan string, 1)
	go func() {
		p.follow(bufio.NewReader(log), serving)
		_ = c.Wait() //nolint:errcheck // Its log says why it ended.
		close(p.ended)
	}()
	timeout := time.NewTimer(startTimeout)
	defer timeout.Stop()
	select {
	case p.address = <-serving:
		return p, nil
	case <-p.ended:
		return nil, fmt.Errorf("%s ended before it served; it said: %s", binary, p.last)
	case <-ctx.Done():
		err = errStopped
	case <-timeout.C:
		err = fmt.Errorf("%s does not serve after %s", binary, startTimeout)
	}
	p.stop()
	p.wait()
	return nil, err
}

// detached has a Ctrl-C at the terminal reach us alone, and the process end with
// us however we end.
func detached() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// follow reads the log to its end, and finds where the function serves.
func (p *process) follow(log *bufio.Reader, serving chan<- string) {
	for {
		line, err := log.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			p.last = line
		}
		var said struct {
			Msg     string `json:"msg"`
			Address string `json:"address"`
		}
		if json.Unmarshal(line, &said) == nil && said.Msg == "serving" {
			select {
			case serving <- said.Address:
			default:
			}
		}
		if err != nil {
			return
		}
	}
}

// stop tells the function to end.
func (p *process) stop() {
	if p.conn != nil {
		_ = p.conn.Close() //nolint:errcheck // The function ends.
	}
	_ = p.cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // It may have ended by itself.
}

// wait until the function has ended, or kill it.
func (p *process) wait() {
	select {
	case <-p.ended:
	case <-time.After(stopTimeout):
		_ = p.cmd.Process.Kill() //nolint:errcheck // It may have ended by itself.
		<-p.ended
	}
}
