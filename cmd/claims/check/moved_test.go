package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// TestEditsAside holds the edits that docs/edits.md has beside its tables.
func TestEditsAside(t *testing.T) {
	const head = "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: main, namespace: payments-prod-infra"
	const settings = "apiVersion: apiextensions.crossplane.io/v1beta1\nkind: EnvironmentConfig\nmetadata: {name: platform-prod}\n" +
		"data: {providers: {aws: {region: eu-west}}, policy: {adopt: manage, allowDelete: true, requireNetwork: false}}\n"
	cases := map[string]struct{ reason, scope, meta, before, after, want string }{
		"Adopt": {
			"What is managed is not only looked at again.", render.ScopeClaim, "",
			"profile: small, database: {engine: postgres}, externalName: orders, adopt: Manage", "profile: small, database: {engine: postgres}, externalName: orders, " +
				"adopt: Observe", "spec.adopt: ",
		},
		"Secret": {
			"The Secret of a namespaced XR stays under its name.", render.ScopeNamespaced, "", "type: queue, writeConnectionSecretToRef: {name: a}",
			"type: queue, writeConnectionSecretToRef: {name: b}", "spec.writeConnectionSecretToRef.name: ",
		},
		"Retention": {
			"Messages that are kept are not deleted by an edit alone.", render.ScopeClaim, "", "type: queue, queue: {retentionDays: 7}",
			"type: queue, queue: {retentionDays: 2}", "spec.queue.retentionDays: ",
		},
		"AllowDelete": {
			"An annotation lets messages be deleted.", render.ScopeClaim, `, annotations: {platform.victor.onl/allow-delete: "true"}`,
			"type: queue, queue: {retentionDays: 7}", "type: queue, queue: {retentionDays: 2}", "",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			text := func(spec string) string {
				return head + tc.meta + "}\nspec: {provider: aws, region: eu-west, " + spec + "}\n"
			}
			files(t, map[string]string{beforeAt: text(tc.before), nowAt: text(tc.after), "settings.yaml": settings})
			var got []string
			for _, f := range run(t, Options{Base: "./before", Paths: []string{"now"}, Scope: tc.scope, Settings: []string{"settings.yaml"}}).Findings {
				if f.Severity == report.Error && f.Rule != ruleLabels {
					got = append(got, f.Text)
				}
			}
			if refused := len(got) == 1 && strings.HasPrefix(got[0], tc.want); refused != (tc.want != "") || tc.want == "" && len(got) > 0 {
				t.Errorf("\n%s\nRun(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}

// TestMoved holds that a claim which gets another name or namespace is told to be another one: what
// the old one made is deleted, or left behind.
func TestMoved(t *testing.T) {
	const devAt, prodAt = "crossplane/claims/dev/main/claim.yaml", "crossplane/claims/prod/main/claim.yaml"
	prod := edit(t, good, "payments-dev", "payments-prod", "gcp-payments-dev", "gcp-payments-prod")
	const lost = devAt + ":1: warning deleted: the claim is deleted, and database gcp-payments-dev-main goes with it, and its data"
	cases := map[string]struct {
		reason, from, to string
		before, now      string
		want             []string
	}{
		"File":   {"A claim in another file of its folder is the same.", devAt, "crossplane/claims/dev/main/other.yaml", good, good, nil},
		"ToProd": {"A claim that moves to another env leaves its data behind, which are lost in dev.", devAt, prodAt, good, prod, []string{lost}},
		"FromProd": {
			"What was in prod stays, and costs.", prodAt, devAt, prod, good,
			[]string{
				prodAt + ":1: warning deleted: the claim is deleted, and database gcp-payments-prod-main outlives it: it stays in the cloud, and costs what it " +
					"costs, until somebody deletes it there",
			},
		},
		"Renamed": {
			"A claim that gets another name is another one.", devAt, "crossplane/claims/dev/orders/claim.yaml",
			good, edit(t, good, "name: main", "name: orders", "-dev-main", "-dev-orders"),
			[]string{lost},
		},
		"RenamedInPlace": {
			"A claim that gets another name in its file is another one, and the warning stands at its file.", "claims/a.yaml", "claims/a.yaml",
			good, edit(t, good, "name: main", "name: orders", "-dev-main", "-dev-orders"),
			[]string{strings.Replace(lost, devAt, "claims/a.yaml", 1)},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, map[string]string{tc.from: tc.before, "README.md": "x"})
			git := gitIn(t)
			git("init", "-q", "-b", "main")
			git("add", ".")
			git("commit", "-qm", "base")
			git("rm", "-q", tc.from)
			put(t, tc.to, tc.now)
			git("add", ".")
			if diff := cmp.Diff(tc.want, said(t, Options{Base: "main"})); diff != "" {
				t.Errorf("\n%s\nRun(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestGitStates holds that the guard judges an edit in whatever state git is.
func TestGitStates(t *testing.T) {
	mysql := edit(t, good, "engine: postgres", "engine: mysql")
	commit := func(git func(...string), text string) {
		put(t, "claims/main.yaml", text)
		git("add", ".")
		git("commit", "-qm", "edit")
	}
	cases := map[string]struct {
		reason, base string
		edit         func(git func(args ...string))
		refused      bool
	}{
		"Detached": {"HEAD may be of no branch.", "main", func(git func(...string)) { git("checkout", "-q", "--detach"); commit(git, mysql) }, true},
		"Staged":   {"What is staged belongs to the change.", "main", func(git func(...string)) { put(t, "claims/main.yaml", mysql); git("add", ".") }, true},
		"Equal":    {"Where the base is HEAD itself only what is not committed is a change.", "HEAD", func(git func(...string)) { commit(git, mysql) }, false},
		"Rebase": {
			"In the middle of a rebase the files are what they are.", "main",
			func(git func(...string)) {
				git("checkout", "-qb", "change")
				commit(git, mysql)
				git("-c", "sequence.editor=sed -i s/^pick/edit/", "rebase", "-q", "-i", "--force-rebase", "HEAD~1")
			}, true,
		},
		"Worktree": {
			"Another worktree is a place as good.", "main",
			func(git func(...string)) {
				git("worktree", "add", "-q", "--detach", "../tree")
				t.Chdir("../tree")
				commit(git, mysql)
			}, true,
		},
		"Index": {"A file that git is to take for unchanged is read as it is.", "main", func(git func(...string)) {
			git("update-index", "--assume-unchanged", "claims/main.yaml")
			put(t, "claims/main.yaml", mysql)
		}, true},
		"Sparse": {"A file that git is to leave out is read where it is there.", "main", func(git func(...string)) {
			git("update-index", "--skip-worktree", "claims/main.yaml")
			put(t, "claims/main.yaml", mysql)
		}, true},
		"Ignored": {"A file that git ignores, and has, is judged.", "main", func(func(...string)) {
			put(t, ".gitignore", "*.yaml\n")
			put(t, "claims/main.yaml", mysql)
		}, true},
		"Ending": {"Ends of lines as on Windows are no edit.", "main", func(git func(...string)) {
			commit(git, strings.ReplaceAll(good, "\n", "\r\n"))
		}, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			put(t, "repo/claims/main.yaml", good)
			t.Chdir("repo")
			git := gitIn(t)
			git("init", "-q", "-b", "main")
			git("add", ".")
			git("commit", "-qm", "base")
			git("branch", "base")
			tc.edit(git)
			base := strings.Replace(tc.base, "main", "base", 1)
			got := strings.Join(said(t, Options{Base: base, Paths: []string{"claims"}}), "\n")
			if strings.Contains(got, "error guard: spec.database.engine: ") != tc.refused || !tc.refused && got != "" {
				t.Errorf("\n%s\nRun(): got %q", tc.reason, got)
			}
		})
	}
}
