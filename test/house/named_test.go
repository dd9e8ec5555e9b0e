package house

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// naming are the pages that name tests by which what they say is held.
var naming = []string{"docs/threat-model.md", "docs/same.md", "docs/control-plane.md", "docs/gitops.md"}

// TestNamed holds that each test which a page names is there.
func TestNamed(t *testing.T) {
	declared := map[string]bool{}
	test := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".cache" || d.Name() == ".git") {
			return skipped(err)
		}
		if !strings.HasSuffix(path, "_test.go") {
			return nil
		}
		b, err := os.ReadFile(path) //nolint:gosec // Our own source.
		for _, m := range test.FindAllStringSubmatch(string(b), -1) {
			declared[m[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)\\w+)`")
	for _, page := range naming {
		b, err := os.ReadFile(filepath.Join(root, page))
		if err != nil {
			t.Fatal(err)
		}
		all := named.FindAllStringSubmatch(string(b), -1)
		if len(all) == 0 {
			t.Errorf("%s names no test", page)
		}
		for _, m := range all {
			if !declared[m[1]] {
				t.Errorf("%s names %s, which is no test", page, m[1])
			}
		}
	}
}

// skipped leaves a folder out, unless it cannot be read.
func skipped(err error) error {
	if err != nil {
		return err
	}
	return fs.SkipDir
}

// TestPlanes holds that the page on control planes says of each test on one what it does.
func TestPlanes(t *testing.T) {
	page, err := os.ReadFile(filepath.Join(root, "docs", "control-plane.md"))
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, "test", "e2e", "*", "*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatal("no tests on control planes", err)
	}
	on := regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\) \{ s\.`)
	for _, f := range files {
		b, err := os.ReadFile(f) //nolint:gosec // Our own source.
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range on.FindAllStringSubmatch(string(b), -1) {
			if !strings.Contains(string(page), "`"+m[1]+"`") {
				t.Errorf("docs/control-plane.md says nothing of %s", m[1])
			}
		}
	}
}
