//go:build alerts

package alerts

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// A scenario is what the platform's metrics say at a time, and what each query of the dashboards answers:
// nothing where the scenario has no rows of it.
type scenario struct {
	Name             string
	At               string
	Namespace, Claim string // what the reader of the dashboard chose
	NoRules          bool   `json:"noRules"` // where nobody applied package/monitoring's rules
	Objects          string // whose series kube-state-metrics makes, beside these
	Series           []map[string]string
	Rows             map[string][]map[string]any // by dashboard, panel and query
}

// queries returns the queries of all dashboards, those of their variables too, by what they are called in
// the scenarios.
func queries(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "package/monitoring/dashboards/*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("there is no dashboard: %v", err)
	}
	out := map[string]string{}
	for _, file := range files {
		var d struct {
			Panels []struct {
				Title   string
				Targets []struct{ RefID, Expr string }
			}
			Templating struct {
				List []struct {
					Name, Type, Query string
					Datasource        struct{ Type string }
				}
			}
		}
		b, err := os.ReadFile(file) //nolint:gosec // Our own.
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(b, &d); err != nil { //nolint:musttag // Grafana's own names, but for case.
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		for _, p := range d.Panels {
			for _, q := range p.Targets {
				if q.Expr != "" { // what is SQL runs on PostgreSQL, in test/costdb
					out[strings.TrimSuffix(name+": "+p.Title+" "+q.RefID, " A")] = q.Expr
				}
			}
		}
		for _, v := range d.Templating.List {
			if v.Type == "query" && v.Datasource.Type == "prometheus" {
				// As Grafana does: the values that a label has in some series.
				m := regexp.MustCompile(`^label_values\((.*), (\w+)\)$`).FindStringSubmatch(v.Query)
				if m == nil {
					t.Fatalf("%s: the variable %s asks %s", name, v.Name, v.Query)
				}
				out[name+": $"+v.Name] = fmt.Sprintf("group by (%s) (%s)", m[2], m[1])
			}
		}
	}
	return out
}

