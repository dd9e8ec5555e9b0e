package policies

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	celconfig "k8s.io/apiserver/pkg/apis/cel"

	"github.com/victor-onl/crossplane-resources/test/page"
)

// TestPage holds docs/policies.md equal to the rows, to which the tests on control planes
// hold the API server.
func TestPage(t *testing.T) {
	text, err := os.ReadFile("testdata/policies.md")
	if err != nil {
		t.Fatal(err)
	}
	var refusals strings.Builder
	said := map[string]bool{"": true}
	for _, a := range slices.Concat(Fields, Objects) {
		if !said[a.Said] {
			fmt.Fprintf(&refusals, "| %s | %s |\n", a.What, a.Said)
		}
		said[a.Said] = true
	}
	page.Hold(t, "../../docs/policies.md", fmt.Sprintf(string(text), table(Fields), table(Objects), refusals.String(), costs(t)))
}

// costs is the page's sentence on what the policies cost.
func costs(t *testing.T) string {
	t.Helper()
	var unchanged, dearest, secret int64
	for _, a := range slices.Concat(Fields, Objects) {
		for _, name := range files {
			v := judged(t, name, newest, a)
			if a.Said == "" && a.Verb == "update" {
				unchanged = max(unchanged, v.validation)
			}
			dearest, secret = max(dearest, v.validation+v.message), max(secret, v.conditions)
		}
	}
	if limit := int64(celconfig.RuntimeCELCostBudget); dearest > limit/4 || secret > celconfig.RuntimeCELCostBudgetMatchConditions/100 {
		t.Errorf("a request costs %d, and every Secret %d, which is too near to the limits", dearest, secret)
	}
	return fmt.Sprintf(`| units that Kubernetes counts | of %d at most |
| --- | --- |
| an edit that leaves the kept fields as they are | %d |
| the dearest request of the tables, nearly all of it to ask RBAC | %d |
| any Secret that anybody writes, for its namespace and name | %d |
`, int64(celconfig.RuntimeCELCostBudget), unchanged, dearest, secret)
}

// table of who may, with one row for what differs by scope.
func table(acts []Act) string {
	var out strings.Builder
	last := ""
	for _, a := range acts {
		if a.What == last {
			continue
		}
		last = a.What
		out.WriteString("| " + a.What)
		if a.Besides != "" {
			out.WriteString(", with Kubernetes' own role `" + a.Besides + "` too")
		}
		out.WriteString(" |")
		for _, role := range Roles {
			out.WriteString(map[bool]string{true: " yes |", false: " no |"}[a.May(role)])
		}
		out.WriteString("\n")
	}
	return out.String()
}
