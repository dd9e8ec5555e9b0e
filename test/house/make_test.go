package house

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSaid holds that no value that make is given reaches a shell, or make itself, as a command: a
// workflow hands the names of tags and branches on, which whoever pushes one chooses.
func TestSaid(t *testing.T) {
	const refused = "has a character that a shell or make acts on"
	cases := map[string]struct {
		reason, variable, value string
		taken                   bool
	}{
		"Semicolon": {reason: "A semicolon ends a command, and begins one.", variable: "VERSION", value: "v1.0.0;touch ran"},
		"Make":      {reason: "Make runs what its own function shell is called with.", variable: "VERSION", value: "$(shell touch ran)"},
		"Shell": {
			reason:   "A shell runs what stands in $(), in quotes too; make takes $$ for a dollar.",
			variable: "REGISTRY", value: "r.example.org/$$(touch ran)"},
		"Backtick": {reason: "A shell runs what stands in backticks, in quotes too.", variable: "KEY", value: "`touch ran`"},
		"Quote":    {reason: "A quote ends the one that the Makefile opened.", variable: "LOG", value: `";touch ran;"`},
		"Single":   {reason: "A single quote ends one of the Makefile's.", variable: "COMMIT", value: "';touch ran;'"},
		"Line":     {reason: "A line's end is the end of a command.", variable: "REGISTRY", value: "r.example.org\ntouch ran"},
		"Pipe":     {reason: "A pipe begins a command.", variable: "INVOCATION", value: "x|touch ran"},
		"And":      {reason: "An ampersand begins a command.", variable: "BUILDER", value: "x&touch ran"},
		"Into":     {reason: "A shell writes over a file behind a bracket.", variable: "LOCK", value: "x>ran"},
		"Branch":   {reason: "A claims' repository checks against a branch that somebody named.", variable: "BASE", value: "origin/$(shell touch ran)"},
		"Version":  {reason: "A pre-release has nothing that a shell acts on.", variable: "VERSION", value: "v1.0.0-rc.1", taken: true},
		"Key":      {reason: "A file may be in a folder with a blank and brackets.", variable: "KEY", value: "my keys (new)/cosign.key", taken: true},
		"URL":      {reason: "A log is named by its URL.", variable: "LOG", value: "https://log.example.org:3000/a?b=c", taken: true},
		"Date":     {reason: "A date has a zone.", variable: "DATE", value: "2026-01-02T03:04:05+02:00", taken: true},
	}
	makefile, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range cases {
		for _, by := range []string{"argument", "environment"} {
			t.Run(name+"/"+by, func(t *testing.T) {
				said := tc.variable + "=" + tc.value
				c := exec.CommandContext(t.Context(), "make", "-C", makefile, "help")
				c.Env = append(os.Environ(), said)
				if by == "argument" {
					c.Args, c.Env = append(c.Args, said), nil
				}
				out, err := c.CombinedOutput()
				if got := strings.Contains(string(out), tc.variable+" '"+tc.value+"' "+refused); got == tc.taken || (err == nil) != tc.taken {
					t.Errorf("\n%s\n%s: %v: %s", tc.reason, said, err, out)
				}
				if ran := filepath.Join(makefile, "ran"); os.Remove(ran) == nil {
					t.Errorf("\n%s\n%s was run", tc.reason, said)
				}
			})
		}
	}
}

// TestDirty holds that what is built of a commit alone is called by it, and nothing else is.
func TestDirty(t *testing.T) {
	cases := map[string]struct {
		reason string
		files  map[string]string
		want   bool
	}{
		"Clean":   {"A commit is what it is.", nil, false},
		"Changed": {"A file that was changed is compiled as it is now.", map[string]string{"a.go": "package b"}, true},
		"New":     {"A file that git does not know is compiled too.", map[string]string{"b.go": "package a"}, true},
		"Ignored": {"What git ignores is what was built.", map[string]string{"bin": "program"}, false},
	}
	makefile, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			env := append(os.Environ(), "GIT_DIR="+filepath.Join(dir, ".git"), "GIT_WORK_TREE="+dir)
			run := func(program string, args ...string) string {
				t.Helper()
				c := exec.CommandContext(t.Context(), program, args...)
				c.Dir, c.Env = dir, env
				out, err := c.CombinedOutput()
				if err != nil {
					t.Fatalf("%s %v: %v: %s", program, args, err, out)
				}
				return string(out)
			}
			write := func(files map[string]string) {
				t.Helper()
				for file, content := range files {
					if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
						t.Fatal(err)
					}
				}
			}
			write(map[string]string{"a.go": "package a", ".gitignore": "bin"})
			run("git", "init", "--quiet")
			run("git", "add", ".")
			run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=a")
			write(tc.files)
			want := "--commit=" + strings.TrimSpace(run("git", "rev-parse", "HEAD"))
			if tc.want {
				want += "-dirty"
			}
			if got := run("make", "-C", makefile, "--dry-run", "xpkg"); !strings.Contains(got, want+" ") {
				t.Errorf("\n%s\nwant %s, got %s", tc.reason, want, got)
			}
		})
	}
}
