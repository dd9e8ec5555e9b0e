// Package tagfields makes the table of cost-tag fields that the cost-tagger embeds,
// in two steps: a reading of each version of a provider, which has the fields whose
// names are like tags, of every kind; and what decisions.go says of each. Readings
// stand in the project, so that a decision can change without any CRDs. A field that
// is decided nowhere is an error, so that a new version is read by a person.
package tagfields

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Where the table and the readings stand, from the project's root.
const (
	File   = "functions/cost-tagger/fields.txt"
	Folder = "hack/tagfields/readings"
)

// Covers reports whether the table has kinds of a provider, by what its groups end in.
func Covers(cloud string) bool { return own[cloud] != nil }

// Read makes the reading of the CRDs of one version of a provider.
func Read(files []string) (Table, error) {
	t := Table{}
	for _, file := range files {
		k, ok, err := readCRD(file)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		var words []string
		for _, l := range k.looks {
			words = append(words, l.path+"="+l.shape)
		}
		t.add(k.group, k.kind, words)
	}
	return t, nil
}

// Decide makes the table of readings, a provider's newest first. A kind that has
// other fields in another version is marked.
func Decide(readings []Table) (Table, error) {
	t := Table{}
	undecided := map[string]bool{}
	for _, r := range readings {
		here := Table{}
		for group, kinds := range r {
			for kind, words := range kinds {
				fields, unknown := decide(group, kind, words)
				for _, u := range unknown {
					undecided[u] = true
				}
				here.add(group, kind, fields)
			}
		}
		t.fill(here)
	}
	if len(undecided) > 0 {
		return nil, fmt.Errorf("decide these fields in hack/tagfields/decisions.go:\n%s", strings.Join(slices.Sorted(maps.Keys(undecided)), "\n"))
	}
	return t, nil
}
