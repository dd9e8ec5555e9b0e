package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cost/money"
)

var update = flag.Bool("update", false, "write what is printed into testdata and the pages")

const examples = "../../examples/costs"

// printed is what the command prints of the arguments.
func printed(t *testing.T, args ...string) string {
	t.Helper()
	var out, told bytes.Buffer
	if err := run(t.Context(), args, &out, &told); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestExamples holds what the command prints of the examples.
func TestExamples(t *testing.T) {
	cases := map[string]struct {
		reason string
		args   []string
	}{
		"table": {"The default answers what a domain costs in each env, by month.", nil},
		"team":  {"A team has one name on all clouds.", []string{"--by", "team"}},
		"cloud": {"Of what a cloud bills, the month of the bill counts.", []string{"--by", "cloud,product", "--cost", "billed", "--since", "2026-10"}},
		"claim": {"Entities are shown as Backstage has them.", []string{"--by", "entity", "--since", "2026-10", "--claims", "../../examples/claims"}},
		"csv":   {"CSV has every digit, and all that is not allocated.", []string{"--format", "csv", "--by", "domain"}},
		"json":  {"JSON has a cost as text.", []string{"--format", "json", "--by", "domain", "--since", "2026-10"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := printed(t, append(tc.args, examples)...)
			golden := filepath.Join("testdata", name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil { //nolint:gosec // A golden, which all may read.
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("\n%s\ncost %v: -want, +got:\n%s", tc.reason, tc.args, diff)
			}
		})
	}
}

// excerpt is the table in the README.
var excerpt = regexp.MustCompile("(?s)```text\n(domain .*?)```")

// TestReadme holds that the README shows of what make cost prints the rows of one domain, what is
// not allocated and the total.
func TestReadme(t *testing.T) {
	const page = "../../README.md"
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	shown := excerpt.FindSubmatch(b)
	if shown == nil {
		t.Fatal("the README shows no table")
	}
	var rows strings.Builder
	for line := range strings.Lines(printed(t, examples)) {
		first, _, _ := strings.Cut(line, " ")
		if slices.Contains([]string{"domain", "payments", "(not", "total"}, first) {
			rows.WriteString(line)
		}
		if first == "total" {
			break
		}
	}
	want := rows.String()
	if *update {
		if err := os.WriteFile(page, bytes.Replace(b, shown[1], []byte(want), 1), 0o644); err != nil { //nolint:gosec // A page.
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(shown[1])); diff != "" {
		t.Errorf("-printed, +README:\n%s", diff)
	}
}

// TestFind holds which files of a folder are read.
func TestFind(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a.csv", "b/c.parquet", "b/d.CSV.GZ", "b/manifest.json", ".hidden.csv", ".git/e.csv"} {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // A folder of a test.
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("..", filepath.Join(folder, "b", "up")); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(folder, link); err != nil {
		t.Fatal(err)
	}
	others := []string{"/b/up (a link to a folder, which is read where it is named itself)", "/b/manifest.json"}
	all := []string{"/a.csv", "/b/c.parquet", "/b/d.CSV.GZ"}
	cases := map[string]struct {
		reason        string
		paths         []string
		files, others []string
	}{
		"Folder": {"Exports of a folder are read, also below it; what else is there is told, if not hidden.", []string{""}, all, others},
		"Twice":  {"A file that is named twice is read once.", []string{"", "/b", "/a.csv"}, all, others},
		"Named":  {"A file that is named itself is read, whatever its name is.", []string{"/b/manifest.json"}, []string{"/b/manifest.json"}, nil},
	}
	for name, tc := range cases {
		for _, root := range []string{folder, link} {
			t.Run(name, func(t *testing.T) {
				var paths []string
				for _, p := range tc.paths {
					paths = append(paths, root+p)
				}
				files, others, err := find(paths)
				if err != nil {
					t.Fatal(err)
				}
				for _, list := range [][]string{files, others} {
					for i := range list {
						list[i] = strings.TrimPrefix(filepath.Clean(list[i]), root)
					}
				}
				if diff := cmp.Diff([][]string{tc.files, tc.others}, [][]string{files, others}); diff != "" {
					t.Errorf("\n%s\nfind(): -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestFormats holds that the formats have the same money.
func TestFormats(t *testing.T) {
	var whole, of money.Amount
	add := func(to *money.Amount, text string) {
		var a money.Amount
		if err := a.Parse([]byte(text)); err != nil {
			t.Fatal(err)
		}
		to.Add(&a)
	}
	lines, err := csv.NewReader(strings.NewReader(printed(t, "--format", "csv", examples))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[1:] {
		add(&whole, l[len(l)-2])
	}
	var list []struct {
		Cost string `json:"cost"`
	}
	if err := json.Unmarshal([]byte(printed(t, "--format", "json", "--by", "entity,product", examples)), &list); err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		add(&of, l.Cost)
	}
	if whole.Cmp(&of) != 0 || !strings.Contains(printed(t, examples), thousands(whole.Fixed(2))+"\n") {
		t.Errorf("CSV adds up to %s, JSON by other columns to %s, and the table has\n%s", whole.String(), of.String(), printed(t, examples))
	}
}

func TestPicture(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.svg")
	printed(t, "--svg", file, "--by", "entity", examples)
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b)
	for _, want := range []string{"2026-08", "2026-10", unallocated, "more)", "Effective cost by the month of use, in USD"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the picture has no %q", want)
		}
	}
}

func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRefused(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // A folder of a test.
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	ibm, err := os.ReadFile(examples + "/ibm.csv")
	if err != nil {
		t.Fatal(err)
	}
	write("twice/a.csv", string(ibm))
	write("twice/b.csv", string(ibm))
	write("none/readme.md", "no export")
	write("none/.hidden/a.csv", "no export")
	if err := syscall.Mkfifo(filepath.Join(folder, "none", "pipe.csv"), 0o600); err != nil {
		t.Fatal(err)
	}
	bad := write("bad/a.csv", "x\n")
	write("gone/a.csv", string(ibm))
	if err := os.Symlink("nowhere", filepath.Join(folder, "gone", "b.csv")); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		reason string
		args   []string
		want   string
	}{
		"NoPath":   {"Somebody has to say what is read.", nil, "no file or folder is named"},
		"NoFile":   {"A file that is not there is told.", []string{folder + "/nowhere"}, "no such file"},
		"NoExport": {"A folder without an export has no costs, nor has a pipe.", []string{folder + "/none"}, "has no export; exports end in .csv"},
		"Gone":     {"A link to an export that is not there is a bill that is missing.", []string{folder + "/gone"}, "gone/b.csv: no such file"},
		"Bad":      {"A file that is no export is told by its place.", []string{bad}, bad + ":1:1: has no column BilledCost"},
		"Twice":    {"An export that is there twice would double the bill.", []string{folder + "/twice"}, "b.csv: 72 of its 72 charges stand in"},
		"By": {
			"A word that parts nothing is refused with those that do.",
			[]string{"--by", "project", examples},
			`--by: "project" is not allowed; allowed are claim, cloud, domain, entity, env, product, system, team`,
		},
		"ByTwice": {"A word that is named twice parts nothing more.", []string{"--by", "env,env", examples}, `--by: "env" is named twice`},
		"Cost": {
			"FOCUS has more costs, and two of them are shown.",
			[]string{"--cost", "list", examples},
			`--cost: "list" is not allowed; allowed are billed, effective`,
		},
		"Since": {"A month is not a day.", []string{"--since", "2026-08-01", examples}, `--since: "2026-08-01" is no month; a month is as 2026-01`},
		"Format": {
			"A format that is not there is refused.",
			[]string{"--format", "xlsx", examples},
			`--format: "xlsx" is not allowed; allowed are csv, json, table`,
		},
		"Picture": {
			"A picture is not written over an export.",
			[]string{"--svg", examples + "/ibm.csv", examples},
			`--svg: "../../examples/costs/ibm.csv" does not end in .svg`,
		},
		"NoClaim": {"A folder without a claim gives no names.", []string{"--claims", folder + "/none", examples}, "none: has no claim"},
		"Late":    {"A month that has no charge yet has no table.", []string{"--since", "2030-01", examples}, "no charge was found"},
		"Flag":    {"A flag behind a path would be taken for a file.", []string{examples, "--by"}, `"--by" stands after a path`},
		"Claims":  {"Claims that are not there are told.", []string{"--claims", folder + "/nowhere", examples}, "--claims: "},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := run(t.Context(), tc.args, &out, io.Discard)
			if err == nil || !strings.Contains(err.Error(), tc.want) || out.Len() > 0 {
				t.Errorf("\n%s\ncost %v: %v, want %q; printed %q", tc.reason, tc.args, err, tc.want, out.String())
			}
		})
	}
}
