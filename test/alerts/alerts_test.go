//go:build alerts

// Package alerts runs the alert rules by Prometheus' own engine, on cases of each.
package alerts

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

const root = "../.."

// promtool as make alerts builds it.
const promtool = root + "/.cache/bin/promtool-v3.13.5"

// files of rules, in the order in which Prometheus gets them.
var files = []string{"prometheusrule.yaml", "slo.yaml", "clouds.yaml", "clusters.yaml"}

// cases of the rules of each of them, and of what goes wrong around them.
var cases = []string{"cases.yaml", "slo.yaml", "clouds.yaml", "clusters.yaml", "odd.yaml"}

type rules struct {
	Groups []struct {
		Name  string
		Rules []struct {
			Alert       string
			Record      string
			Labels      map[string]string
			Expr        string
			Annotations struct {
				Summary    string
				RunbookURL string `json:"runbook_url"`
			}
		}
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// load returns the rules of all files, and each file as Prometheus itself reads it.
func load(t *testing.T) (all rules, plain map[string][]byte) {
	t.Helper()
	plain = map[string][]byte{}
	for _, file := range files {
		var manifest struct{ Spec rules }
		var raw struct{ Spec any }
		for _, into := range []any{&manifest, &raw} {
			if err := yaml.Unmarshal(read(t, "package/monitoring/"+file), into); err != nil {
				t.Fatal(err)
			}
		}
		out, err := yaml.Marshal(raw.Spec)
		if err != nil {
			t.Fatal(err)
		}
		all.Groups = append(all.Groups, manifest.Spec.Groups...)
		plain[file] = out
	}
	return all, plain
}

func TestRules(t *testing.T) {
	_, plain := load(t)
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "rules"), 0o750); err != nil {
		t.Fatal(err)
	}
	var run [][]string
	for _, file := range files {
		to := filepath.Join(dir, "rules", file)
		if err := os.WriteFile(to, plain[file], 0o600); err != nil {
			t.Fatal(err)
		}
		run = append(run, []string{"check", "rules", "--lint=all", "--lint-fatal", to})
	}
	for _, file := range cases {
		to := filepath.Join(dir, file)
		if err := os.WriteFile(to, read(t, "test/alerts/"+file), 0o600); err != nil {
			t.Fatal(err)
		}
		run = append(run, []string{"test", "rules", to})
	}
	for _, args := range run {
		out, err := exec.CommandContext(t.Context(), promtool, args...).CombinedOutput()
		if err != nil {
			t.Errorf("promtool %s: %v, run by make alerts:\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// A test of promtool, as far as it is read here.
type tests struct {
	Tests []struct {
		Cases []struct {
			Alert  string `json:"alertname"`
			Expect []any  `json:"exp_alerts"`
		} `json:"alert_rule_test"`
		Queries []struct{ Expr string } `json:"promql_expr_test"`
	}
}

// TestComplete holds that each alert has a summary, a runbook that exists, and cases in which it fires
// and in which it does not, and that what is recorded is used by another rule or asked for by a case.
func TestComplete(t *testing.T) {
	r, _ := load(t)
	fires, quiet := map[string]bool{}, map[string]bool{}
	var used strings.Builder
	for _, file := range cases {
		var in tests
		if err := yaml.Unmarshal(read(t, "test/alerts/"+file), &in); err != nil {
			t.Fatal(err)
		}
		for _, test := range in.Tests {
			for _, c := range test.Cases {
				fires[c.Alert] = fires[c.Alert] || len(c.Expect) > 0
				quiet[c.Alert] = quiet[c.Alert] || len(c.Expect) == 0
			}
			for _, q := range test.Queries {
				used.WriteString(q.Expr + "\n")
			}
		}
	}
	sections := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^## (.*)$`).FindAllStringSubmatch(string(read(t, "docs/runbooks.md")), -1) {
		sections[strings.ReplaceAll(strings.ToLower(heading[1]), " ", "-")] = true
	}
	for _, group := range r.Groups {
		for _, rule := range group.Rules {
			used.WriteString(rule.Expr + "\n")
			if rule.Record != "" {
				continue
			}
			if rule.Annotations.Summary == "" {
				t.Errorf("%s has no summary", rule.Alert)
			}
			if _, section, _ := strings.Cut(rule.Annotations.RunbookURL, "docs/runbooks.md#"); !sections[section] {
				t.Errorf("%s: docs/runbooks.md has no section %q", rule.Alert, section)
			}
			if !fires[rule.Alert] || !quiet[rule.Alert] {
				t.Errorf("%s: no case in which it fires, or none in which it does not", rule.Alert)
			}
		}
	}
	page := string(read(t, "docs/monitoring.md"))
	for _, group := range r.Groups {
		for _, rule := range group.Rules {
			if rule.Record != "" && !strings.Contains(used.String(), rule.Record) && !strings.Contains(page, "`"+rule.Record+"`") {
				t.Errorf("%s: no rule, no case and no page has use for it", rule.Record)
			}
		}
	}
}

// TestLimits holds that every type has a limit on every cloud, and where it has none yet.
func TestLimits(t *testing.T) {
	r, _ := load(t)
	have := map[[2]string]int{}
	for _, group := range r.Groups {
		for _, rule := range group.Rules {
			if rule.Record == "platform:ready_seconds:limit" {
				have[[2]string{rule.Labels["provider"], rule.Labels["resource_type"]}]++
			}
		}
	}
	want := map[[2]string]int{}
	for _, provider := range []string{"", "gcp", "aws", "azure", "ibm"} {
		for _, kind := range claim.Types {
			want[[2]string{provider, kind}] = 1
		}
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("rows of platform:ready_seconds:limit in package/monitoring/slo.yaml (-want, +got):\n%s", diff)
	}
}
