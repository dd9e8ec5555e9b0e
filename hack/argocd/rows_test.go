package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/test/argocd"
)

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", path))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// word in a cell of a table.
var word = regexp.MustCompile("`(\\w+)`")

// tableOf are the reasons in the first column of the table below a head.
func tableOf(t *testing.T, path, head string) []string {
	t.Helper()
	_, rest, ok := strings.Cut(read(t, path), "\n| "+head+" | status |")
	if !ok {
		t.Fatalf("%s has no table that begins with %s", path, head)
	}
	rest, _, _ = strings.Cut(rest, "\n\n")
	var out []string
	for _, line := range strings.Split(rest, "\n")[2:] {
		cell, _, _ := strings.Cut(strings.TrimPrefix(line, "|"), "|")
		for _, m := range word.FindAllStringSubmatch(cell, -1) {
			out = append(out, m[1])
		}
	}
	return out
}

// said are the reasons that the source of a function says: of the sizer where it answers, of the
// tagger in its constants.
func said(t *testing.T, function string) []string {
	t.Helper()
	said := regexp.MustCompile(`response\.\w+\(\s*rsp, condition, "(\w+)"|reason (?::)?= "(\w+)"|\treason\w+ += "(\w+)"`)
	files, err := filepath.Glob("../../functions/" + function + "/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		for _, m := range said.FindAllStringSubmatch(read(t, "functions/"+function+"/"+filepath.Base(f)), -1) {
			out = append(out, m[1]+m[2]+m[3])
		}
	}
	return out
}

// TestReasons holds that every reason that a function has is a row, and no other is. That the
// tables of the READMEs have every reason of the source is held beside them.
func TestReasons(t *testing.T) {
	for name, said := range map[string][]string{
		"Composed":    tableOf(t, "functions/multicloud-db/README.md", "`Composed`"),
		"Provisioned": tableOf(t, "functions/multicloud-db/README.md", "`Provisioned`"),
		"Delivered":   tableOf(t, "functions/multicloud-db/README.md", "`Delivered`"),
		"Rotated":     tableOf(t, "functions/multicloud-db/README.md", "`Rotated`"),
		"EndOfLife":   tableOf(t, "functions/multicloud-db/README.md", "`EndOfLife`"),
		"CostTagged":  tableOf(t, "functions/cost-tagger/README.md", "reason"),
		"Sized":       append(said(t, "profile-sizer"), "Panic"),
	} {
		rows := []string{}
		for _, r := range claims {
			if r.Condition == name && r.Reason != "FatalError" {
				rows = append(rows, r.Reason)
			}
		}
		slices.Sort(rows)
		slices.Sort(said)
		if diff := cmp.Diff(slices.Compact(said), slices.Compact(rows)); diff != "" {
			t.Errorf("%s: -functions, +rows:\n%s", name, diff)
		}
	}
}

// TestRows holds that each row is what Argo CD shows of a claim or a package that has nothing
// else that is not well.
func TestRows(t *testing.T) {
	installed, err := argocd.Read("../..")
	if err != nil {
		t.Fatal(err)
	}
	status := map[string]string{healthy: "True", progressing: "Unknown", suspended: "False", degraded: "False"}
	for _, c := range checks {
		group, kind, _ := strings.Cut(c.kinds[0], "_")
		for _, r := range c.rows {
			reason, message, _ := strings.Cut(r.Reason, ": ")
			said := map[string]any{"type": r.Condition, "status": status[r.Health], "reason": reason, "message": message}
			if r.Status != "" {
				said["status"] = r.Status
			}
			conditions := []any{said}
			if r.Condition != c.last {
				conditions = append(conditions, map[string]any{"type": c.last, "status": "True"})
			}
			got, err := installed.Judge(t.Context(), map[string]any{
				"apiVersion": group + "/v1", "kind": kind, "status": map[string]any{"conditions": conditions},
			})
			if err != nil || got.Status != r.Health {
				t.Errorf("%s %s %s: is %+v, want %s; %v", r.Condition, said["status"], r.Reason, got, r.Health, err)
			}
		}
	}
}

// TestCurrent holds that what Argo CD and people read is made of the rows.
func TestCurrent(t *testing.T) {
	m, err := manifest()
	if err != nil {
		t.Fatal(err)
	}
	reasons, err := conditions("../..")
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{configMap: string(m), pageFile: written(), conditionsFile: reasons} {
		if diff := cmp.Diff(want, read(t, file)); diff != "" {
			t.Errorf("%s is not what make generate makes: -want, +got:\n%s", file, diff)
		}
	}
}

// TestMeanings holds that each row of a claim has a meaning on the page of conditions, and each
// meaning a health; and that the READMEs of the two functions which have no such test of their own
// name every reason of their source.
func TestMeanings(t *testing.T) {
	meant := map[string]bool{}
	for _, s := range sources {
		rows, err := s.meanings("../..")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range rows {
			meant[s.condition+" "+m.reason] = true
			if m.says == "" || m.health(s.condition) == "" {
				t.Errorf("%s %s %s: means %q and is %q", s.condition, m.reason, m.status, m.says, m.health(s.condition))
			}
		}
	}
	for _, r := range claims {
		if key := r.Condition + " " + r.Reason; r.Reason != "FatalError" && !meant[key] && crossplanes[key] == "" {
			t.Errorf("nobody says what %s means", key)
		}
	}
	for condition, function := range map[string]string{"Sized": "profile-sizer", "CostTagged": "cost-tagger"} {
		for _, reason := range said(t, function) {
			if !meant[condition+" "+reason] {
				t.Errorf("the README of %s has no row of %s", function, reason)
			}
		}
	}
}
