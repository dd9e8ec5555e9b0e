package manifest

import (
	"strings"
	"testing"
)

// TestMayHave holds that a file is not passed by unread which may have what is wanted, wherever the
// pieces of it meet.
func TestMayHave(t *testing.T) {
	fill := strings.Repeat("# a line\n", 1<<20/9)
	for name, tc := range map[string]struct {
		reason, text string
		want         bool
	}{
		"Empty":  {"An empty file has nothing.", "", false},
		"Data":   {"Data is no manifest.", fill + fill, false},
		"First":  {"A word may stand at the beginning.", thing + fill + fill, true},
		"Last":   {"A word may stand at the end.", fill + fill + thing, true},
		"Escape": {"A word may be hidden by an escape.", fill + fill + `te\x73t`, true},
		"Wide":   {"A text of another width may say anything.", fill + fill + "\x00", true},
	} {
		if got, err := MayHave(strings.NewReader(tc.text), Word{Text: "test/"}); err != nil || got != tc.want {
			t.Errorf("\n%s\nMayHave(), %s: want %t, got %t, %v", tc.reason, name, tc.want, got, err)
		}
	}
	for before := 1<<20 - 8; before < 1<<20+2; before++ {
		text := strings.Repeat(" ", before) + "test/" + strings.Repeat(" ", 100)
		if got, err := MayHave(strings.NewReader(text), Word{Text: "test/"}); err != nil || !got {
			t.Errorf("a word after %d bytes is not found: %v", before, err)
		}
	}
}
