// Package howto tries what the pages of docs/how-to show: claims, edits of claims, settings, what
// is refused and why, objects of Kubernetes, and commands.
package howto

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// root of the project.
const root = "../.."

// A block is a block of code of a page, in its language, without the indent of its list.
type block struct{ language, text string }

// code is a block with the indent of its first line.
var code = regexp.MustCompile("(?ms)^( *)```(\\w+)\n(.*?)^ *```$")

// pages are those of docs/how-to, without their index.
func pages(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(root, "docs/how-to/*.md"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range all {
		if filepath.Base(p) != "README.md" {
			out = append(out, p)
		}
	}
	if len(out) < 10 {
		t.Fatalf("only %d pages", len(out))
	}
	return out
}

// blocks are a page's, in their order.
func blocks(t *testing.T, page string) []block {
	t.Helper()
	b, err := os.ReadFile(page) //nolint:gosec // Our own page.
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	for _, m := range code.FindAllStringSubmatch(string(b), -1) {
		lines := strings.Split(m[3], "\n")
		for i := range lines {
			lines[i] = strings.TrimPrefix(lines[i], m[1])
		}
		out = append(out, block{language: m[2], text: strings.Join(lines, "\n")})
	}
	return out
}
