package main

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

// rowsOf are the tables, a file for each cloud, and the sources that they name.
//
//go:embed rows/*.tsv
var rowsOf embed.FS

// A row says that a kind takes an action at its cloud.
type row struct {
	kind   string   // as the CRD has it, of IBM Cloud as Terraform has it; every for all of them
	use    string   // what the provider does meanwhile
	action string   // in the cloud's own word; of IBM Cloud a role
	on     []string // on which of the cloud's resources, where its format tells
	with   string   // what a claim or the settings have to say for it, or ""
	mark   string   // whether somebody read that it is needed
	source string   // where; of memory, what was read and what was not
}

// every stands for all kinds of a cloud.
const every = "*"

// What a provider does with a resource. A use of deletes is left out for whoever keeps
// everything; what takes somebody's access away, or a lock, is not.
const (
	look    = "look"
	makes   = "make"
	change  = "change"
	revoke  = "revoke"
	deletes = "delete"
)

// Marks of a row.
const (
	ofSource = "source"
	ofMemory = "memory"
)

var (
	uses  = []string{look, makes, change, revoke, deletes}
	marks = []string{ofSource, ofMemory}
)

const head = "kind\tfor\taction\ton\twith\tmark\tsource"

// read reads the table of a cloud.
func read(cloud string) ([]row, error) {
	lines, at, err := linesOf(cloud, head)
	if err != nil {
		return nil, err
	}
	known, err := sources()
	if err != nil {
		return nil, err
	}
	out := make([]row, 0, len(lines))
	for i, cells := range lines {
		r := row{kind: cells[0], use: cells[1], action: cells[2], with: cells[4], mark: cells[5], source: cells[6]}
		if cells[3] != "" {
			r.on = strings.Split(cells[3], ",")
		}
		if err := r.check(known); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", at, i+2, err)
		}
		out = append(out, r)
	}
	return out, nil
}

// check refuses a row that says nothing, or names a source that nobody can find. A row of
// source begins with one; a row of memory may.
func (r row) check(known []source) error {
	switch {
	case r.kind == "" || r.action == "" || r.source == "":
		return fmt.Errorf("kind, action, source: %q, %q, %q: none of them may be empty", r.kind, r.action, r.source)
	case !slices.Contains(uses, r.use):
		return fmt.Errorf("for: %q is not allowed; allowed are %s", r.use, strings.Join(uses, ", "))
	case !slices.Contains(marks, r.mark):
		return fmt.Errorf("mark: %q is not allowed; allowed are %s", r.mark, strings.Join(marks, ", "))
	}
	if r.mark == ofMemory {
		return nil
	}
	key, _, _ := strings.Cut(r.source, " ")
	key = strings.TrimRight(key, ",:;")
	if !slices.ContainsFunc(known, func(s source) bool { return s.key == key }) {
		return fmt.Errorf("source: %q begins with no key of sources.tsv, as a row that is marked %s does", r.source, ofSource)
	}
	return nil
}

// A source is what rows were read in, under a short key.
type source struct{ key, what, where string }

func sources() ([]source, error) {
	lines, _, err := linesOf("sources", "key\twhat\twhere")
	if err != nil {
		return nil, err
	}
	out := make([]source, 0, len(lines))
	for _, cells := range lines {
		out = append(out, source{cells[0], cells[1], cells[2]})
	}
	return out, nil
}

// linesOf are the cells of a table, line by line behind its head, and its file.
func linesOf(name, head string) (cells [][]string, at string, err error) {
	at = "rows/" + name + ".tsv"
	b, err := rowsOf.ReadFile(at)
	if err != nil {
		return nil, at, fmt.Errorf("cannot read a table: %w", err)
	}
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	if lines[0] != head {
		return nil, at, fmt.Errorf("%s:1: %q is not allowed; allowed is %q", at, lines[0], head)
	}
	for i, line := range lines[1:] {
		c := strings.Split(line, "\t")
		if want := strings.Count(head, "\t") + 1; len(c) != want {
			return nil, at, fmt.Errorf("%s:%d: %d cells are not allowed; allowed are %d", at, i+2, len(c), want)
		}
		cells = append(cells, c)
	}
	return cells, at, nil
}

// kept are the rows without those that delete.
func kept(rows []row) []row {
	return slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.use == deletes })
}

// actions are those of some rows, sorted, each once.
func actions(rows []row) []string {
	out := make([]string, 0, len(rows))
	for _, r := range rows {
		out = append(out, r.action)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
