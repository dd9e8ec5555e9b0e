// Package page holds the pages of docs that are made from tables and code: a page that is
// out of date fails its test, and make docs writes it anew.
package page

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the page instead of comparing with it")

// Hold fails the test where the page at the path is not as wanted. With -update it writes
// the page instead.
func Hold(t *testing.T, path, want string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("%s is out of date; run make docs: -want, +got:\n%s", filepath.Base(path), diff)
	}
}
