//go:build alerts

package alerts

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// A made resource is one of which kube-state-metrics is told to make metrics.
type made struct {
	GroupVersionKind struct{ Group, Version, Kind string }
	MetricNamePrefix string
	LabelsFromPath   map[string][]string
	Metrics          []struct {
		Name string
		Each struct {
			Gauge struct {
				Path           []string
				LabelsFromPath map[string][]string
				ValueFrom      []string
			}
		}
	}
}

func resources(t *testing.T) []made {
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
	return values.CustomResourceState.Config.Spec.Resources
}

// metrics returns the labels of each metric that kube-state-metrics is told to make.
func metrics(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, r := range resources(t) {
		for _, m := range r.Metrics {
			name := r.MetricNamePrefix + "_" + m.Name
			out[name] = []string{}
			for _, of := range []map[string][]string{r.LabelsFromPath, m.Each.Gauge.LabelsFromPath} {
				for label := range of {
					out[name] = append(out[name], label)
				}
			}
		}
	}
	return out
}

var (
	metric = regexp.MustCompile(`\bplatform_[a-z_]+\b(?:\{([^}]*)\})?`)
	label  = regexp.MustCompile(`(\w+)(?:=~|!=|=)"`)
)

// TestMetrics holds that each metric of claims, packages and managed resources which a rule or a case
// names is one that kube-state-metrics is told to make, with the labels that are asked for.
func TestMetrics(t *testing.T) {
	made := metrics(t)
	var text []string
	r, _ := load(t)
	for _, group := range r.Groups {
		for _, rule := range group.Rules {
			text = append(text, rule.Expr)
		}
	}
	for _, file := range cases {
		for line := range strings.Lines(string(read(t, "test/alerts/"+file))) {
			if strings.Contains(line, "- series: ") {
				text = append(text, line)
			}
		}
	}
	seen := map[string]bool{}
	for _, expr := range text {
		for _, m := range metric.FindAllStringSubmatch(expr, -1) {
			name, _, _ := strings.Cut(m[0], "{")
			seen[name] = true
			if _, ok := made[name]; !ok && !strings.Contains(expr, `__name__=~"`+name) {
				t.Errorf("kube-state-metrics makes no %s, which is used in:\n%s", name, expr)
			}
			for _, l := range label.FindAllStringSubmatch(m[1], -1) {
				if ok := slices.Contains(made[name], l[1]) || l[1] == "instance" || l[1] == "cluster"; len(made[name]) > 0 && !ok {
					t.Errorf("kube-state-metrics gives %s no label %s, which is used in:\n%s", name, l[1], expr)
				}
			}
		}
	}
	for name := range made {
		if !seen[name] {
			t.Errorf("no rule and no case has use for %s", name)
		}
	}
}

// TestPaths holds that what kube-state-metrics reads of claims and of managed resources is in their schemas.
func TestPaths(t *testing.T) {
	definitions := map[string]string{
		"platform.victor.onl":  "apis/claims/definition.yaml",
		"rds.aws.upbound.io":   "test/crds/snapshot/rds.aws.upbound.io_instances.yaml",
		"rds.aws.m.upbound.io": "test/crds/snapshot/rds.aws.m.upbound.io_instances.yaml",

		"redis.gcp.upbound.io":                "test/crds/snapshot/redis.gcp.upbound.io_instances.yaml",
		"redis.gcp.m.upbound.io":              "test/crds/snapshot/redis.gcp.m.upbound.io_instances.yaml",
		"eks.aws.upbound.io":                  "test/crds/snapshot/eks.aws.upbound.io_nodegroups.yaml",
		"eks.aws.m.upbound.io":                "test/crds/snapshot/eks.aws.m.upbound.io_nodegroups.yaml",
		"containerservice.azure.upbound.io":   "test/crds/snapshot/containerservice.azure.upbound.io_kubernetesclusters.yaml",
		"containerservice.azure.m.upbound.io": "test/crds/snapshot/containerservice.azure.m.upbound.io_kubernetesclusters.yaml",
		"container.gcp.upbound.io":            "test/crds/snapshot/container.gcp.upbound.io_nodepools.yaml",
		"container.gcp.m.upbound.io":          "test/crds/snapshot/container.gcp.m.upbound.io_nodepools.yaml",
	}
	for _, r := range resources(t) {
		file, ok := definitions[r.GroupVersionKind.Group]
		if !ok {
			continue
		}
		schema := schemaOf(t, file, r.GroupVersionKind.Version)
		for name, path := range r.LabelsFromPath {
			if !has(schema, path) {
				t.Errorf("%s: label %s: %s has no %s", r.MetricNamePrefix, name, file, strings.Join(path, "."))
			}
		}
		for _, m := range r.Metrics {
			if path := append(slices.Clone(m.Each.Gauge.Path), m.Each.Gauge.ValueFrom...); !has(schema, path) {
				t.Errorf("%s_%s: %s has no %s", r.MetricNamePrefix, m.Name, file, strings.Join(path, "."))
			}
		}
	}
}

func schemaOf(t *testing.T, file, version string) map[string]any {
	t.Helper()
	var crd struct {
		Spec struct {
			Versions []struct {
				Name   string
				Schema struct {
					OpenAPIV3Schema map[string]any `json:"openAPIV3Schema"`
				}
			}
		}
	}
	if err := yaml.Unmarshal(read(t, file), &crd); err != nil {
		t.Fatal(err)
	}
	for _, v := range crd.Spec.Versions {
		if v.Name == version {
			return v.Schema.OpenAPIV3Schema
		}
	}
	t.Fatalf("%s has no version %s", file, version)
	return nil
}

// has reports whether a schema has a field. Kubernetes and Crossplane have metadata and conditions.
func has(schema map[string]any, path []string) bool {
	if path[0] == "metadata" || strings.Join(path[:2], ".") == "status.conditions" {
		return true
	}
	for _, name := range path {
		if items, ok := schema["items"].(map[string]any); ok { // each element makes a metric
			schema = items
		}
		if items, ok := schema["additionalProperties"].(map[string]any); ok {
			schema = items
			continue
		}
		properties, _ := schema["properties"].(map[string]any)
		schema, _ = properties[name].(map[string]any)
		if schema == nil {
			return false
		}
	}
	return true
}
