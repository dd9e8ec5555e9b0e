package main

import (
	stdcmp "cmp"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

const root = "../../"

// loaded is what the tests read of a dashboard.
type loaded struct {
	UID, Title, Description string
	Panels                  []loadedPanel
	Templating              struct{ List []loadedVariable }
}

type loadedVariable struct {
	Name, Type, Label, Query, Definition string
	Datasource                           struct{ Type, UID string }
}

type loadedPanel struct {
	ID                       int
	Type, Title, Description string
	Datasource               struct{ Type, UID string }
	GridPos                  struct{ X, Y, W, H int }
	Targets                  []struct {
		RefID, Expr, LegendFormat, RawSQL string
		Datasource                        struct{ Type, UID string }
	}
	FieldConfig struct {
		Defaults struct {
			Unit   string
			Min    *float64
			Custom struct{ AxisSoftMin *float64 }
		}
	}
}

// load reads the dashboards that lie in the folder, whoever wrote them.
func load(t *testing.T) map[string]loaded {
	t.Helper()
	files, err := filepath.Glob(root + folder + "/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no dashboard: %v", folder, err)
	}
	out := map[string]loaded{}
	for _, file := range files {
		b, err := os.ReadFile(file) //nolint:gosec // Our own.
		if err != nil {
			t.Fatal(err)
		}
		var d loaded
		if err := json.Unmarshal(b, &d); err != nil { //nolint:musttag // Grafana's own names, but for case.
			t.Fatal(file, err)
		}
		out[filepath.Base(file)] = d
	}
	return out
}

// TestCurrent holds that the files are those that make generate writes.
func TestCurrent(t *testing.T) {
	names, err := alerts(root + "package/monitoring")
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(names, "ResourceNotReady") {
		t.Errorf("the alerts of package/monitoring are %v", names)
	}
	want, err := written(names)
	if err != nil {
		t.Fatal(err)
	}
	for file, content := range want {
		got, err := os.ReadFile(root + file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(content), string(got)); diff != "" {
			t.Errorf("%s is not what make generate writes (-want, +got):\n%s", file, diff)
		}
	}
	for name := range load(t) {
		if want[filepath.Join(folder, name)] == nil {
			t.Errorf("%s is nothing that make generate writes", name)
		}
	}
}

// TestConfigMaps holds that the ConfigMaps have each dashboard as it lies in its folder, under the label that
// the sidecar looks for, that they fit into what kubectl apply notes of an object, and that the platform's
// repository of examples/gitops has them.
func TestConfigMaps(t *testing.T) {
	b, err := os.ReadFile(root + manifest)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for doc := range strings.SplitSeq(string(b), "\n---\n") {
		var o struct {
			Kind     string
			Metadata struct{ Labels map[string]string }
			Data     map[string]string
		}
		if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
			t.Fatal(err)
		}
		// kubectl apply writes the object into an annotation, of which an object has 256 KiB.
		if o.Kind != "ConfigMap" || o.Metadata.Labels["grafana_dashboard"] != "1" || len(doc) > 200<<10 {
			t.Errorf("a %s of %d bytes with the labels %v is loaded by no sidecar", o.Kind, len(doc), o.Metadata.Labels)
		}
		maps.Copy(got, o.Data)
	}
	want := map[string]string{}
	for name := range load(t) {
		content, err := os.ReadFile(filepath.Join(root, folder, name)) //nolint:gosec // Our own.
		if err != nil {
			t.Fatal(err)
		}
		want[name] = string(content)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("dashboards of %s (-want, +got):\n%s", manifest, diff)
	}
	linked, err := os.ReadFile(root + "examples/gitops/platform-gitops/monitoring/dashboards.yaml")
	if err != nil || string(linked) != string(b) {
		t.Errorf("examples/gitops has other dashboards: %v", err)
	}
}

