//go:build alerts

package alerts

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestWrong holds that what a dashboard calls wrong are the conditions that docs/conditions.md gives another
// health than Healthy, and versions whose support ends.
func TestWrong(t *testing.T) {
	series, want := conditionRows(t)
	if len(series) < 80 || len(want) < 50 {
		t.Fatalf("docs/conditions.md has %d reasons, of which %d are wrong", len(series), len(want))
	}
	all := queries(t)
	var asked []any
	for _, name := range []string{"platform-health: What is wrong", "my-resources: What is wrong"} {
		expr := strings.NewReplacer("$namespace", ".+", "$claim", ".+").Replace(all[name])
		asked = append(asked, map[string]any{"expr": expr, "eval_time": "0m", "exp_samples": want})
	}
	promtoolTests(t, t.TempDir(), nil, []any{map[string]any{"interval": "1m", "input_series": series, "promql_expr_test": asked}})
}

// conditionRows makes a claim of each reason and status of docs/conditions.md, and returns those that somebody
// should look at.
func conditionRows(t *testing.T) (series, wrong []map[string]any) {
	t.Helper()
	condition := ""
	add := func(reason, status string, look bool) {
		labels := fmt.Sprintf(`claim="claim-%d",claim_namespace="payments-prod-infra",reason=%q,type=%q`, len(series), reason, condition)
		value := 0
		if status == "True" {
			value = 1
		}
		series = append(series, map[string]any{"series": "platform_resource_condition{" + labels + "}", "values": strconv.Itoa(value)})
		if look {
			wrong = append(wrong, map[string]any{"labels": "{" + labels + "}", "value": value})
		}
	}
	for line := range strings.Lines(string(read(t, "docs/conditions.md"))) {
		if heading, ok := strings.CutPrefix(line, "## "); ok {
			condition = strings.TrimSpace(heading)
			// Crossplane's own word where the function did not come to speak, which the page has below its tables.
			if slices.Contains([]string{"Composed", "Sized", "Provisioned", "CostTagged", "EndOfLife", "Delivered"}, condition) {
				add("FatalError", "False", condition != "EndOfLife" && condition != "Delivered")
			}
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "| "), " | ")
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		reason, health := strings.Trim(cells[0], "`"), cells[len(cells)-1]
		statuses := []string{"True"}
		switch {
		case len(cells) == 4:
			statuses = strings.Split(cells[1], " or ")
		case health != "Healthy":
			statuses = []string{"False"}
		}
		for _, status := range statuses {
			its := health
			for part := range strings.SplitSeq(health, ", ") {
				if of, where, ok := strings.Cut(part, " where "); ok && where == status {
					its = of
				}
			}
			if condition == "EndOfLife" {
				add(reason, status, status == "True")
				continue
			}
			add(reason, status, status != "True" && its != "Healthy")
		}
	}
	return series, wrong
}
