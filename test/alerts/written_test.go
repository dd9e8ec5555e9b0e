//go:build alerts

package alerts

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// written are the series that kube-state-metrics makes of objects by package/monitoring/kube-state-metrics.yaml,
// with their values, in order. It reads what our configuration uses: gauges of an object, or of each item
// of a list (pkg/customresourcestate/registry_factory.go of kube-state-metrics).
func written(t *testing.T, objects string) []string {
	t.Helper()
	var out []string
	for doc := range strings.SplitSeq(objects, "\n---\n") {
		o := map[string]any{}
		if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
			t.Fatal(err)
		}
		for _, r := range resources(t) {
			of := r.GroupVersionKind
			if o["apiVersion"] != of.Group+"/"+of.Version || o["kind"] != of.Kind {
				continue
			}
			for _, m := range r.Metrics {
				for _, item := range items(at(o, m.Each.Gauge.Path)) {
					value, ok := gauge(at(item, m.Each.Gauge.ValueFrom))
					if !ok {
						continue
					}
					labels := map[string]string{}
					addLabels(labels, o, r.LabelsFromPath)
					addLabels(labels, item, m.Each.Gauge.LabelsFromPath)
					out = append(out, fmt.Sprintf("%s_%s{%s} %s", r.MetricNamePrefix, m.Name, listed(labels), strconv.FormatFloat(value, 'g', -1, 64)))
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

func at(o any, path []string) any {
	for _, key := range path {
		m, ok := o.(map[string]any)
		if !ok {
			return nil
		}
		o = m[key]
	}
	return o
}

func items(o any) []any {
	if list, ok := o.([]any); ok {
		return list
	}
	return []any{o}
}

// gauge is a value as a number: a time in seconds since 1970, True as 1, False and Unknown as 0.
func gauge(v any) (float64, bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case bool:
		return map[bool]float64{true: 1}[v], true
	case string:
		if n, ok := map[string]float64{"True": 1, "False": 0, "Unknown": 0}[v]; ok {
			return n, true
		}
		if at, err := time.Parse(time.RFC3339, v); err == nil {
			return float64(at.Unix()), true
		}
		n, err := strconv.ParseFloat(v, 64)
		return n, err == nil
	}
	return 0, false
}

func addLabels(labels map[string]string, o any, paths map[string][]string) {
	for label, path := range paths {
		if v := at(o, path); v != nil {
			labels[label] = fmt.Sprint(v)
		}
	}
}

func listed(labels map[string]string) string {
	var out []string
	for _, label := range slices.Sorted(maps.Keys(labels)) {
		out = append(out, fmt.Sprintf("%s=%q", label, labels[label]))
	}
	return strings.Join(out, ",")
}

// TestWritten holds that of the objects in testdata kube-state-metrics makes what is in written.prom beside
// them, which its version 2.18.0 made of the same objects by the same configuration. After a change of either
// NewCustomResourceMetrics of its package customresourcestate makes it anew, without the labels that begin with
// customresource_, which it gives every series.
func TestWritten(t *testing.T) {
	got := written(t, string(read(t, "test/alerts/testdata/objects.yaml")))
	want := strings.Split(strings.TrimSpace(string(read(t, "test/alerts/testdata/written.prom"))), "\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-kube-state-metrics, +our reader:\n%s", diff)
	}
}
