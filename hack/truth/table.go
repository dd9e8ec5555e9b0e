package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/hack/tagfields"
	"github.com/victor-onl/crossplane-resources/internal/providers"
)

func readingPath(p providers.Provider, v providers.Version) string {
	return filepath.Join(tagfields.Folder, p.Name+"_"+v.ID()+".txt")
}

func readingHeading(p providers.Provider, v providers.Version) string {
	return "# The fields whose names are like tags, as path=shape, of each kind of\n# " + p.Of(v) + ". Made by make truth; do not edit.\n"
}

// tableHeading says which versions the cost-tagger's table is of.
func tableHeading() string {
	var b strings.Builder
	b.WriteString(tagfields.Heading)
	for _, p := range providers.All() {
		if !tagfields.Covers(p.Group) {
			continue
		}
		var versions []string
		for _, v := range p.Versions {
			versions = append(versions, v.String())
		}
		fmt.Fprintf(&b, "# %s %s\n", p.Name, strings.Join(versions, ", "))
	}
	return b.String()
}

// table makes the cost-tagger's table of all readings.
func (r *renewal) table() error {
	var readings []tagfields.Table
	for _, p := range providers.All() {
		for _, v := range p.Versions {
			if b, ok := r.files[readingPath(p, v)]; ok {
				readings = append(readings, tagfields.Parse(string(b)))
			}
		}
	}
	t, err := tagfields.Decide(readings)
	if err != nil {
		return fmt.Errorf("cannot make the table: %w", err)
	}
	r.files[tagfields.File] = []byte(t.Text(tableHeading()))
	r.say(t.Summary())
	return nil
}

// whole reports whether a reading has at least half as many kinds as each one that
// the project has of the same provider.
func (r *renewal) whole(p providers.Provider, read tagfields.Table) bool {
	others, err := filepath.Glob(filepath.Join(r.root, tagfields.Folder, p.Name+"_*.txt"))
	if err != nil {
		return false
	}
	for _, other := range others {
		b, err := os.ReadFile(other)
		if err != nil || 2*len(read.Kinds()) < len(tagfields.Parse(string(b)).Kinds()) {
			return false
		}
	}
	return true
}

// finish writes what changes and removes what is left over in the folders, unless
// it only checks, and returns the paths of both.
func (r *renewal) finish(check bool, folders ...string) ([]string, error) {
	changed := map[string]bool{}
	for path, want := range r.files {
		at := filepath.Join(r.root, path)
		if got, err := os.ReadFile(at); err == nil && bytes.Equal(got, want) {
			continue
		}
		changed[path] = true
		if check {
			continue
		}
		if err := os.MkdirAll(filepath.Dir(at), 0o750); err != nil {
			return nil, fmt.Errorf("cannot make a folder: %w", err)
		}
		if err := os.WriteFile(at, want, 0o600); err != nil {
			return nil, fmt.Errorf("cannot write %s: %w", path, err)
		}
	}
	for _, folder := range folders {
		entries, err := os.ReadDir(filepath.Join(r.root, folder))
		if err != nil {
			return nil, fmt.Errorf("cannot list %s: %w", folder, err)
		}
		for _, e := range entries {
			path := filepath.Join(folder, e.Name())
			if _, ok := r.files[path]; ok {
				continue
			}
			changed[path] = true
			if check {
				continue
			}
			if err := os.Remove(filepath.Join(r.root, path)); err != nil {
				return nil, fmt.Errorf("cannot remove %s: %w", path, err)
			}
		}
	}
	return slices.Sorted(maps.Keys(changed)), nil
}
