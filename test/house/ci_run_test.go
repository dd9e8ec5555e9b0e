package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// stand is a make that takes no time, or for ever, and fails by the target that it is told.
const stand = `#!/bin/sh
echo "made $1"
[ "$1" = "$SLOW" ] && { echo $$ >"$PIDS"; exec sleep 600; }
[ "$1" = e2e ] && [ -n "$SLOW" ] && while [ ! -s "$PIDS" ]; do sleep 0.05; done
[ "$1" != "$FAIL" ]
`

// TestRun holds what .ci/run makes of steps beside the control planes: it fails by each of them, prints
// what they printed, and leaves none of them running.
func TestRun(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(root, ".ci/run"))
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		reason     string
		fail, slow string
		passes     bool
		says       []string
	}{
		"Passes": {
			reason: "where each step passes, each has its minutes, those beside the control planes too",
			passes: true,
			says:   []string{"made e2e", "made tofu", "tofu  ", "fuzz  ", "e2e  ", "all  "},
		},
		"Before":       {reason: "a step before the control planes ends it", fail: "test", says: []string{"made test", "all  "}},
		"ControlPlane": {reason: "the control planes end it, and what runs beside them", fail: "e2e", slow: "tofu", says: []string{"made e2e", "made tofu", "all  "}},
		"Beside": {
			reason: "a step beside the control planes ends it once these are through, and is named by its last line",
			fail:   "tofu", says: []string{"made e2e", "a step beside the control planes failed: made tofu", "all  "},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			pids := filepath.Join(dir, "pids")
			for path, text := range map[string]string{"bin/make": stand, ".ci/run": string(script), ".gitignore": "bin/\npids\n"} {
				if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, path)), 0o750); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, path), []byte(text), 0o700); err != nil { //nolint:gosec // both are run
					t.Fatal(err)
				}
			}
			command := func(name string, args ...string) *exec.Cmd {
				c := exec.CommandContext(t.Context(), name, args...) //nolint:gosec // of this test alone
				c.Dir = dir
				c.Env = append(os.Environ(), "PATH="+filepath.Join(dir, "bin")+":"+os.Getenv("PATH"), "FAIL="+tc.fail, "SLOW="+tc.slow, "PIDS="+pids)
				return c
			}
			if out, err := command("git", "init", "-q").CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			out, err := command(filepath.Join(dir, ".ci/run")).CombinedOutput()
			if (err == nil) != tc.passes {
				t.Errorf("%s: it ends by %v:\n%s", tc.reason, err, out)
			}
			for _, words := range tc.says {
				if !strings.Contains(string(out), words) {
					t.Errorf("%s: it says nothing of %q:\n%s", tc.reason, words, out)
				}
			}
			for tries := 0; runs(pids); tries++ {
				if tries == 100 {
					t.Fatalf("%s: %s goes on", tc.reason, tc.slow)
				}
				time.Sleep(50 * time.Millisecond)
			}
		})
	}
}

// runs reports whether the process that a file names is there, and has not ended.
func runs(file string) bool {
	pid, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	stat, err := os.ReadFile(filepath.Join("/proc", strings.TrimSpace(string(pid)), "stat"))
	return err == nil && strings.Contains(string(stat), "(sleep)") && !strings.Contains(string(stat), ") Z ")
}
