package manifest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func isTest(apiVersion, kind string) bool { return apiVersion == "test/v1" && kind == "Thing" }

const thing = "apiVersion: test/v1\nkind: Thing\nmetadata: {name: a}\n"

// seen is what a test sees of a file: an object is a line, its name and the line of its name.
func seen(docs []*Document, mistakes []Mistake) []string {
	var out []string
	for _, d := range docs {
		out = append(out, fmt.Sprintf("%d: %s in %d", d.Line(""), d.Text("metadata", "name"), d.Line("metadata.name")))
	}
	for _, m := range mistakes {
		kind := "mistake"
		if m.Template {
			kind = "template"
		}
		out = append(out, fmt.Sprintf("%d: %s: %s", m.Line, kind, m.Text))
	}
	return out
}

// A file is what a test has Parse read, and what is seen of it.
type file struct {
	reason, text string
	want         []string
}

func holdParse(t *testing.T, cases map[string]file) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, seen(Parse("f.yaml", []byte(tc.text), isTest, "test/"))); diff != "" {
				t.Errorf("\n%s\nParse(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestParse(t *testing.T) {
	holdParse(t, map[string]file{
		"One":     {"A file is mostly one object.", thing, []string{"1: a in 3"}},
		"Comment": {"An object begins where it says something.", "# why\n\n" + thing, []string{"3: a in 5"}},
		"Many": {
			"Documents are counted on in the lines of the file.",
			thing + "---\n" + thing + "--- # third\n" + thing,
			[]string{"1: a in 3", "5: a in 7", "9: a in 11"},
		},
		"Empty": {"An empty document is none.", "---\n---\n\n---\n# only a comment\n---\n" + thing, []string{"7: a in 9"}},
		"OnTheLine": {
			"What stands on the line of three hyphens is of the document.",
			"--- {apiVersion: test/v1, kind: Thing, metadata: {name: a}}\n",
			[]string{"1: a in 1"},
		},
		"CRLF": {"Lines may end as on Windows.", strings.ReplaceAll(thing+"---\n"+thing, "\n", "\r\n"), []string{"1: a in 3", "5: a in 7"}},
		"BOM":  {"A byte order mark is no content.", "\xef\xbb\xbf" + thing, []string{"1: a in 3"}},
		"JSON": {
			"JSON is read, with tabs between its tokens.",
			"{\n\t\"apiVersion\": \"test/v1\",\n\t\"kind\": \"Thing\",\n\t\"metadata\": {\"name\": \"a\"}\n}\n",
			[]string{"1: a in 4"},
		},
		"Anchor": {
			"A field behind an alias stands where it is written.",
			"x: &m\n  name: a\napiVersion: test/v1\nkind: Thing\nmetadata: *m\n",
			[]string{"1: a in 2"},
		},
		"Merge": {
			"A field that is merged in is told by the line that merges it.",
			"x: &m {name: a}\napiVersion: test/v1\nkind: Thing\nmetadata:\n  <<: *m\n",
			[]string{"1: a in 5"},
		},
		"List": {
			"The items of a List are objects, as kubectl prints them.",
			"apiVersion: v1\nkind: List\nitems:\n- apiVersion: test/v1\n  kind: Thing\n  metadata:\n    name: a\n- {kind: Other}\n- apiVersion: test/v1\n  " +
				"kind: Thing\n  metadata: {name: b}\n",
			[]string{"4: a in 7", "9: b in 11"},
		},
		"Other": {"Another kind is passed by.", "apiVersion: v1\nkind: Pod\n# test/\n", nil},
		"Broken": {
			"What is no YAML is told with its line in the file.",
			"---\nkind: Pod\n---\n" + thing + "\tx: y\n",
			[]string{"7: mistake: cannot be read: found character that cannot start any token"},
		},
		"Unrelated": {"What is no YAML, and nobody wants, is passed by.", "kind: Pod\n\tx: y\n", nil},
		"Twice": {
			"A field that stands twice is a mistake, since only one of them counts.", thing + "kind: Thing\n",
			[]string{`4: mistake: cannot be read: key "kind" already set in map`},
		},
		"Helm": {
			"A field that a template fills in cannot be judged.",
			strings.Replace(thing, "name: a", `name: "{{ .Values.name }}"`, 1),
			[]string{"1: template: has a field that a template is to fill in"},
		},
		"HelmBare": {
			"A template need not be YAML.",
			"{{- if .Values.on }}\n" + thing + "{{- end }}\n",
			[]string{"1: template: cannot be read: did not find expected node content"},
		},
		"Braces": {"Braces in a comment are no template.", "# {{ x }}\n" + thing, []string{"2: a in 4"}},
		"Latin1": {"Another encoding is told, with its line.", thing + "# caf\xe9\n", []string{"4: mistake: is no UTF-8"}},
		"Bomb": {
			"Aliases that multiply are refused, and never written out.",
			"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n" +
				"e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n" + thing,
			[]string{"1: mistake: cannot be read: document contains excessive aliasing"},
		},
		"Cycle": {
			"An alias of what it stands in ends.",
			"metadata: &m {name: a, m: *m}\n" + strings.Replace(thing, "metadata: {name: a}\n", "", 1),
			[]string{"1: mistake: cannot be read: anchor 'm' value contains itself"},
		},
		"Scalar":   {"A text is no object.", "test/\n", nil},
		"Sequence": {"A list at the top is no object.", "- apiVersion: test/v1\n", nil},
	})
}

func TestLine(t *testing.T) {
	const file = "# a thing\napiVersion: test/v1\nkind: Thing\nmetadata:\n  labels:\n    backstage.io/system: gateway\nspec:\n  access:\n  - role: " +
		"send\n  - role: receive\n"
	docs, _ := Parse("f.yaml", []byte(file), isTest, "test/")
	if len(docs) != 1 {
		t.Fatalf("want one object, got %d", len(docs))
	}
	cases := map[string]struct {
		reason, path string
		want         int
	}{
		"Object":  {"No field is the object.", "", 2},
		"Field":   {"A field has its name's line.", "spec.access", 8},
		"Item":    {"An item of a list has its own.", "spec.access[1].role", 10},
		"Label":   {"A name with dots in it stands in brackets.", "metadata.labels[backstage.io/system]", 6},
		"Missing": {"What is missing is looked for around it.", "spec.access[1].principal", 10},
		"Beyond":  {"An item that there is not is the list's.", "spec.access[7]", 8},
		"Nowhere": {"Of what is nowhere the object is told.", "status.x", 2},
		"Odd":     {"A path that is none finds what it can.", "spec.[access", 7},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := docs[0].Line(tc.path); got != tc.want {
				t.Errorf("\n%s\nLine(%q): want %d, got %d", tc.reason, tc.path, tc.want, got)
			}
		})
	}
}
