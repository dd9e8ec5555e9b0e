//go:build alerts

package alerts

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the rules and the page say by name of exporters: series of AWS and IBM Cloud, metrics of Azure
// by a label, and those of Google Cloud, which the page has as its cloud spells them, in the flags.
var (
	series  = regexp.MustCompile(`\b(?:aws_[a-z]+|ibm_[a-z]+_for_[a-z]+)_[a-z_]+\b`)
	ofAzure = regexp.MustCompile(`metric="(\w+)"`)
	google  = regexp.MustCompile(`\bstackdriver_(?:cloudsql_database|redis_instance|pubsub_subscription|k_8_s_node)_(\w+)`)
	asked   = regexp.MustCompile(`--monitoring\.metrics-prefixes=(\S+)`)
	other   = regexp.MustCompile(`[^a-z0-9]`)
)

// TestPage holds that docs/monitoring.md names what the rules take from exporters, and asks for it.
func TestPage(t *testing.T) {
	page := string(read(t, "docs/monitoring.md"))
	want, got := map[string]bool{}, map[string]bool{}
	r, _ := load(t)
	for _, group := range r.Groups {
		for _, rule := range group.Rules {
			// One rule takes both engines of IBM Cloud by a pattern.
			expr := rule.Expr
			for _, engine := range []string{"postgresql", "mysql"} {
				for _, name := range series.FindAllString(strings.ReplaceAll(expr, "(postgresql|mysql)", engine), -1) {
					want[name] = true
				}
			}
			for _, m := range ofAzure.FindAllStringSubmatch(expr, -1) {
				if !strings.Contains(page, "`"+m[1]+"`") {
					t.Errorf("docs/monitoring.md has no metric %s of Azure", m[1])
				}
			}
			for _, m := range google.FindAllStringSubmatch(expr, -1) {
				want[m[1]] = true
			}
		}
	}
	for _, name := range series.FindAllString(page, -1) {
		got[name] = true
	}
	for _, m := range asked.FindAllStringSubmatch(page, -1) {
		got[other.ReplaceAllString(m[1], "_")] = true
	}
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("what the rules take from exporters, and what docs/monitoring.md names (-want, +got):\n%s", diff)
	}
}

func sorted(of map[string]bool) []string {
	var out []string
	for name := range of {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
