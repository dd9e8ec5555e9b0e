package howto

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestIndex holds that each task is two clicks from the README, and that no page of a task grows
// past what somebody reads who is in the middle of it.
func TestIndex(t *testing.T) {
	read := func(path string) string {
		b, err := os.ReadFile(path) //nolint:gosec // Our own page.
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if !strings.Contains(read(root+"/README.md"), "](docs/how-to/README.md)") {
		t.Error("the README does not lead to the tasks")
	}
	index := read(root + "/docs/how-to/README.md")
	for _, page := range pages(t) {
		if !strings.Contains(index, "]("+filepath.Base(page)+")") {
			t.Errorf("docs/how-to/README.md does not lead to %s", filepath.Base(page))
		}
		if n := strings.Count(read(page), "\n"); n > 70 {
			t.Errorf("%s has %d lines, and 70 are meant", filepath.Base(page), n)
		}
	}
}

// TestMenu holds that the menu of the site has every page of docs: the site itself is built by
// hand, since that takes npm.
func TestMenu(t *testing.T) {
	menu, err := os.ReadFile(root + "/hack/site/.vitepress/pages.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"", "how-to/"} {
		found, err := filepath.Glob(root + "/docs/" + folder + "*.md")
		if err != nil || len(found) == 0 {
			t.Fatal("no pages", err)
		}
		for _, page := range found {
			link := strings.TrimSuffix("/"+folder+strings.TrimSuffix(filepath.Base(page), ".md"), "README")
			if !strings.Contains(string(menu), ", '"+link+"')") {
				t.Errorf("hack/site/.vitepress/pages.ts does not lead to %s", link)
			}
		}
	}
}
