package providers

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

const root = "../.."

// TestPackages holds that both packages ask for the least version of each provider
// that they depend on, and for all that have a package.
func TestPackages(t *testing.T) {
	for _, scope := range []string{"claims", "namespaced"} {
		depends, err := packages.Of(root, scope)
		if err != nil {
			t.Fatal(err)
		}
		asked := map[string]string{}
		for _, d := range depends {
			name := d.Name()
			for _, p := range All() {
				if name != p.Name && !strings.HasPrefix(name, p.Name+"-") {
					continue
				}
				asked[p.Name] = p.Least
				if d.Least != p.Least {
					t.Errorf("package/%s: %s is asked for from %s on, and needs %s", scope, name, d.Least, p.Least)
				}
			}
		}
		want := map[string]string{}
		for _, p := range All() {
			if p.Group != "" {
				want[p.Name] = p.Least
			}
		}
		if diff := cmp.Diff(want, asked); diff != "" {
			t.Errorf("package/%s: providers that it depends on: -want, +got:\n%s", scope, diff)
		}
	}
}

// TestLeast holds that no cluster runs a provider older than what is composed is held
// against: a field that an older CRD lacks makes the API server refuse the whole object.
func TestLeast(t *testing.T) {
	for _, p := range All() {
		if checked := p.Newest().Release; older(p.Least, checked) {
			t.Errorf("%s: %s is the least that a cluster needs, and what is composed is held against the CRDs of %s", p.Name, p.Least, checked)
		}
	}
}

// older reports whether one release of three numbers comes before another.
func older(a, b string) bool {
	numbers := func(release string) []int {
		n := make([]int, 3)
		if _, err := fmt.Sscanf(release, "v%d.%d.%d", &n[0], &n[1], &n[2]); err != nil {
			panic(release + " is no release")
		}
		return n
	}
	return slices.Compare(numbers(a), numbers(b)) < 0
}

// TestTable holds that every version of a provider with CRDs can be found, and that
// each provider says what its least version is for.
func TestTable(t *testing.T) {
	for _, p := range All() {
		for _, v := range p.Versions {
			if p.Group != "" && (v.Module == "") == (v.Commit == "") {
				t.Errorf("%s: give a Go module or a commit, not both", p.Of(v))
			}
		}
		if p.Least == "" || p.Needs == "" {
			t.Errorf("%s: give the least version, and what needs it", p.Name)
		}
	}
}

// TestServes holds which API groups are a provider's.
func TestServes(t *testing.T) {
	p := Provider{Group: "aws"}
	for group, want := range map[string]bool{
		"rds.aws.upbound.io": true, "rds.aws.m.upbound.io": true, "aws.m.upbound.io": true,
		"sql.gcp.upbound.io": false, "myaws.upbound.io": false, "rds.aws.example.org": false,
	} {
		if got := p.Serves(group); got != want {
			t.Errorf("Serves(%q): want %t, got %t", group, want, got)
		}
	}
	if (Provider{}).Serves(".upbound.io") {
		t.Error("a provider without CRDs serves a group")
	}
}

// TestTerraform holds that the schema beside IBM's modules is of the version in the
// table.
func TestTerraform(t *testing.T) {
	var want string
	for _, p := range All() {
		if p.Group == "" {
			want = `"source": "` + p.Of(p.Newest()) + " "
		}
	}
	found := false
	if err := filepath.WalkDir(filepath.Join(root, "test", "moduletest"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Base(path) != "ibm.json" {
			return err
		}
		found = true
		b, err := os.ReadFile(path)
		if err == nil && !strings.Contains(string(b), want) {
			t.Errorf("%s is of another version: it has no %s", path, want)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if !found {
		t.Error("there is no ibm.json beside the check of modules")
	}
}
