package cloud

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/test/page"
)

// fromMemory are the extensions that a cloud is only remembered to have.
var fromMemory = map[string][]string{GCP: Extensions(), AWS: {"hypopg", "vector"}}

// TestDocsOfExtensions holds docs/extensions.md equal to the table that it shows.
func TestDocsOfExtensions(t *testing.T) {
	text, err := os.ReadFile("testdata/extensions.md")
	if err != nil {
		t.Fatal(err)
	}
	var rows []string
	for _, e := range extensions {
		row := []string{"`" + e.Name + "`"}
		for _, p := range Providers {
			mark := ""
			if e.Not[p] == "" && slices.Contains(fromMemory[p], e.Name) {
				mark = "\\*"
			}
			row = append(row, e.wants(p)+mark)
		}
		rows = append(rows, "| "+strings.Join(row, " | ")+" |")
	}
	page.Hold(t, "../../docs/extensions.md", strings.Replace(string(text), "{{rows}}", strings.Join(rows, "\n"), 1))
}

// wants is what a cloud has to be told of an extension, in words.
func (e Extension) wants(provider string) string {
	library := e.Library[provider]
	switch {
	case e.Not[provider] != "":
		return "**refused**"
	case provider == GCP && e.Flag != "":
		return "flag `" + e.Flag + "`"
	case provider == Azure && library != "":
		return "allowed, `" + library + "` loaded"
	case provider == Azure:
		return "allowed"
	case library != "":
		return "`" + library + "` loaded"
	}
	return "there"
}

// TestExtensions holds that the rows are in order, and each cloud's of its own.
func TestExtensions(t *testing.T) {
	if names := Extensions(); !slices.IsSorted(names) {
		t.Errorf("errors list extensions out of order: %v", names)
	}
	for _, e := range extensions {
		for provider, library := range e.Library {
			if provider != AWS && provider != Azure || library == "" {
				t.Errorf("%s: nobody sets a library %q on %s", e.Name, library, provider)
			}
		}
		for provider, why := range e.Not {
			if !slices.Contains(Providers, provider) || why == "" || e.Library[provider] != "" {
				t.Errorf("%s: %s has none, by %q, or loads it", e.Name, provider, why)
			}
		}
	}
	if _, ok := ExtensionOf("dblink"); ok {
		t.Error("dblink reaches other servers, and is no row")
	}
}
