package focus

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func bytesReader(b []byte) io.Reader { return bytes.NewReader(b) }

// lines are a field's as encoding/csv has them: a line's end within quotes is one byte there.
func lines(b []byte) string { return strings.ReplaceAll(string(b), "\r\n", "\n") }

func TestTags(t *testing.T) {
	ab := Tags{{Key: "a", Value: "b"}}
	cases := map[string]struct {
		reason, text string
		want         Tags
	}{
		"Object": {"FOCUS has an object.", `{"a": "b"}`, ab},
		"Order": {
			"Tags keep their order, and so are the same each time.",
			`{"b": "1", "a": "2"}`,
			Tags{{Key: "b", Value: "1"}, {Key: "a", Value: "2"}},
		},
		"Twice": {
			"A key that comes twice is told twice, so that who reads it sees that it contradicts.",
			`{"a": "1", "a": "2"}`,
			Tags{{Key: "a", Value: "1"}, {Key: "a", Value: "2"}},
		},
		"Blanks":     {"Blanks around say nothing.", ` {"a":"b"} `, ab},
		"Braces":     {"Azure leaves the braces out.", `"a": "b","c":"d"`, Tags{{Key: "a", Value: "b"}, {Key: "c", Value: "d"}}},
		"List":       {"Google's live table has a list.", `[{"Key": "a", "Value": "b"}]`, ab},
		"LowerList":  {"Google's native export has the same in lower case.", `[{"key": "a", "value": "b"}]`, ab},
		"NoValue":    {"A label of Google may have no value.", `[{"Key": "a", "Value": null}]`, Tags{{Key: "a", Alone: true}}},
		"True":       {"A key without a value has true in FOCUS.", `{"env:prod": true}`, Tags{{Key: "env:prod", Alone: true}}},
		"False":      {"A value that is false is a value.", `{"a": false}`, Tags{{Key: "a", Value: "false"}}},
		"Null":       {"A key may have null.", `{"a": null}`, Tags{{Key: "a", Alone: true}}},
		"Number":     {"A number keeps its digits.", `{"a": 1.50}`, Tags{{Key: "a", Value: "1.50"}}},
		"Strings":    {"IBM Cloud's tags are strings.", `["env:prod"]`, Tags{{Key: "env:prod", Alone: true}}},
		"Escapes":    {"JSON may escape a letter.", `{"\u0061": "b"}`, ab},
		"Empty":      {"No tags are none.", `{}`, nil},
		"EmptyList":  {"No labels are none.", `[]`, Tags{}},
		"EmptyValue": {"A value may be empty.", `{"a": ""}`, Tags{{Key: "a"}}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := parseTags([]byte(tc.text))
			if err != nil {
				t.Fatalf("\n%s\nparseTags(%s): %v", tc.reason, tc.text, err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nparseTags(%s): -want, +got:\n%s", tc.reason, tc.text, diff)
			}
		})
	}
}

// TestRemembered holds that long tags are not all remembered.
func TestRemembered(t *testing.T) {
	const texts, long = 100, 1_000_000
	var r tagger
	for i := range texts {
		if _, err := r.of(fmt.Appendf(nil, `{"%d": "%s"}`, i, strings.Repeat("a", long))); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(r.read); n*long > maxTextBytes || n == 0 {
		t.Errorf("of %d texts of a megabyte %d are remembered", texts, n)
	}
}

// FuzzTags holds that the short way reads what encoding/json reads, where it reads anything.
func FuzzTags(f *testing.F) {
	for _, s := range []string{`{"a": "b", "c":"d"}`, `{}`, `{"a":"b",}`, `{"a":"\\u0041"}`, `{"a":"b"} x`, `{"a"  :  ""}`, `{"a":"b" "c":"d"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, ok := simple(text)
		if !ok || !utf8.Valid(text) { // who calls it has checked that
			return
		}
		want, err := parseJSON(text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("simple(%q): %v: -want, +got:\n%s", text, err, diff)
		}
	})
}
