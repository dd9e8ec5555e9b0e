package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// told is what a panel says of the labels of its results.
type told struct {
	Type, Title     string
	Targets         []struct{ RefID, Expr, LegendFormat, RawSQL string }
	Transformations []struct {
		ID      string
		Options struct {
			IndexByName  map[string]int
			RenameByName map[string]string

			RowField, ColumnField, ValueField string
		}
	}
	FieldConfig struct {
		Overrides []struct{ Matcher struct{ Options string } }
	}
}

// TestLabels holds that legends and columns name labels that the panel's queries leave, that columns of values are
// those of its queries, each with a title of its own, and that what is said of a column is said of one by its title.
func TestLabels(t *testing.T) {
	files, err := filepath.Glob(root + folder + "/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no dashboard: %v", folder, err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file) //nolint:gosec // Our own.
		if err != nil {
			t.Fatal(err)
		}
		var d struct{ Panels []told }
		if err := json.Unmarshal(b, &d); err != nil { //nolint:musttag // Grafana's own names, but for case.
			t.Fatal(err)
		}
		for _, p := range d.Panels {
			for _, wrong := range p.wrongLabels() {
				t.Errorf("%s: %s: %s", filepath.Base(file), p.Title, wrong)
			}
		}
	}
}

// wrongLabels are the sentences on what a panel names and has not.
func (p told) wrongLabels() (wrong []string) {
	if len(p.Targets) > 0 && p.Targets[0].RawSQL != "" {
		return p.wrongColumns()
	}
	left, values := []string{}, []string{}
	for _, q := range p.Targets {
		// The outermost aggregation is the first.
		m := regexp.MustCompile(`\w+ by \(([^)]*)\)`).FindStringSubmatch(q.Expr)
		labels := []string{}
		if m != nil && !regexp.MustCompile(`^(count|sum)\(`).MatchString(q.Expr) {
			labels = strings.Split(m[1], ", ")
		}
		for _, l := range regexp.MustCompile(`\{\{(\w+)\}\}`).FindAllStringSubmatch(q.LegendFormat, -1) {
			if !slices.Contains(labels, l[1]) {
				wrong = append(wrong, "the legend names "+l[1]+", which query "+q.RefID+" does not leave")
			}
		}
		left, values = append(left, labels...), append(values, "Value #"+q.RefID)
	}
	if len(values) == 1 {
		values = []string{"Value"}
	}
	titles := []string{}
	for _, o := range p.Transformations {
		for field := range o.Options.IndexByName {
			title := o.Options.RenameByName[field]
			if !slices.Contains(left, field) && !slices.Contains(values, field) || title == "" || slices.Contains(titles, title) {
				wrong = append(wrong, "the column "+field+", "+title+", is no result, or has the title of another")
			}
			titles = append(titles, title)
		}
	}
	if p.Type == "table" {
		for _, label := range left {
			if !slices.Contains(p.fields(), label) {
				wrong = append(wrong, "no column has "+label+", which tells lines apart")
			}
		}
	}
	for _, o := range p.FieldConfig.Overrides {
		if !slices.Contains(titles, o.Matcher.Options) {
			wrong = append(wrong, "no column is called "+o.Matcher.Options)
		}
	}
	return wrong
}

// wrongColumns are the same of SQL, which says itself what its columns are called: those of a table have a title,
// and those of lines over time the names that Grafana asks for.
func (p told) wrongColumns() (wrong []string) {
	sql := p.Targets[0].RawSQL
	last := sql[strings.LastIndex(sql, "SELECT "):]
	last, _, _ = strings.Cut(last, " FROM ")
	titles := []string{}
	for _, m := range regexp.MustCompile(`AS "([^"]+)"`).FindAllStringSubmatch(sql, -1) {
		titles = append(titles, m[1])
	}
	switch p.Type {
	case "table":
		// Each comma outside of brackets parts two columns.
		plain := last
		for bracket := regexp.MustCompile(`\([^()]*\)`); bracket.MatchString(plain); {
			plain = bracket.ReplaceAllString(plain, "")
		}
		if n := strings.Count(plain, ",") + 1; n != len(titles) {
			wrong = append(wrong, "a column has no title: "+plain)
		}
	case "timeseries":
		if !strings.Contains(last, `AS "time"`) || !strings.Contains(last, " AS metric") || !strings.Contains(last, " AS value") {
			wrong = append(wrong, "it has no time, metric and value: "+last)
		}
	}
	for _, o := range p.Transformations {
		for _, field := range []string{o.Options.RowField, o.Options.ColumnField, o.Options.ValueField} {
			if !slices.Contains(titles, field) {
				wrong = append(wrong, "no column is called "+field)
			}
		}
	}
	return wrong
}

// fields are those that a table shows.
func (p told) fields() (out []string) {
	for _, o := range p.Transformations {
		for field := range o.Options.IndexByName {
			out = append(out, field)
		}
	}
	return out
}
