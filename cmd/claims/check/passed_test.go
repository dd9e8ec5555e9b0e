package check

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// TestFolders holds which folders are passed by, now and before the change: those of other
// people's packages, but none of what a cluster is given.
func TestFolders(t *testing.T) {
	cases := map[string]struct {
		reason, folder, from string
		want                 bool // it is read
	}{
		"Hidden":      {"A hidden folder is a program's.", ".terraform", ".", false},
		"Vendor":      {"A folder vendor has packages of others.", "vendor/x", ".", false},
		"Modules":     {"A folder node_modules has packages of others.", "web/node_modules/x", ".", false},
		"Claim":       {"A claim may be called vendor, and is applied.", "crossplane/claims/dev/vendor", ".", true},
		"ClaimHidden": {"A hidden folder of claims is applied as any other.", "crossplane/claims/dev/.main", ".", true},
		"ClaimsOnly":  {"From the folder of the claims it is the same.", "crossplane/claims/dev/vendor", "crossplane/claims", true},
		"Git":         {"What git keeps for itself is nobody's claim.", "crossplane/claims/.git/x", "crossplane/claims", false},
		"Others":      {"The claims of somebody else's package are not applied here.", "vendor/x/crossplane/claims/dev/main", ".", false},
		"Named":       {"A folder that is named is read, however it is called.", ".drafts", ".drafts", true},
		"Below":       {"Below of a folder that is named the rule is the same.", ".drafts/vendor", ".drafts", false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, map[string]string{"crossplane/claims/dev/x.yaml": "{}"})
			git := gitIn(t)
			git("init", "-q", "-b", "main")
			if !strings.Contains(tc.folder, ".git/") {
				put(t, filepath.Join(tc.folder, "claim.yaml"), good)
				git("add", "-f", ".")
			}
			git("commit", "-qm", "base", "--allow-empty")
			put(t, filepath.Join(tc.folder, "claim.yaml"), edit(t, good, "engine: postgres", "engine: mysql"))
			o := Options{Base: "main", Paths: []string{tc.from}, Scope: render.ScopeClaim}
			guarded := func() (refused, deleted bool) {
				for _, f := range run(t, o).Findings {
					refused = refused || f.Rule == ruleGuard && f.Severity == report.Error
					deleted = deleted || f.Rule == ruleDeleted
				}
				return refused, deleted
			}
			if refused, deleted := guarded(); refused != tc.want || deleted {
				t.Errorf("\n%s\nRun(): an edit is refused: %t, and a deletion is told: %t", tc.reason, refused, deleted)
			}
			if err := os.RemoveAll(tc.folder); err != nil || strings.Contains(tc.folder, ".git/") {
				return
			}
			if tc.from == tc.folder {
				put(t, filepath.Join(tc.folder, "x.yaml"), "{}")
			}
			if _, deleted := guarded(); deleted != tc.want {
				t.Errorf("\n%s\nRun(): the deletion is told: %t", tc.reason, deleted)
			}
		})
	}
}

// run is a report.
func run(t *testing.T, o Options) *report.Report {
	t.Helper()
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestNamespaceWord holds that a file is one of a namespace by its kind, and not by the word: what
// nobody can read, and has the word alone, is nobody's.
func TestNamespaceWord(t *testing.T) {
	const helm = "{{- if .Values.on }}\n"
	bad := edit(t, namespace, "env: dev", "env: prod")
	refused := func(line string) []string {
		return []string{"a.yaml:" + line + `: error namespace: metadata.labels[env]: is "prod" on the namespace payments-dev-infra; make it "dev"`}
	}
	warned := []string{"a.yaml:1: warning file: cannot be read: did not find expected node content; it is not checked, so check what its template makes"}
	cases := map[string]struct {
		reason, text string
		want         []string
	}{
		"Helm":     {"The namespace of a release is that of any chart.", helm + "kind: Pod\nmetadata: {namespace: {{ .Release.Namespace }}}\n{{- end }}\n", nil},
		"Comment":  {"A comment is of no kind.", helm + "# kind: Namespace\n{{- end }}\n", nil},
		"Broken":   {"What is no YAML, and has the word, is passed by.", "a: Namespace\n\tb: c\n", nil},
		"Latin1":   {"A text in another encoding that has the word is passed by.", "# Namespace caf\xe9\n", nil},
		"Selector": {"The kind of something else is none.", helm + "scopeKind: Namespaces\n{{- end }}\n", nil},
		"HelmKind": {"A chart that makes a namespace is not checked, and that is said.", helm + "kind: Namespace\n{{- end }}\n", warned},
		"HelmItem": {"An item of a List has a kind as well.", helm + "- kind: 'Namespace'\n{{- end }}\n", warned},
		"HelmJSON": {"JSON has a kind in double quotes.", helm + `{"kind" : "Namespace"}` + "\n{{- end }}\n", warned},
		"Plain":    {"A namespace is checked.", bad, refused("7")},
		"Quoted":   {"A kind in quotes is one.", edit(t, bad, "kind: Namespace", "'kind': \"Namespace\""), refused("7")},
		"Anchor":   {"A kind behind an alias is one.", edit(t, bad, "kind: Namespace", "x: &k Namespace\nkind: *k"), refused("8")},
		"Later":    {"A kind in the next line is one.", edit(t, bad, "kind: Namespace", "kind:\n  Namespace"), refused("8")},
		"Latin1Is": {"A namespace in another encoding is told.", namespace + "# caf\xe9\n", []string{"a.yaml:15: error file: is no UTF-8"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, map[string]string{"a.yaml": tc.text})
			if diff := cmp.Diff(tc.want, said(t, Options{})); diff != "" {
				t.Errorf("\n%s\nRun(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestLargeFiles holds that a file which is too large to be read is an error where it may have a
// claim, and passed by where it has none: whoever keeps data in a repository can check it.
func TestLargeFiles(t *testing.T) {
	fill := strings.Repeat("#"+strings.Repeat(" ", 1022)+"\n", manifest.MaxFile>>10+1)
	const large = ":1: error file: has 32 MiB, and is not read; allowed are 32"
	files(t, map[string]string{
		"data.json": fill, "claim.yaml": fill + good, "first.yaml": good + fill, "hidden.json": fill + `"\u0070latform"`, "wide.yml": fill + "\x00",
	})
	want := []string{"claim.yaml" + large, "first.yaml" + large, "hidden.json" + large, "wide.yml" + large}
	if diff := cmp.Diff(want, said(t, Options{})); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	b, err := os.ReadFile("claim.yaml")
	if err != nil {
		t.Fatal(err)
	}
	got := said(t, Options{Paths: []string{"-"}, Stdin: strings.NewReader(string(b))})
	if diff := cmp.Diff([]string{"stdin" + large}, got); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
}
