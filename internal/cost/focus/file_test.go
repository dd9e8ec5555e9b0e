package focus

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestWrittenMeanwhile holds that a file which changes while it is read is not taken for a whole one.
func TestWrittenMeanwhile(t *testing.T) {
	file := t.TempDir() + "/a.csv"
	if err := os.WriteFile(file, []byte(header+usual), 0o600); err != nil {
		t.Fatal(err)
	}
	err := NewReader().Read(file, func(*Row) error {
		return os.WriteFile(file, []byte(header+usual+usual+usual), 0o600)
	})
	if err == nil || !strings.Contains(err.Error(), "a.csv: was written while it was read; read it when it is whole") {
		t.Errorf("Read(): %v", err)
	}
}

// TestDoubt holds that a file which may have been cut within its last number is named.
func TestDoubt(t *testing.T) {
	cases := map[string]struct{ reason, text, want string }{
		"Whole": {"A line has an end.", header + usual, ""},
		"Blank": {"A blank line behind the last row changes nothing.", header + usual + "\n", ""},
		"Cut": {
			"Of a number that is cut the begin is a number too.",
			header + strings.TrimSuffix(usual, "\n"), "a.csv: the last line has no end; perhaps the file was cut short",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, r := "", NewReader()
			r.Doubt = func(text string) { got += text }
			err := r.read("a.csv", strings.NewReader(tc.text), int64(len(tc.text)), func(*Row) error { return nil })
			if got != tc.want || err != nil {
				t.Errorf("\n%s\nread(): %v; %q, want %q", tc.reason, err, got, tc.want)
			}
		})
	}
}

// TestTagsAndLabels holds which of both counts in a file that has both.
func TestTagsAndLabels(t *testing.T) {
	cases := map[string]struct{ reason, labels, want string }{
		"Labels": {"What is in a label was written by whoever labels.", `"[{""Key"": ""c"", ""Value"": ""d""}]"`, "[{c d false}]"},
		"Empty":  {"No labels take no tags away.", "[]", "[{a b false}]"},
		"Null":   {"Labels that are null take no tags away.", "", "[{a b false}]"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			text := strings.TrimSuffix(header, "\n") + ",x_Labels\n" + strings.TrimSuffix(with(9, `"{""a"": ""b""}"`), "\n") + "," + tc.labels + "\n"
			got := ""
			err := NewReader().read("a", strings.NewReader(text), int64(len(text)), func(r *Row) error { got += fmt.Sprint(*r.Tags); return nil })
			if got != tc.want || err != nil {
				t.Errorf("\n%s\nread(): %v; %s, want %s", tc.reason, err, got, tc.want)
			}
		})
	}
}
