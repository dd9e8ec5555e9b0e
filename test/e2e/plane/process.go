package plane

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// endTimeout is how long a process has to end by itself.
const endTimeout = 30 * time.Second

// A Process is a program that can be stopped and started again with the same
// arguments. Its log is appended to.
type Process struct {
	Name string

	path string
	args []string
	env  []string
	log  string

	mu   sync.Mutex
	cmd  *exec.Cmd
	done chan struct{}
}

// start starts the program, in a process group of its own, so that a Ctrl-C ends
// the test first, which then ends its processes in order.
func (p *Process) start() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.running() {
		return fmt.Errorf("%s is running already", p.Name)
	}
	log, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("cannot write the log of %s: %w", p.Name, err)
	}
	defer log.Close()                    //nolint:errcheck // The process has its own handle.
	c := exec.Command(p.path, p.args...) //nolint:noctx // Stop ends it.
	c.Env = append(os.Environ(), p.env...)
	c.Stdout, c.Stderr = log, log
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if err := c.Start(); err != nil {
		return fmt.Errorf("cannot start %s: %w", p.Name, err)
	}
	done := make(chan struct{})
	go func() {
		_ = c.Wait() //nolint:errcheck // How it ends is its own affair.
		close(done)
	}()
	p.cmd, p.done = c, done
	return nil
}

func (p *Process) running() bool {
	if p.cmd == nil {
		return false
	}
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// Running says whether the process lives.
func (p *Process) Running() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.running()
}

// PID of the process, or 0.
func (p *Process) PID() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.running() {
		return 0
	}
	return p.cmd.Process.Pid
}

// Stop asks the process to end, and waits.
func (p *Process) Stop() error { return p.end(syscall.SIGTERM) }

// Kill ends the process at once, as a crash would.
func (p *Process) Kill() error { return p.end(syscall.SIGKILL) }

// Freeze stops the process where it is: it keeps its connections, and answers
// nothing until it is killed.
func (p *Process) Freeze() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.running() {
		return fmt.Errorf("%s does not run", p.Name)
	}
	if err := p.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		return fmt.Errorf("cannot freeze %s: %w", p.Name, err)
	}
	return nil
}

// Start starts a stopped process again.
func (p *Process) Start() error { return p.start() }

func (p *Process) end(s syscall.Signal) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.running() {
		return nil
	}
	if err := p.cmd.Process.Signal(s); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return fmt.Errorf("cannot end %s: %w", p.Name, err)
	}
	select {
	case <-p.done:
		return nil
	case <-time.After(endTimeout):
	}
	_ = p.cmd.Process.Kill() //nolint:errcheck // It may have ended just now.
	<-p.done
	return fmt.Errorf("%s did not end within %s, and was killed", p.Name, endTimeout)
}

// said returns the end of the log, for an error.
func (p *Process) said() string {
	const enough = 2000
	b, err := os.ReadFile(p.log)
	if err != nil {
		return ""
	}
	return string(b[max(0, len(b)-enough):])
}

// run runs a program to its end.
func run(dir string, env []string, path string, args ...string) error {
	c := exec.Command(path, args...) //nolint:noctx // Short, or bounded by go test.
	c.Dir, c.Env = dir, append(os.Environ(), env...)
	out, err := c.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(path), err, out)
	}
	return nil
}

// dials says whether somebody listens on an address.
func dials(address string) error {
	c, err := net.DialTimeout("tcp", address, time.Second) //nolint:noctx // Bounded.
	if err != nil {
		return fmt.Errorf("nobody listens: %w", err)
	}
	return c.Close()
}

// Ports are the machine's.
var (
	portsMu   sync.Mutex
	portsGone = map[int]bool{}
)

// freePort returns a port of the loopback that nobody listens on and that was not
// given away before.
func freePort() (int, error) {
	portsMu.Lock()
	defer portsMu.Unlock()
	for {
		l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // Closed at once.
		if err != nil {
			return 0, fmt.Errorf("cannot find a free port: %w", err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		if err := l.Close(); err != nil {
			return 0, fmt.Errorf("cannot free a port: %w", err)
		}
		if !portsGone[port] {
			portsGone[port] = true
			return port, nil
		}
	}
}
