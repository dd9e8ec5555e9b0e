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

	"sigs.k8s.io/yaml"
)

const root = "../.."

// promtool as make alerts builds it.
const promtool = root + "/.cache/bin/promtool-v3.13.5"

type rules struct {
	Groups []struct {
		Rules []struct {
			Alert       string
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

// load returns the rules, also as Prometheus itself reads them.
func load(t *testing.T) (r rules, plain []byte) {
	t.Helper()
	var manifest struct{ Spec rules }
	var raw struct{ Spec any }
	for _, into := range []any{&manifest, &raw} {
		if err := yaml.Unmarshal(read(t, "package/monitoring/prometheusrule.yaml"), into); err != nil {
			t.Fatal(err)
		}
	}
	plain, err := yaml.Marshal(raw.Spec)
	if err != nil {
		t.Fatal(err)
	}
	return manifest.Spec, plain
}

func TestRules(t *testing.T) {
	_, plain := load(t)
	dir, cases := t.TempDir(), read(t, "test/alerts/cases.yaml")
	for name, content := range map[string][]byte{"rules.yaml": plain, "cases.yaml": cases} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{{"check", "rules", "--lint=all", "--lint-fatal"}, {"test", "rules"}} {
		file := map[string]string{"check": "rules.yaml", "test": "cases.yaml"}[args[0]]
		out, err := exec.CommandContext(t.Context(), promtool, append(args, filepath.Join(dir, file))...).CombinedOutput()
		if err != nil {
			t.Errorf("promtool %s: %v, run by make alerts:\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// TestComplete holds that each alert has a summary, a runbook that exists, and cases
// in which it fires and in which it does not.
func TestComplete(t *testing.T) {
	r, _ := load(t)
	var cases struct {
		Tests []struct {
			Cases []struct {
				Alert  string `json:"alertname"`
				Expect []any  `json:"exp_alerts"`
			} `json:"alert_rule_test"`
		}
	}
	if err := yaml.Unmarshal(read(t, "test/alerts/cases.yaml"), &cases); err != nil {
		t.Fatal(err)
	}
	fires, quiet := map[string]bool{}, map[string]bool{}
	for _, test := range cases.Tests {
		for _, c := range test.Cases {
			fires[c.Alert] = fires[c.Alert] || len(c.Expect) > 0
			quiet[c.Alert] = quiet[c.Alert] || len(c.Expect) == 0
		}
	}
	sections := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^## (.*)$`).FindAllStringSubmatch(string(read(t, "docs/runbooks.md")), -1) {
		sections[strings.ReplaceAll(strings.ToLower(heading[1]), " ", "-")] = true
	}
	for _, group := range r.Groups {
		for _, rule := range group.Rules {
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
}

// A made metric is one that kube-state-metrics is told to make.
type made struct {
	MetricNamePrefix string
	LabelsFromPath   map[string][]string
	Metrics          []struct {
		Name string
		Each struct {
			Gauge struct {
				LabelsFromPath map[string][]string
				ValueFrom      []string
			}
		}
	}
}

// metrics returns the labels of each metric that kube-state-metrics is told to make.
func metrics(t *testing.T) map[string]map[string]bool {
	t.Helper()
	var values struct {
		CustomResourceState struct {
			Config struct {
				Spec struct{ Resources []made }
			}
		}
	}
	if err := yaml.Unmarshal(read(t, "package/monitoring/kube-state-metrics.yaml"), &values); err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]bool{}
	for _, r := range values.CustomResourceState.Config.Spec.Resources {
		labels := map[string]bool{}
		for _, m := range []map[string][]string{r.LabelsFromPath, r.Metrics[0].Each.Gauge.LabelsFromPath} {
			for label := range m {
				labels[label] = true
			}
		}
		out[r.MetricNamePrefix+"_"+r.Metrics[0].Name] = labels
	}
	return out
}

// TestMetrics holds that the metrics which the rules judge claims and packages by are those
// that kube-state-metrics is told to make.
func TestMetrics(t *testing.T) {
	made := metrics(t)
	for name, labels := range map[string][]string{
		"platform_resource_condition":      {"claim", "claim_namespace", "env", "team", "type", "reason"},
		"platform_function_condition":      {"package", "type", "reason"},
		"platform_configuration_condition": {"package", "type", "reason"},
		"platform_provider_condition":      {"package", "type", "reason"},
	} {
		for _, label := range labels {
			if !made[name][label] {
				t.Errorf("kube-state-metrics gives %s no label %s", name, label)
			}
		}
	}
	r, _ := load(t)
	for i, prefix := range map[int]string{0: "platform_resource_condition", 2: "platform_"} {
		for _, rule := range r.Groups[i].Rules {
			if !strings.Contains(rule.Expr, prefix) {
				t.Errorf("%s uses no %s", rule.Alert, prefix)
			}
		}
	}
}
