package house

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// marks begin the lines that git writes around what it could not merge. They are put
// together here, so that this file has none.
var marks = []string{strings.Repeat("<", 7) + " ", strings.Repeat(">", 7) + " "}

// conflicted is the first line of a text that git left unmerged, or "".
func conflicted(text []byte) string {
	for line := range bytes.Lines(text) {
		for _, mark := range marks {
			if bytes.HasPrefix(line, []byte(mark)) {
				return strings.TrimSpace(string(line))
			}
		}
	}
	return ""
}

// TestMerged holds that no tracked file, of any kind, has what git leaves of a merge that
// nobody finished.
func TestMerged(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "git", "-C", root, "ls-files", "-z").Output()
	if err != nil {
		t.Fatal(err)
	}
	files := strings.Split(strings.TrimRight(string(out), "\x00"), "\x00")
	if len(files) < 100 {
		t.Fatalf("git tracks %d files", len(files))
	}
	for _, file := range files {
		path := filepath.Join(root, file)
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			continue // removed and not committed yet, or a link to a folder
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if line := conflicted(b); line != "" {
			t.Errorf("%s has a line of a merge that nobody finished: %s", file, line)
		}
	}
}

func TestConflicted(t *testing.T) {
	ours, theirs := marks[0]+"HEAD", marks[1]+"main"
	cases := map[string]struct{ reason, text, want string }{
		"Merged":  {"A text without marks is merged.", "a\n=======\nb\n", ""},
		"Ours":    {"The mark before our lines is one.", "a\n" + ours + "\nb\n", ours},
		"Theirs":  {"The mark behind their lines is one, also at the end of a text.", "a\n" + theirs, theirs},
		"Within":  {"A mark that begins no line is text.", "see " + ours + "\n", ""},
		"Heredoc": {"Two of the signs are a shell's.", "cat <<EOF\n", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := conflicted([]byte(tc.text)); got != tc.want {
				t.Errorf("\n%s\nconflicted(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}
