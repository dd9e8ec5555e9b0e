package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	pagePath  = "docs/permissions.md"
	begin     = "<!-- rows: made by make generate -->\n"
	endOfRows = "<!-- end of rows -->\n"
)

// titles of the clouds, in the order in which the page has them.
var titles = []struct{ cloud, title string }{{"gcp", "Google Cloud"}, {"aws", "AWS"}, {"azure", "Azure"}, {"ibm", "IBM Cloud"}}

// pageOf is the page, with the rows as they are now.
func pageOf(root string, tables map[string][]row) ([]byte, error) {
	now, err := os.ReadFile(filepath.Join(root, pagePath)) //nolint:gosec // The project's own page.
	if err != nil {
		return nil, fmt.Errorf("cannot read the page: %w", err)
	}
	before, rest, opened := strings.Cut(string(now), begin)
	_, after, closed := strings.Cut(rest, endOfRows)
	if !opened || !closed {
		return nil, errors.New(pagePath + " has no place for the rows")
	}
	known, err := sources()
	if err != nil {
		return nil, err
	}
	return []byte(before + begin + figures(tables) + tablesOf(tables) + sourcesOf(known) + endOfRows + after), nil
}

// figures counts the rows by their marks.
func figures(tables map[string][]row) string {
	var b strings.Builder
	b.WriteString("| cloud | rows that were read | rows of memory |\n| --- | --- | --- |\n")
	for _, t := range titles {
		n := map[string]int{}
		for _, r := range tables[t.cloud] {
			n[r.mark]++
		}
		fmt.Fprintf(&b, "| %s | %d | %d |\n", t.title, n[ofSource], n[ofMemory])
	}
	return b.String()
}

func tablesOf(tables map[string][]row) string {
	var b strings.Builder
	for _, t := range titles {
		fmt.Fprintf(&b, "\n## The rows of %s\n\n", t.title)
		what := "action"
		if t.cloud == "ibm" {
			what = "role"
		}
		fmt.Fprintf(&b, "| kind | to | %s | on | only with | source |\n| --- | --- | --- | --- | --- | --- |\n", what)
		for _, r := range tables[t.cloud] {
			kind := r.kind
			if kind == every {
				kind = "all"
			}
			of := r.source
			if r.mark == ofMemory {
				of = "**memory**: " + of
			}
			fmt.Fprintf(&b, "| %s | %s | `%s` | %s | %s | %s |\n", kind, r.use, r.action, strings.ReplaceAll(strings.Join(r.on, ", "), "*", "all"), r.with, of)
		}
	}
	return b.String()
}

func sourcesOf(known []source) string {
	var b strings.Builder
	b.WriteString("\n## The sources\n\n| key | what it is | where |\n| --- | --- | --- |\n")
	for _, s := range known {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", s.key, s.what, s.where)
	}
	return b.String()
}
