package store

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestParse holds what is a database's URL, and that no error repeats a password.
func TestParse(t *testing.T) {
	const password = "s3cr3t"
	cases := map[string]struct{ reason, text, want string }{
		"Whole":   {"A URL has all.", "postgres://loader:" + password + "@db:5432/costs?sslmode=verify-full", ""},
		"Long":    {"The scheme has two names.", "postgresql://loader@db/costs", ""},
		"Bare":    {"What it does not say is the environment's.", "postgres://", ""},
		"Escaped": {"A password may have any sign.", "postgres://loader:%2F%3F%23%40%25@db/costs", ""},
		"Words":   {"A list of words is no URL.", "host=db password=" + password, errURL.Error()},
		"Scheme":  {"Nor is another database's.", "mysql://loader:" + password + "@db/costs", errURL.Error()},
		"Slash":   {"A slash ends the host, and the rest would be a database.", "postgres://loader:12/" + password + "@db/costs", errAt.Error()},
		"Sharp":   {"So does a number sign.", "postgres://loader:12#" + password + "@db/costs", errAt.Error()},
		"Asked":   {"And a question mark.", "postgres://loader:12?" + password + "@db/costs", errAt.Error()},
		"Percent": {"A percent sign by itself makes it none.", "postgres://loader:%zz" + password + "@db/costs", errURL.Error()},
		"Port":    {"A port that is none is none.", "postgres://loader:" + password + "@db:port/costs", errURL.Error()},
		"Mode": {
			"What the client refuses is told.", "postgres://loader:" + password + "@db/costs?sslmode=" + password,
			"cannot be used: ",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := Parse(tc.text)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if (got == "") != (tc.want == "") || !strings.HasPrefix(got, tc.want) || strings.Contains(got, password) {
				t.Errorf("\n%s\nParse(): %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}

// TestScrubbed holds that what a database or a file answers is told without passwords.
func TestScrubbed(t *testing.T) {
	t.Setenv("PGSSLPASSWORD", "of the key")
	target, err := Parse("postgres://loader:a%2Fb@db/costs?sslpassword=other")
	if err != nil {
		t.Fatal(err)
	}
	got := target.scrubbed(errors.New("a/b; a%2Fb or other, and of the key: wrong").Error())
	if diff := cmp.Diff("xxxxx; xxxxx or xxxxx, and xxxxx: wrong", got); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
}

// TestColumns holds that the table, and the views that stand in for it on big engines, have the columns
// that are written, in that order.
func TestColumns(t *testing.T) {
	view := func(file string) string {
		b, err := os.ReadFile("../../../package/cost/views/" + file)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	// Of a list, the last word of each part; what is in brackets is how a column is made.
	list := func(text, from, to string) string {
		_, text, _ = strings.Cut(text[strings.LastIndex(text, from):], from)
		text, _, _ = strings.Cut(text, to)
		return regexp.MustCompile(`\([^()]*\)`).ReplaceAllString(text, "") + ","
	}
	_, made, _ := strings.Cut(Schema, "cost_daily (")
	made, _, _ = strings.Cut(made, "\n);")
	cases := map[string]struct{ text, column string }{
		"schema.sql":   {made, `(?m)^  (\w+) +\w`},
		"bigquery.sql": {list(view("bigquery.sql"), "\nSELECT\n", "\nFROM"), `(\w+),`},
		"athena.sql":   {list(view("athena.sql"), "\nSELECT\n", "\nFROM"), `(\w+),`},
		"adx.kql":      {list(view("adx.kql"), "| project ", "|"), `(\w+)\s*,`},
	}
	for name, tc := range cases {
		var got []string
		for _, m := range regexp.MustCompile(tc.column).FindAllStringSubmatch(tc.text, -1) {
			got = append(got, m[1])
		}
		if diff := cmp.Diff(Columns, got); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", name, diff)
		}
	}
}
