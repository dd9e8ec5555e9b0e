package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found are findings as files may make them: with signs that a format has other uses for.
func found() *Report {
	return &Report{Claims: 1, Entities: 2, Findings: []Finding{
		{File: "b.yaml", Line: 3, Severity: Warning, Rule: "labels", Text: "later"},
		{File: "a,b:c%.yaml", Line: 2, Severity: Error, Rule: "schema", Path: "spec.region", Claim: "ns/main", Text: "100% \"wrong\"\n::error::<x>"},
		{File: "b.yaml", Line: 3, Severity: Warning, Rule: "labels", Text: "later"},
		{File: "::error::b.yaml", Line: 1, Severity: Error, Rule: "file", Text: "named"},
		{File: "##[error]b.yaml", Line: 1, Severity: Error, Rule: "file", Text: "named"},
		{File: "b.yaml", Line: 1, Severity: Notice, Rule: "guard", Text: "first\x1b[2J\u202e"},
	}}
}

func TestFormats(t *testing.T) {
	cases := map[string]struct{ reason, want string }{
		"text": {
			"People get a line for each finding, without what moves a cursor, in the order of files and lines, each once.",
			"./##[error]b.yaml:1: error: named\n" +
				"./::error::b.yaml:1: error: named\n" +
				"a,b:c%.yaml:2: error: 100% \"wrong\"\uFFFD::error::<x>\n" +
				"b.yaml:1: notice: first\uFFFD[2J\uFFFD\n" +
				"b.yaml:3: warning: later\n" +
				"1 claim, 2 entities: 3 errors, 1 warning, 1 notice\n",
		},
		"github": {
			"GitHub gets commands, in which no file and no sentence can begin another.",
			"::error file=##[error]b.yaml,line=1,title=claims%3A file::named\n" +
				"::error file=%3A%3Aerror%3A%3Ab.yaml,line=1,title=claims%3A file::named\n" +
				"::error file=a%2Cb%3Ac%25.yaml,line=2,title=claims%3A schema::100%25 \"wrong\"%0A::error::<x>\n" +
				"::notice file=b.yaml,line=1,title=claims%3A guard::first\uFFFD[2J\uFFFD\n" +
				"::warning file=b.yaml,line=3,title=claims%3A labels::later\n" +
				"1 claim, 2 entities: 3 errors, 1 warning, 1 notice\n",
		},
	}
	for format, tc := range cases {
		t.Run(format, func(t *testing.T) {
			r, out := found(), &strings.Builder{}
			r.Sort()
			if err := Formats[format](out, r); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, out.String()); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestJSON holds that programs read what was found, also where nothing was.
func TestJSON(t *testing.T) {
	for name, r := range map[string]*Report{"Some": found(), "None": {Findings: []Finding{}}} {
		t.Run(name, func(t *testing.T) {
			r.Sort()
			out, got := &strings.Builder{}, &Report{}
			if err := JSON(out, r); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(out.String()), got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(r, got); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
		})
	}
	out := &strings.Builder{}
	if err := JSON(out, &Report{}); err != nil || !strings.Contains(out.String(), `"findings": []`) {
		t.Errorf("no findings are %s, %v", out, err)
	}
}
