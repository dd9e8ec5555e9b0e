// Command tagfields writes the table of cost-tag fields that the cost-tagger
// embeds, from the CRDs of the providers: folders such as package/crds of a
// checkout or of a Go module. A field that looks like tags and is decided nowhere
// in decisions.go is an error, so that a new provider version is read by a person:
// go run ./hack/tagfields FOLDER...
package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

const out = "functions/cost-tagger/fields.txt"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "tagfields:", err)
		os.Exit(1)
	}
}

func run(folders []string) error {
	t, undecided, err := read(folders)
	if err != nil {
		return err
	}
	if len(undecided) > 0 {
		return fmt.Errorf("decide these fields in hack/tagfields/decisions.go:\n%s", strings.Join(undecided, "\n"))
	}
	if err := os.WriteFile(out, []byte(t.String()), 0o600); err != nil {
		return fmt.Errorf("cannot write the table: %w", err)
	}
	fmt.Fprintln(os.Stderr, t.summary())
	return nil
}

// read makes the table of folders with CRDs, of one version of a provider each. A
// kind that has other fields in another version is marked.
func read(folders []string) (table, []string, error) {
	t := table{}
	seen := map[string]bool{}
	for _, folder := range folders {
		kinds, err := readFolder(folder)
		if err != nil {
			return nil, nil, err
		}
		here := table{}
		for _, k := range kinds {
			fields, undecided := decide(k)
			for _, u := range undecided {
				seen[u] = true
			}
			here.add(k, fields)
		}
		t.fill(here)
	}
	if len(t) == 0 {
		return nil, nil, fmt.Errorf("no managed resources of a known provider in %q; give folders such as package/crds", folders)
	}
	return t, slices.Sorted(maps.Keys(seen)), nil
}
