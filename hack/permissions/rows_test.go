package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/hack/crds"
)

const root = "../.."

// ofIBM is how a module names what IBM's provider manages or reads.
var ofIBM = regexp.MustCompile(`(?m)^(?:resource|data) "(ibm_[a-z_]+)"`)

// composed are the kinds that are composed on each cloud; on IBM Cloud those that the modules
// of the one kind there, Workspace, have.
func composed(t *testing.T) map[string][]string {
	t.Helper()
	kinds, err := crds.Emitted(root, false)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, k := range kinds {
		cloud := k.Kind.Group[strings.LastIndex(k.Kind.Group, ".")+1:]
		out[cloud] = append(out[cloud], k.Kind.Group+" "+k.Kind.Kind)
	}
	if diff := cmp.Diff([]string{"opentofu Workspace"}, out["opentofu"]); diff != "" {
		t.Fatalf("kinds of IBM Cloud: -want, +got:\n%s", diff)
	}
	delete(out, "opentofu")
	if err := filepath.WalkDir(filepath.Join(root, "functions"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".tf" {
			return err
		}
		b, err := os.ReadFile(path)
		for _, m := range ofIBM.FindAllStringSubmatch(string(b), -1) {
			out["ibm"] = append(out["ibm"], m[1])
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for cloud := range out {
		slices.Sort(out[cloud])
		out[cloud] = slices.Compact(out[cloud])
	}
	return out
}

// TestKinds holds that the tables have every kind that is composed, and no other: what a
// provider may not do a claim of that kind waits for, and what nobody composes it need not do.
func TestKinds(t *testing.T) {
	got := map[string][]string{}
	for _, f := range formats {
		rows, err := read(f.cloud)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.kind != every {
				got[f.cloud] = append(got[f.cloud], r.kind)
			}
		}
		slices.Sort(got[f.cloud])
		got[f.cloud] = slices.Compact(got[f.cloud])
	}
	if diff := cmp.Diff(composed(t), got); diff != "" {
		t.Errorf("kinds of the tables in hack/permissions/rows: -composed, +got:\n%s", diff)
	}
}

// TestUses holds that every kind can be looked at and made: a provider looks before all else.
func TestUses(t *testing.T) {
	onlyMade := []string{"ibm_cbr_zone", "ibm_resource_key"} // a role that makes them looks at them
	onlyRead := []string{"ibm_database_connection"}          // a data source
	for _, f := range formats {
		rows, err := read(f.cloud)
		if err != nil {
			t.Fatal(err)
		}
		has := map[string][]string{}
		for _, r := range rows {
			if r.kind != every {
				has[r.kind] = append(has[r.kind], r.use)
			}
		}
		for _, kind := range slices.Sorted(maps.Keys(has)) {
			if !slices.Contains(has[kind], look) && !slices.Contains(onlyMade, kind) {
				t.Errorf("%s: no row says what looking at it takes", kind)
			}
			if !slices.Contains(has[kind], makes) && !slices.Contains(onlyRead, kind) {
				t.Errorf("%s: no row says what making it takes", kind)
			}
		}
	}
}

// TestOnce holds that no row says what another one says.
func TestOnce(t *testing.T) {
	for _, f := range formats {
		rows, err := read(f.cloud)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, r := range rows {
			key := strings.Join([]string{r.kind, r.use, r.action, strings.Join(r.on, ",")}, " ")
			if seen[key] {
				t.Errorf("%s: said twice: %s", f.cloud, key)
			}
			seen[key] = true
		}
	}
}

func TestCheck(t *testing.T) {
	known := []source{{key: "tpx"}}
	good := row{kind: "sql.gcp User", use: look, action: "a.b.get", mark: ofSource, source: "tpx a.go:1"}
	cases := map[string]struct {
		reason string
		change func(*row)
		want   string
	}{
		"Good":     {"A row that was read, with the key of its source, is taken.", func(*row) {}, ""},
		"Colon":    {"Punctuation behind the key belongs to the sentence.", func(r *row) { r.source = "tpx: from 6.23 on" }, ""},
		"Memory":   {"A row of memory has no source to name.", func(r *row) { r.mark, r.source = ofMemory, "nobody read it" }, ""},
		"NoKind":   {"A row is of a kind.", func(r *row) { r.kind = "" }, `kind, action, source: "", "a.b.get", "tpx a.go:1": none of them may be empty`},
		"NoAction": {"A row names an action.", func(r *row) { r.action = "" }, `kind, action, source: "sql.gcp User", "", "tpx a.go:1": none of them may be empty`},
		"NoSource": {
			"A row of memory says so in words.", func(r *row) { r.mark, r.source = ofMemory, "" },
			`kind, action, source: "sql.gcp User", "a.b.get", "": none of them may be empty`,
		},
		"Use":  {"A use is one of five words.", func(r *row) { r.use = "read" }, `for: "read" is not allowed; allowed are look, make, change, revoke, delete`},
		"Mark": {"A mark is one of two words.", func(r *row) { r.mark = "sure" }, `mark: "sure" is not allowed; allowed are source, memory`},
		"Source": {
			"A row that was read names where.", func(r *row) { r.source = "the web" },
			`source: "the web" begins with no key of sources.tsv, as a row that is marked source does`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := good
			tc.change(&r)
			got := ""
			if err := r.check(known); err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\ncheck(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
