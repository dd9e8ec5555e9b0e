package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asMain has the test's own binary be the program.
const asMain = "RENDER_AS_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// patience is how long anything may take on a busy machine.
const patience = 30 * time.Second

const root = "../.."

// A program that runs, in a process group of its own as from a terminal.
type program struct {
	*exec.Cmd

	temp        string
	out, errOut bytes.Buffer
}

func start(t *testing.T, dir string, args ...string) *program {
	t.Helper()
	r := &program{Cmd: exec.Command(os.Args[0], args...), temp: t.TempDir()} //nolint:noctx // Each case ends it.
	r.Dir, r.Stdout, r.Stderr = dir, &r.out, &r.errOut
	r.Env = append(os.Environ(), asMain+"=1", "TMPDIR="+r.temp)
	r.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	return r
}

// ended waits for the end, and holds what every failure has alike: an exit code,
// nothing on standard output, and nothing left behind.
func (r *program) ended(t *testing.T) string {
	t.Helper()
	kill := time.AfterFunc(patience, func() { _ = syscall.Kill(-r.Process.Pid, syscall.SIGKILL) })
	defer kill.Stop()
	if err := r.Wait(); err == nil || r.ProcessState.ExitCode() != 1 {
		t.Errorf("exit: want code 1, got %v", err)
	}
	if r.out.Len() > 0 {
		t.Errorf("standard output is not empty: %s", r.out.String())
	}
	if left, err := os.ReadDir(r.temp); err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v, %v", left, err)
	}
	return r.errOut.String()
}

// A cli that hangs: it starts an engine of its own, and leaves word of both.
const cli = `#!/bin/sh
cp "$5" %[1]s/functions.yaml
sleep 300 &
echo $! >%[1]s/engine.part
mv %[1]s/engine.part %[1]s/engine
wait
`

func write(t *testing.T, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// await a file that a program writes.
func await(t *testing.T, path string) string {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if b, err := os.ReadFile(path); err == nil {
			return strings.TrimSpace(string(b))
		}
	}
	t.Fatalf("%s was not written", filepath.Base(path))
	return ""
}

var address = regexp.MustCompile(`127\.0\.0\.1:[0-9]+`)

// TestStopped holds that whatever ends a render, however it is told, ends the
// functions, the CLI and the engine that the CLI started.
func TestStopped(t *testing.T) {
	cases := map[string]struct {
		reason string
		signal syscall.Signal
		group  bool
	}{
		"Ctrl-C":    {"The terminal tells the whole process group.", syscall.SIGINT, true},
		"Interrupt": {"So may a program, of the render alone.", syscall.SIGINT, false},
		"Terminate": {"Make passes this one on.", syscall.SIGTERM, false},
		"Hangup":    {"A terminal that is closed tells the group.", syscall.SIGHUP, true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			hanging := write(t, filepath.Join(dir, "cli"), fmt.Sprintf(cli, dir))
			r := start(t, root, "--claim=examples/claims/payments-prod-infra/cloudsql-main.yaml", "--cli="+hanging, "--core=none")
			engine, err := strconv.Atoi(await(t, filepath.Join(dir, "engine")))
			if err != nil {
				t.Fatal(err)
			}
			addresses := address.FindAllString(await(t, filepath.Join(dir, "functions.yaml")), -1)
			if len(addresses) != 3 {
				t.Fatalf("the CLI was told of %d functions", len(addresses))
			}
			for _, a := range addresses {
				if !serves(a) {
					t.Errorf("nothing serves on %s before the end", a)
				}
			}
			pid := r.Process.Pid
			if tc.group {
				pid = -pid
			}
			if err := syscall.Kill(pid, tc.signal); err != nil {
				t.Fatal(err)
			}
			if said := r.ended(t); said != "render: stopped\n" {
				t.Errorf("\n%s\nstandard error: %q", tc.reason, said)
			}
			for _, a := range addresses {
				if serves(a) {
					t.Errorf("\n%s\na function still serves on %s", tc.reason, a)
				}
			}
			if !gone(engine) {
				t.Errorf("\n%s\nthe engine, process %d, still runs", tc.reason, engine)
			}
		})
	}
}

func serves(address string) bool {
	conn, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.Background(), "tcp", address)
	return err == nil && conn.Close() == nil
}

// gone says whether a process has ended; one that nobody has waited for has.
func gone(pid int) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil || strings.Contains(string(b), ") Z ") {
			return true
		}
	}
	return false
}

// TestFails holds that a render that cannot begin says why, and stops what it had
// started until then.
func TestFails(t *testing.T) {
	const serving = "#!/bin/sh\necho $$ >%s/pid\necho '{\"msg\":\"serving\",\"address\":\"127.0.0.1:1\"}' >&2\nexec sleep 300\n"
	cases := map[string]struct{ reason, second, want string }{
		"Broken": {
			"A function that ends at once is quoted.",
			"#!/bin/sh\necho no such flag >&2\nexit 2\n", "bin/function-profile-sizer ended before it served; it said: no such flag",
		},
		"Missing": {"One that was not built says what to do.", "", "so run make build"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "bin", "function-multicloud-db"), fmt.Sprintf(serving, dir))
			if tc.second != "" {
				write(t, filepath.Join(dir, "bin", "function-profile-sizer"), tc.second)
			}
			if said := start(t, dir, "--claim=none").ended(t); !strings.Contains(said, tc.want) {
				t.Errorf("\n%s\nstandard error: want %q, got %q", tc.reason, tc.want, said)
			}
			first, err := strconv.Atoi(await(t, filepath.Join(dir, "pid")))
			if err != nil {
				t.Fatal(err)
			}
			if !gone(first) {
				t.Errorf("\n%s\nthe first function still runs", tc.reason)
			}
		})
	}
}
