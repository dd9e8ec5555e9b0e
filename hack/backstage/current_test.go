package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCurrent holds that generating changes nothing, and leaves nothing behind.
func TestCurrent(t *testing.T) {
	files, err := generate(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range slices.Sorted(maps.Keys(files)) {
		got, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(files[path]), string(got)); diff != "" {
			t.Errorf("%s is out of date; run make generate: -want, +got:\n%s", path, diff)
		}
	}
	there, err := filepath.Glob(filepath.Join(root, kubernetes, "*", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range there {
		path, err := filepath.Rel(root, file)
		if err != nil {
			t.Fatal(err)
		}
		if files[path] == nil {
			t.Errorf("%s is generated no more; delete it", path)
		}
	}
}
