package manifest

import (
	"bytes"
	"testing"
)

// FuzzParse holds that no file makes the reader panic, and that every line it names is one of
// the file.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		thing, thing + "---\n" + thing, "--- {apiVersion: test/v1, kind: Thing}", "\xef\xbb\xbf" + thing, "{\t\"kind\": \"List\", \"items\": [{}]}",
		"x: &m {name: a}\napiVersion: test/v1\nkind: Thing\nmetadata:\n  <<: [*m, *m]\n", "a: &a [*a]\n# test/", "kind: List\nitems: &i [*i]\n# test/",
		"{{ test/ }}", "{} {\"a\": \"\\/\"}\nx: y", "apiVersion: !!binary dGVzdC92MQ==\nkind: Thing\n",
		"\xff\xfe", "a: &a x\n*a : \"te\\\n  st/v1\"\n", "? test/v1\n: [\n", "%YAML 1.1\n---\n" + thing,
	} {
		f.Add([]byte(s), "metadata.name")
	}
	for _, bomb := range bombs() {
		f.Add([]byte(bomb), "spec.x")
	}
	f.Fuzz(func(t *testing.T, b []byte, path string) {
		docs, mistakes := Parse("f.yaml", b, isTest, "test/")
		last := bytes.Count(b, []byte("\n")) + 1
		for _, d := range docs {
			if line := d.Line(path); line < 1 || line > last {
				t.Errorf("line %d of %d", line, last)
			}
		}
		for _, m := range mistakes {
			if m.Line < 1 || m.Line > last || m.Text == "" {
				t.Errorf("line %d of %d: %q", m.Line, last, m.Text)
			}
		}
	})
}
