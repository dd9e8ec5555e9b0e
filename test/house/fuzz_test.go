package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFuzzing holds which runs of a fuzz target make fuzz takes for a finding: the script runs
// with a go that says what Go's fuzzing said.
func TestFuzzing(t *testing.T) {
	const progress = "fuzz: elapsed: 6s, execs: 48404 (0/sec), new interesting: 11 (total: 148)\n"
	cases := map[string]struct {
		reason string
		said   string // by a run that fails; one that passes says nothing
		cases  string // how the target's cases end without fuzzing
		passes bool
	}{
		"Passed": {reason: "A run that found nothing passes.", cases: "exit 0", passes: true},
		"Late": {
			reason: "A deadline alone is Go's own (golang/go#75804): nothing was found.",
			said:   progress + "--- FAIL: FuzzFromXR (6.05s)\n    context deadline exceeded\nFAIL\n", cases: "exit 0", passes: true,
		},
		"Broken": {
			reason: "A case that fails without fuzzing is a finding, whatever the run ended by.",
			said:   progress + "--- FAIL: FuzzFromXR (6.05s)\n    context deadline exceeded\nFAIL\n", cases: "exit 1",
		},
		"Found": {
			reason: "A failing input is a finding.",
			said: progress + "--- FAIL: FuzzFromXR (2.1s)\n    --- FAIL: FuzzFromXR (0.00s)\n        xr_test.go:12: lost a field\n" +
				"    Failing input written to testdata/fuzz/FuzzFromXR/1f\nFAIL\n", cases: "exit 0",
		},
		"FoundLate": {
			reason: "A failing input is a finding also where the time was over.",
			said:   "    Failing input written to testdata/fuzz/FuzzFromXR/1f\n    context deadline exceeded\nFAIL\n", cases: "exit 0",
		},
		"Hung":     {reason: "A worker that ends is a finding.", said: "    fuzzing process hung or terminated unexpectedly: exit status 2\n", cases: "exit 0"},
		"Compiled": {reason: "A target that does not compile is no target that ran.", said: "x_test.go:1:1: expected 'package'\nFAIL\n", cases: "exit 0"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			bin := t.TempDir()
			script := "#!/bin/sh\ncase \"$*\" in *-fuzztime*) cat " + filepath.Join(bin, "said") + "; test ! -s " +
				filepath.Join(bin, "said") + ";; *) " + tc.cases + ";; esac\n"
			for file, text := range map[string]string{"go": script, "said": tc.said} {
				if err := os.WriteFile(filepath.Join(bin, file), []byte(text), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			c := exec.CommandContext(t.Context(), filepath.Join(root, "hack/fuzz.sh"), "1s")
			c.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
			out, err := c.CombinedOutput()
			if (err == nil) != tc.passes {
				t.Errorf("\n%s\n%v: %s", tc.reason, err, out)
			}
			if tc.passes != strings.Contains(string(out), " fuzz targets ran") {
				t.Errorf("\n%s\nNot every target ran, or one after a finding: %s", tc.reason, out)
			}
		})
	}
}