// plainRules writes all rules of package/monitoring as Prometheus reads them, and returns their files.
func plainRules(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "package/monitoring/*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, file := range files {
		b, err := os.ReadFile(file) //nolint:gosec // Our own.
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(b), "\n---\n")
		var o struct {
			Kind string
			Spec any
		}
		if err := yaml.Unmarshal([]byte(first), &o); err != nil {
			t.Fatal(err)
		}
		if o.Kind != "PrometheusRule" {
			continue
		}
		content, err := yaml.Marshal(o.Spec)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, "rules-"+filepath.Base(file))
		if err := os.WriteFile(filepath.Join(dir, out[len(out)-1]), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func scenarios(t *testing.T) []scenario {
	t.Helper()
	var out []scenario
	for _, file := range []string{"dashboards.yaml", "recorded.yaml", "written.yaml"} {
		var in struct{ Scenarios []scenario }
		if err := yaml.UnmarshalStrict(read(t, "test/alerts/"+file), &in); err != nil {
			t.Fatal(err)
		}
		out = append(out, in.Scenarios...)
	}
	for i := range out {
		if out[i].Objects == "" {
			continue
		}
		for _, line := range written(t, string(read(t, out[i].Objects))) {
			series, value, _ := strings.Cut(line, "} ")
			out[i].Series = append(out[i].Series, map[string]string{"series": series + "}", "values": value + "x30"})
		}
	}
	return out
}

// TestDashboards runs each query of the dashboards by Prometheus' own engine on each scenario, where it
// answers what the scenario says. Each has a scenario with rows and one without.
func TestDashboards(t *testing.T) {
	all, rows, none := queries(t), map[string]bool{}, map[string]bool{}
	tests := map[bool][]any{}
	for _, s := range scenarios(t) {
		var asked []any
		for _, name := range slices.Sorted(maps.Keys(all)) {
			want := s.Rows[name]
			rows[name], none[name] = rows[name] || len(want) > 0, none[name] || len(want) == 0
			expr := strings.NewReplacer("$__rate_interval", "5m", "$__range", "30m", "$namespace", s.Namespace, "$claim", s.Claim).Replace(all[name])
			asked = append(asked, map[string]any{"expr": expr, "eval_time": s.At, "exp_samples": want})
		}
		for name := range s.Rows {
			if all[name] == "" {
				t.Errorf("%s: no dashboard has %s", s.Name, name)
			}
		}
		tests[s.NoRules] = append(tests[s.NoRules], map[string]any{"name": s.Name, "interval": "1m", "input_series": s.Series, "promql_expr_test": asked})
	}
	for name := range all {
		if !rows[name] || !none[name] {
			t.Errorf("%s: no scenario in which it has rows, or none in which it has not", name)
		}
	}
	dir := t.TempDir()
	promtoolTests(t, dir, plainRules(t, dir), tests[false])
	promtoolTests(t, t.TempDir(), nil, tests[true])
}

// promtoolTests has promtool run tests beside rules.
func promtoolTests(t *testing.T, dir string, rules []string, tests []any) {
	t.Helper()
	content, err := yaml.Marshal(map[string]any{
		"rule_files": rules, "evaluation_interval": "1m", "fuzzy_compare": true, "tests": tests,
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "tests.yaml")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.CommandContext(t.Context(), promtool, "test", "rules", file).CombinedOutput(); err != nil {
		t.Errorf("promtool: %v, run by make alerts:\n%s", err, out)
	}
}

// crossplane are the metrics of Crossplane's and the providers' pods with their labels, as version 2.4 of
// them and controller-runtime 0.23 declare them: internal/xfn/function_runner_metrics.go and
// internal/circuit/circuit_metrics.go of crossplane, pkg/statemetrics of crossplane-runtime, and
// pkg/internal/controller/metrics and pkg/internal/metrics of controller-runtime. recorded.yaml has those of a page of
// Crossplane; of the providers, and of a breaker that opened, nobody has recorded one.
var crossplane = map[string]string{
	"function_run_function_seconds_bucket":      "function_name function_package grpc_target grpc_method grpc_code result_severity le",
	"circuit_breaker_opens_total":               "controller",
	"controller_runtime_reconcile_total":        "controller result",
	"controller_runtime_reconcile_errors_total": "controller",
	"workqueue_depth":                           "name controller priority",
	"crossplane_managed_resource_exists":        "gvk",
	"crossplane_managed_resource_ready":         "gvk",
	// The usual ones of a Go process, by Prometheus' client, with the label of our functions.
	"process_resident_memory_bytes": "function",
	"process_cpu_seconds_total":     "function",
	"up":                            "",
}

// TestSeries holds that the scenarios' series are such as somebody writes: those of docs/metrics.md, which tests
// hold to what the functions serve and kube-state-metrics is told to make, those of Crossplane, and those of
// clouds' exporters that the alerts on clouds have cases of. What Prometheus adds of the pod that it read, and of its cluster, is allowed to all.
func TestSeries(t *testing.T) {
	known := maps.Clone(crossplane)
	for line := range strings.Lines(string(read(t, "docs/metrics.md"))) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if !strings.HasPrefix(line, "| `") || len(cells) < 3 {
			continue
		}
		name, labels := strings.Trim(cells[0], " `"), strings.NewReplacer("`", "", ",", "").Replace(cells[2])
		if !strings.HasPrefix(name, "platform_") {
			labels += " function"
		}
		known[name], known[name+"_bucket"] = labels, labels+" le"
	}
	for _, m := range regexp.MustCompile(`(?m)series: '(\w+)\{(.*)\}'$`).FindAllStringSubmatch(string(read(t, "test/alerts/clouds.yaml")), -1) {
		if strings.HasPrefix(m[1], "platform_") {
			continue
		}
		for _, label := range regexp.MustCompile(`(\w+)="`).FindAllStringSubmatch(m[2], -1) {
			known[m[1]] += " " + label[1]
		}
	}
	series := regexp.MustCompile(`^(\w+)\{(.*)\}$`)
	for _, s := range scenarios(t) {
		for _, line := range s.Series {
			m := series.FindStringSubmatch(line["series"])
			if m == nil {
				t.Fatalf("%s: %s is no series with labels", s.Name, line["series"])
			}
			labels, ok := known[m[1]]
			if !ok {
				t.Errorf("%s: nothing writes %s", s.Name, m[1])
			}
			for _, label := range regexp.MustCompile(`(\w+)="`).FindAllStringSubmatch(m[2], -1) {
				if !slices.Contains(append(strings.Fields(labels), "cluster", "instance", "job", "pod"), label[1]) {
					t.Errorf("%s: %s has no label %s", s.Name, m[1], label[1])
				}
			}
		}
	}
}
