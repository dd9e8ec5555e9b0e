// Package tools holds that the tools' builds can be stopped.
package tools

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long anything may take on a busy machine.
const patience = 30 * time.Second

// A compiler that does not end by itself, and has one of its own.
const compiler = `#!/bin/sh
touch %[1]s/out/tool.part
sleep 300 &
echo $! >%[1]s/pid.part
mv %[1]s/pid.part %[1]s/pid
wait
`

// TestStopped holds that a build that is stopped by a Ctrl-C, or by a make that is
// told to end, leaves no compiler running and no half of a tool.
func TestStopped(t *testing.T) {
	script, err := os.ReadFile("build.sh")
	if err != nil {
		t.Fatal(err)
	}
	// Tests that run in the background may have been told to ignore these, and so
	// would be what they start.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGINT, syscall.SIGHUP)
	for name, stop := range map[string]syscall.Signal{"Ctrl-C": syscall.SIGINT, "Terminate": syscall.SIGTERM, "Hangup": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for path, content := range map[string]string{
				"hack/tools/build.sh": string(script), "path/go": fmt.Sprintf(compiler, dir), "hack/tools/some/go.mod": "",
			} {
				p := filepath.Join(dir, path)
				if err := os.MkdirAll(filepath.Dir(p), 0o750); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(p, []byte(content), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			c := exec.Command(filepath.Join(dir, "hack/tools/build.sh"), "some", "out/tool", "example.org/tool", "", "a while") //nolint:noctx // The test ends it.
			c.Env = append(os.Environ(), "PATH="+filepath.Join(dir, "path")+":"+os.Getenv("PATH"))
			c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			pid := await(t, filepath.Join(dir, "pid"))
			if err := syscall.Kill(-c.Process.Pid, stop); err != nil {
				t.Fatal(err)
			}
			if err := c.Wait(); err == nil {
				t.Error("a build that was stopped ended well")
			}
			if !gone(pid) {
				t.Errorf("the compiler, process %d, still runs", pid)
			}
			if left, err := os.ReadDir(filepath.Join(dir, "out")); err != nil || len(left) > 0 {
				t.Errorf("the folder of tools has %v, %v", left, err)
			}
		})
	}
}

func await(t *testing.T, path string) int {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if b, err := os.ReadFile(path); err == nil {
			pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
			if err != nil {
				t.Fatal(err)
			}
			return pid
		}
	}
	t.Fatal("the build did not start")
	return 0
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
