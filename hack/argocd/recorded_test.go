package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// TestRecorded holds that each condition which was seen on a control plane has a row: one without
// is judged by its status alone, and nobody has thought about it.
func TestRecorded(t *testing.T) {
	known := map[string]bool{}
	for _, r := range append(append([]row{}, claims...), packages...) {
		reason, _, _ := strings.Cut(r.Reason, ": ")
		known[r.Condition+" "+reason] = true
	}
	files, err := filepath.Glob("../../test/argocd/testdata/*.yaml")
	if err != nil || len(files) < 3 {
		t.Fatalf("of claims on two versions of Crossplane and of namespaced XRs there is %v: %v", files, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file) //nolint:gosec // Our own records.
		if err != nil {
			t.Fatal(err)
		}
		for doc := range strings.SplitSeq(string(b), "\n---\n") {
			var o struct {
				Status struct {
					Conditions []struct{ Type, Reason string }
				}
			}
			if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
				t.Fatal(err)
			}
			for _, c := range o.Status.Conditions {
				if seen := fmt.Sprint(c.Type, " ", c.Reason); !known[seen] {
					t.Errorf("%s: %s has no row", filepath.Base(file), seen)
				}
			}
		}
	}
}
