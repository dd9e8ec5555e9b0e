package types

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/test/page"
)

const (
	project = "../../../"
	house   = "functions/multicloud-db/"
)

// shared are the packages of the house that no cell has for itself.
var shared = []string{"aws", "azure", "credential", "lifecycle", "network", "redact", "tofu", "types"}

// modules is the package of the OpenTofu modules of several types, with a folder for what
// only one of them has.
const modules = "modules"

var (
	groupOf  = regexp.MustCompile(`managed\.Kind\{Group: "([^"]+)"`)
	importOf = regexp.MustCompile(`"github\.com/victor-onl/crossplane-resources/` + house + `([^"]+)"`)
	saysOf   = regexp.MustCompile(`(?m)^\s+(provider|type): (\S+)$`)
	nameIs   = regexp.MustCompile(`(?m)^\s+name: (\S+)$`)
)

// A cell is a type on a cloud, as the files that a person writes or reviews for it.
type cell struct{ own, rows, examples, goldens []string }

// tree is the text of the files that a cell may touch, by their paths in the project:
// no tests, and nothing that is generated.
func tree(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, folder := range []string{"functions", "internal", "hack", "examples", "test"} {
		err := filepath.WalkDir(project+folder, func(path string, d fs.DirEntry, err error) error {
			golden := strings.Contains(path, "test/render/testdata/")
			switch ext := filepath.Ext(path); {
			case err != nil || d.IsDir() || !slices.Contains([]string{".go", ".tf", ".yaml"}, ext):
				return err
			case strings.HasSuffix(path, "_test.go"), strings.Contains(path, "/testdata/") && !golden, strings.Contains(path, "/snapshot/"),
				strings.Contains(path, "test/policies/"): // whose managed resources are examples
				return nil
			}
			b, err := os.ReadFile(path) //nolint:gosec // A file of the project.
			files[strings.TrimPrefix(path, project)] = string(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// cellOf finds the files of a type on a cloud.
func cellOf(files map[string]string, word, provider string) cell {
	var c cell
	groups := map[string]*regexp.Regexp{}
	folders := []string{}
	home := house + word + "/"
	for path, text := range files {
		rest, inside := strings.CutPrefix(path, home)
		if !inside || !strings.HasPrefix(rest, provider) {
			continue
		}
		c.own = append(c.own, path)
		for _, m := range groupOf.FindAllStringSubmatch(text, -1) {
			groups[m[1]] = regexp.MustCompile(`"[^"]*\b` + regexp.QuoteMeta(m[1]) + `\b[^"]*"`)
		}
		for _, m := range importOf.FindAllStringSubmatch(text, -1) {
			switch of := m[1]; {
			case of == modules:
				folders = append(folders, house+of+"/"+word+"/")
			case !slices.Contains(shared, of) && !strings.HasPrefix(house+of+"/", home):
				folders = append(folders, house+of+"/")
			}
		}
	}
	names := []string{}
	for path, text := range files {
		says := map[string]string{"type": "database"} // where the claim does not say
		for _, m := range saysOf.FindAllStringSubmatch(text, -1) {
			says[m[1]] = m[2]
		}
		switch name := nameIs.FindStringSubmatch(text); {
		case slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(path, f) }):
			c.own = append(c.own, path)
		case strings.HasPrefix(path, "examples/claims/") && says["provider"] == provider && says["type"] == word:
			c.examples = append(c.examples, path)
			names = append(names, filepath.Base(filepath.Dir(path))+"/"+name[1]+"-")
		case path == home+"type.go", !slices.Contains(c.own, path) && filepath.Ext(path) == ".go" && mentions(text, groups):
			c.rows = append(c.rows, path)
		}
	}
	for path := range files {
		golden, ok := strings.CutPrefix(path, "test/render/testdata/")
		if ok && slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(golden, n) }) {
			c.goldens = append(c.goldens, path)
		}
	}
	return c
}

// mentions reports whether a line of code has one of the API groups in a string.
func mentions(text string, groups map[string]*regexp.Regexp) bool {
	for g, form := range groups {
		if !strings.Contains(text, g) {
			continue
		}
		for line := range strings.Lines(text) {
			if code, _, _ := strings.Cut(line, "//"); form.MatchString(code) {
				return true
			}
		}
	}
	return false
}

// TestDocsCells holds the table of CONTRIBUTING.md equal to the files of each cell.
func TestDocsCells(t *testing.T) {
	const path, begin, end = project + "CONTRIBUTING.md", "<!-- cells: made by make docs -->\n", "<!-- end of cells -->\n"
	files := tree(t)
	var b strings.Builder
	most := 0
	b.WriteString("| cell | files of its own | files with rows of it | examples | goldens |\n| --- | --- | --- | --- | --- |\n")
	for _, typ := range All {
		for _, provider := range typ.Providers() {
			c := cellOf(files, typ.Word(), provider)
			slices.Sort(c.rows)
			most = max(most, len(c.rows))
			for i, row := range c.rows {
				c.rows[i] = "`" + strings.TrimPrefix(row, house) + "`"
			}
			if len(c.own) == 0 || len(c.examples) == 0 || len(c.goldens) == 0 {
				t.Errorf("%s on %s has %d files of its own, %d examples and %d goldens", typ.Word(), provider, len(c.own), len(c.examples), len(c.goldens))
			}
			fmt.Fprintf(
				&b, "| %s on %s | %d | %d: %s | %d | %d |\n", typ.Word(), provider, len(c.own), len(c.rows), strings.Join(c.rows, ", "),
				len(c.examples), len(c.goldens),
			)
		}
	}
	fmt.Fprintf(&b, "\nSo a cell is its own files, rows in at most %d others, an example and the golden that is made of it.\n", most)
	now, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, opened := strings.Cut(string(now), begin)
	_, after, closed := strings.Cut(rest, end)
	if !opened || !closed {
		t.Fatal("CONTRIBUTING.md has no place for the table of cells")
	}
	page.Hold(t, path, before+begin+b.String()+end+after)
}
