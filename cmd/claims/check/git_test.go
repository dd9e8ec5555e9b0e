package check

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// gitIn calls git in the folder that is worked in.
func gitIn(t *testing.T) func(args ...string) {
	t.Helper()
	return func(args ...string) {
		t.Helper()
		args = append([]string{"-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"}, args...)
		c := exec.CommandContext(t.Context(), "git", args...)
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v: %s", args, err, out)
		}
	}
}

// TestCommit compares with a commit: what others changed on its branch since is not of the
// change, and what is not committed yet is.
func TestCommit(t *testing.T) {
	named := func(name string) string { return edit(t, good, "name: main", "name: "+name, "-dev-main", "-dev-"+name) }
	files(t, map[string]string{"claims/a.yaml": good, "claims/b.yaml": named("b"), "claims/odd name:1.yaml": "{}"})
	git := gitIn(t)
	git("init", "-q", "-b", "main")
	git("add", ".")
	git("commit", "-qm", "base")
	git("checkout", "-qb", "change")
	git("checkout", "-q", "main")
	write(t, map[string]string{"claims/a.yaml": edit(t, good, "eu-west", "eu-north")})
	git("commit", "-qam", "others")
	git("checkout", "-q", "change")
	write(t, map[string]string{"claims/a.yaml": edit(t, good, "eu-west", "eu-central"), "claims/c.yaml": named("c")})
	git("rm", "-q", "claims/b.yaml")
	want := []string{
		`claims/a.yaml:13: error guard: spec.region: "europe-west1" cannot become "europe-west3" on a live database; set it back to "europe-west1", or ` +
			`make a second claim and migrate`,
		"claims/b.yaml:1: warning deleted: the claim is deleted, and database gcp-payments-dev-b goes with it, and its data",
	}
	for _, paths := range [][]string{{"claims"}, {"."}, {"claims/a.yaml", "claims"}} {
		if diff := cmp.Diff(want, said(t, Options{Base: "main", Paths: paths})); diff != "" {
			t.Errorf("%v: -want, +got:\n%s", paths, diff)
		}
	}
	for _, base := range []string{"nowhere", "--help", "-", "main:claims", "./nowhere"} {
		if _, err := Run(t.Context(), Options{Base: base, Paths: []string{"."}, Scope: "claim"}); err == nil {
			t.Errorf("%q is taken for a commit", base)
		}
	}
}

// TestNoFolder holds that no folder of a change is taken for the commit that it is named as, and no
// commit for a folder.
func TestNoFolder(t *testing.T) {
	files(t, map[string]string{"claims/main.yaml": good})
	git := gitIn(t)
	git("init", "-q", "-b", "main")
	git("add", ".")
	git("commit", "-qm", "base")
	git("tag", "v1")
	git("update-ref", "refs/remotes/origin/main", "HEAD")
	write(t, map[string]string{"claims/main.yaml": edit(t, good, "engine: postgres", "engine: mysql")})
	refused := []string{
		`claims/main.yaml:14: error guard: spec.database.engine: "postgres" cannot become "mysql" on a live database; set it back to "postgres", or make a ` +
			`second claim and migrate`,
	}
	for _, base := range []string{"main", "HEAD", "origin/main", "refs/heads/main", "v1"} {
		if err := os.MkdirAll(base, 0o750); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(refused, said(t, Options{Base: base, Paths: []string{"claims"}})); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", base, diff)
		}
		if diff := cmp.Diff([]string(nil), said(t, Options{Base: "./" + base, Paths: []string{"claims"}})); diff != "" {
			t.Errorf("./%s: -want, +got:\n%s", base, diff)
		}
	}
	if err := os.Mkdir("unfetched", 0o750); err != nil {
		t.Fatal(err)
	}
	_, err := Run(t.Context(), Options{Base: "unfetched", Paths: []string{"claims"}, Scope: "claim"})
	if err == nil || !strings.Contains(err.Error(), "no commit here") {
		t.Errorf("a folder stands for a branch that is not fetched: %v", err)
	}
}