// TestPanels holds that panels have what a reader needs, lie beside each other, and ask the data source that
// the reader chose.
func TestPanels(t *testing.T) {
	kinds := []string{"row", "stat", "table", "timeseries"}
	uids, titles := map[string]bool{}, map[string]bool{}
	for name, d := range load(t) {
		if d.UID == "" || len(d.UID) > 40 || d.Title == "" || d.Description == "" || uids[d.UID] || titles[d.Title] {
			t.Errorf("%s: uid %q, which Grafana takes 40 characters of, title %q and description %q: one is missing or another's",
				name, d.UID, d.Title, d.Description)
		}
		uids[d.UID], titles[d.Title] = true, true
		ids, inside, taken := map[int]bool{}, map[string]bool{}, map[[2]int]string{}
		for _, p := range d.Panels {
			if ids[p.ID] || inside[p.Title] || p.Title == "" || !slices.Contains(kinds, p.Type) {
				t.Errorf("%s: panel %d, %q of the type %q: an id, a title or a type that is not one of its own", name, p.ID, p.Title, p.Type)
			}
			ids[p.ID], inside[p.Title] = true, true
			g := p.GridPos
			if g.X < 0 || g.W < 1 || g.H < 1 || g.X+g.W > width {
				t.Errorf("%s: %s lies beside the page: %+v", name, p.Title, g)
			}
			for x := g.X; x < g.X+g.W; x++ {
				for y := g.Y; y < g.Y+g.H; y++ {
					if other := taken[[2]int{x, y}]; other != "" {
						t.Fatalf("%s: %s lies on %s", name, p.Title, other)
					}
					taken[[2]int{x, y}] = p.Title
				}
			}
			if p.Type != "row" {
				panelIsWhole(t, name, p)
			}
		}
	}
}

// panelIsWhole looks at one panel by itself.
func panelIsWhole(t *testing.T, name string, p loadedPanel) {
	t.Helper()
	if p.Description == "" || p.FieldConfig.Defaults.Unit == "" || len(p.Targets) == 0 {
		t.Errorf("%s: %s lacks a description, a unit or a query", name, p.Title)
	}
	// Credits are below 0: bars of money begin at 0, or below where there are any.
	if begin := stdcmp.Or(p.FieldConfig.Defaults.Min, p.FieldConfig.Defaults.Custom.AxisSoftMin); p.Type == "timeseries" && (begin == nil || *begin != 0) {
		t.Errorf("%s: the axis of %s does not begin at 0", name, p.Title)
	}
	refs := map[string]bool{}
	for _, q := range p.Targets {
		if refs[q.RefID] || (q.Expr == "") == (q.RawSQL == "") || (p.Type == "timeseries" && q.RawSQL == "" && q.LegendFormat == "") {
			t.Errorf("%s: query %s of %s is empty, has no legend or the name of another", name, q.RefID, p.Title)
		}
		refs[q.RefID] = true
		want := metrics
		if q.RawSQL != "" {
			want = costs
		}
		for _, of := range []struct{ Type, UID string }{p.Datasource, q.Datasource} {
			if of.UID != "${"+want.variable+"}" || of.Type != want.plugin {
				t.Errorf("%s: %s asks %s, and not what the reader chose", name, p.Title, of)
			}
		}
		for _, window := range regexp.MustCompile(`\[(\$?\w+)\]`).FindAllStringSubmatch(q.Expr, -1) {
			if window[1] != "$__rate_interval" && window[1] != "$__range" {
				t.Errorf("%s: %s has a rate over %s, which is no window of what is shown", name, p.Title, window[1])
			}
		}
		// rate before sum: a sum of counters does not tell that one of them began anew.
		if regexp.MustCompile(`(?:rate|increase)\((?:sum|max)`).MatchString(q.Expr) {
			t.Errorf("%s: %s takes the rate of a sum", name, p.Title)
		}
	}
}

// TestVariables holds that each variable is used, and each that is used is there.
func TestVariables(t *testing.T) {
	for name, d := range load(t) {
		have, used := []string{"__range", "__rate_interval", "__timeFilter"}, []string{}
		for _, v := range d.Templating.List {
			have = append(have, v.Name)
			if v.Label == "" || v.Type == "query" && v.Query != v.Definition {
				t.Errorf("%s: the variable %s has no label, or two queries", name, v.Name)
			}
			used = append(used, v.Query, v.Datasource.UID)
		}
		for _, p := range d.Panels {
			for _, q := range p.Targets {
				used = append(used, q.Expr, q.RawSQL, q.Datasource.UID)
			}
		}
		said := map[string]bool{}
		for _, m := range regexp.MustCompile(`\$\{?(\w+)`).FindAllStringSubmatch(strings.Join(used, " "), -1) {
			said[m[1]] = true
			if !slices.Contains(have, m[1]) {
				t.Errorf("%s: $%s is no variable", name, m[1])
			}
		}
		for _, v := range have[3:] {
			if !said[v] {
				t.Errorf("%s: nothing uses $%s", name, v)
			}
		}
	}
}