// TestUnseen holds that a claim is not taken for unchanged where git does not show its edits.
func TestUnseen(t *testing.T) {
	mysql := edit(t, good, "engine: postgres", "engine: mysql")
	link := func(to, name string) {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	cases := map[string]struct {
		reason       string
		before, edit func(git func(args ...string))
		want         []string // beginnings
	}{
		"Link": {
			"What a link leads to may change without it.",
			func(func(...string)) { put(t, "main.txt", good); link("../main.txt", "claims/main.yaml") },
			func(func(...string)) { put(t, "main.txt", mysql) },
			[]string{"claims/main.yaml:1: error file: the claim is behind a link"},
		},
		"LinkOutside": {
			"What a link leads to may be in no repository.",
			func(func(...string)) { put(t, "../out.yaml", good); link("../../out.yaml", "claims/main.yaml") },
			func(func(...string)) { put(t, "../out.yaml", mysql) },
			[]string{"claims/main.yaml:1: error file: the claim is behind a link"},
		},
		"Unlinked": {
			"A claim that was behind a link was there before.",
			func(func(...string)) { put(t, "main.txt", good); link("../main.txt", "claims/main.yaml") },
			func(git func(...string)) { git("rm", "-q", "claims/main.yaml"); put(t, "claims/main.yaml", mysql) },
			[]string{"claims/main.yaml:14: error guard: "},
		},
		"Gone": {
			"A link to nothing was no claim.",
			func(func(...string)) {
				link("gone", "claims/main.yaml")
				link("../../x", "claims/out.yaml")
				link("loop.yaml", "claims/loop.yaml")
			},
			func(git func(...string)) {
				git("rm", "-q", "claims/main.yaml", "claims/out.yaml", "claims/loop.yaml")
				put(t, "claims/main.yaml", mysql)
				put(t, "claims/loop.yaml", "{}")
				put(t, "claims/out.yaml", "{}")
			},
			nil,
		},
		"Submodule": {
			"A repository inside of another has commits of its own.",
			func(git func(...string)) {
				put(t, "claims/sub/main.yaml", good)
				git("-C", "claims/sub", "init", "-q")
				git("-C", "claims/sub", "add", ".")
				git("-C", "claims/sub", "commit", "-qm", "inner")
			},
			func(func(...string)) { put(t, "claims/sub/main.yaml", mysql) },
			[]string{"claims/sub/main.yaml:1: error file: the claim is in a repository of its own"},
		},
		"Ignored": {
			"A file that git ignores is not in the commit, and not unchanged.",
			func(func(...string)) { put(t, ".gitignore", "main.yaml\n") },
			func(func(...string)) { put(t, "claims/main.yaml", edit(t, good, "eu-west", "EU")) },
			[]string{"claims/main.yaml:13: error compose: "},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, "repo/claims/x.yaml", "{}")
			t.Chdir("repo")
			git := gitIn(t)
			git("init", "-q", "-b", "main")
			tc.before(git)
			git("-c", "advice.addEmbeddedRepo=false", "add", ".")
			git("commit", "-qm", "base")
			tc.edit(git)
			got := said(t, Options{Base: "main", Paths: []string{"claims"}})
			for i := range min(len(got), len(tc.want)) {
				got[i] = got[i][:min(len(got[i]), len(tc.want[i]))]
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nRun(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestShallow holds that where git has a part of the history only, nothing is compared with what
// others have changed since.
func TestShallow(t *testing.T) {
	files(t, map[string]string{"origin/claims/main.yaml": good})
	git := gitIn(t)
	in := func(dir string, args ...string) { git(append([]string{"-C", dir}, args...)...) }
	in("origin", "init", "-q", "-b", "main")
	in("origin", "add", ".")
	in("origin", "commit", "-qm", "base")
	in("origin", "checkout", "-qb", "change")
	in("origin", "commit", "-qm", "change", "--allow-empty")
	in("origin", "checkout", "-q", "main")
	in("origin", "commit", "-qm", "others", "--allow-empty")
	in("origin", "checkout", "-q", "--orphan", "alone")
	in("origin", "commit", "-qm", "alone")
	at, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	git("clone", "-q", "--depth", "1", "--no-single-branch", "-b", "change", "file://"+at+"/origin", "shallow")
	git("clone", "-q", "-b", "change", "file://"+at+"/origin", "whole")
	for _, tc := range []struct{ clone, base, want string }{
		{"shallow", "origin/main", "fetch the whole of it"},
		{"shallow", "origin/change", ""},
		{"whole", "origin/main", ""},
		{"whole", "origin/alone", ""}, // nothing in common, and no part is missing
	} {
		_, err := Run(t.Context(), Options{Base: tc.base, Paths: []string{tc.clone + "/claims"}, Scope: "claim"})
		if is := err != nil && strings.Contains(err.Error(), tc.want); is != (tc.want != "") || err != nil && tc.want == "" {
			t.Errorf("%s of %s: want %q, got %v", tc.base, tc.clone, tc.want, err)
		}
	}
}
