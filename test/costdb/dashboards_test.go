//go:build costdb

package costdb

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
)

// A panel that asks in SQL, and the SQL of a variable.
type panel struct{ name, format, sql string }

// panels are those of all dashboards.
func panels(t *testing.T) (out []panel) {
	t.Helper()
	files, err := filepath.Glob(root + "/package/monitoring/dashboards/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var d struct {
			Panels []struct {
				Title   string
				Targets []struct{ RawSQL, Format string }
			}
			Templating struct {
				List []struct {
					Name, Query string
					Datasource  struct{ UID string }
				}
			}
		}
		if err := json.Unmarshal(b, &d); err != nil { //nolint:musttag // Grafana's own names, but for case.
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".json") + ": "
		for _, p := range d.Panels {
			for _, q := range p.Targets {
				if q.RawSQL != "" {
					out = append(out, panel{name + p.Title, q.Format, q.RawSQL})
				}
			}
		}
		for _, v := range d.Templating.List {
			if v.Datasource.UID == "${costs}" {
				out = append(out, panel{name + "$" + v.Name, "table", v.Query})
			}
		}
	}
	return out
}

// A choice of a dashboard's reader: of each variable the values, or one text as it is.
type choice struct {
	from, to string
	values   map[string][]string
	patterns map[string]string
}

// asked is SQL as Grafana sends it. Of a macro the first ) ends its argument, and a time is in UTC with
// its nanoseconds (macros.go of pkg/tsdb/grafana-postgresql-datasource); of a variable, sqlstring has each
// value in quotes, with those within doubled.
func (c choice) asked(t *testing.T, sql string) string {
	t.Helper()
	sql = regexp.MustCompile(`\$\{(\w+):(\w+)\}`).ReplaceAllStringFunc(sql, func(v string) string {
		m := regexp.MustCompile(`\$\{(\w+):(\w+)\}`).FindStringSubmatch(v)
		if m[2] == "regex" {
			return c.patterns[m[1]]
		}
		list := []string{}
		for _, value := range c.values[m[1]] {
			list = append(list, "'"+strings.ReplaceAll(value, "'", "''")+"'")
		}
		return strings.Join(list, ",")
	})
	sql = regexp.MustCompile(`\$__timeFilter\(([^)]*)\)`).ReplaceAllString(sql, "$1 BETWEEN '"+c.from+"' AND '"+c.to+"'")
	if strings.Contains(sql, "$__") || strings.Contains(sql, "${") {
		t.Fatalf("Grafana's words are left: %s", sql)
	}
	return sql
}

// rows are what a query answers, a text each, and its columns.
func rows(t *testing.T, c *pgx.Conn, sql string) (columns, out []string) {
	t.Helper()
	r, err := c.Query(t.Context(), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	for r.Next() {
		values, err := r.Values()
		if err != nil {
			t.Fatal(err)
		}
		texts := []string{}
		for _, v := range values {
			switch v := v.(type) {
			case float64:
				texts = append(texts, fmt.Sprintf("%.2f", v))
			case time.Time:
				texts = append(texts, v.UTC().Format(time.RFC3339))
			default:
				texts = append(texts, fmt.Sprint(v))
			}
		}
		out = append(out, strings.Join(texts, " | "))
	}
	if r.Err() != nil {
		t.Fatalf("%s: %v", sql, r.Err())
	}
	for _, f := range r.FieldDescriptions() {
		columns = append(columns, f.Name)
	}
	return columns, out
}

// everything is what is chosen at first, of the examples.
var everything = choice{
	from: "2026-08-01T00:00:00Z", to: "2026-10-31T23:59:59.999Z",
	values: map[string][]string{
		"currency": {"USD"}, "cost": {"effective"}, "cloud": {"aws", "azure", "gcp", "ibm"},
		"domain": {"(not allocated)", "orders", "payments", "search"}, "env": {"dev", "prod", "staging"},
	},
	patterns: map[string]string{"namespace": ".+", "claim": ".+"},
}

// with is a choice that differs in one variable.
func (c choice) with(name string, values ...string) choice {
	of := maps.Clone(c.values)
	of[name] = values
	c.values = of
	return c
}

// TestPanels runs each query of SQL as Grafana's user: on the examples, and on a charge of today, it has
// rows, with the columns that the panel names; on tables without a line, in a time without a charge, and of a
// currency that nobody pays in it has none.
func TestPanels(t *testing.T) {
	d := newDatabase(t)
	reader := open(t, d.name, "reader", readerPassword)
	nothing := choice{
		from: everything.from, to: everything.to, values: map[string][]string{"currency": {""}, "cost": {"effective"}},
		patterns: everything.patterns,
	}
	all := panels(t)
	if len(all) < 15 {
		t.Fatalf("%d queries", len(all))
	}
	for _, p := range all {
		if _, got := rows(t, reader, nothing.asked(t, p.sql)); got != nil {
			t.Errorf("%s on empty tables: %v", p.name, got)
		}
	}
	d.load(examples)
	today := time.Now().UTC().Format(time.DateOnly)
	d.load(bill(t, "one "+today+` 3 {"managed-by":"crossplane","project":"orders","env":"prod","service":"main"}`))
	before := everything
	before.from, before.to = "2020-01-01T00:00:00Z", "2020-06-30T00:00:00Z"
	elsewhere := everything
	elsewhere.patterns = map[string]string{"namespace": "(a-dev-infra|b-dev-infra)", "claim": ".+"}
	for _, p := range all {
		columns, got := rows(t, reader, everything.asked(t, p.sql))
		if got == nil || slices.Contains(columns, "?column?") {
			t.Errorf("%s: %v: %v", p.name, columns, got)
		}
		if p.format == "time_series" && !slices.Equal(columns, []string{"time", "metric", "value"}) {
			t.Errorf("%s: %v", p.name, columns)
		}
		for what, c := range map[string]choice{"time": before, "currency": everything.with("currency", "JPY"), "claims": elsewhere} {
			// When bills were read is of no time or currency, and variables are of all that is there.
			of := strings.Contains(p.sql, "$__timeFilter")
			if what == "claims" {
				of = strings.Contains(p.sql, "${claim:")
			}
			if _, got := rows(t, reader, c.asked(t, p.sql)); of && got != nil {
				t.Errorf("%s: another %s: %v", p.name, what, got)
			}
		}
	}
}

// TestPanelsSay holds what the panels answer of the examples, by the figures that cost prints of them.
func TestPanelsSay(t *testing.T) {
	d := newDatabase(t)
	reader := open(t, d.name, "reader", readerPassword)
	d.load(examples)
	today := time.Now().UTC()
	last := today.AddDate(0, 0, -today.Day()) // a day of the last month
	mine := `{"managed-by":"crossplane","project":"orders","env":"prod","service":"main"}`
	now := newDatabase(t, "now")
	now.load(bill(t, "one "+today.Format(time.DateOnly)+" 3 "+mine, "one "+last.Format(time.DateOnly)+" 4 "+mine,
		"one "+last.Format(time.DateOnly)+" 5 {}"))
	october := everything
	october.from = "2026-10-01T00:00:00Z"
	one := everything
	one.patterns = map[string]string{"namespace": "(orders-prod-infra|a)", "claim": "main"}
	cases := map[string]struct {
		reason, panel string
		choice        choice
		of            *pgx.Conn
		first         []string // of the rows
		rows          int
	}{
		"Spend":  {"All that is chosen is added.", "cloud-spend: Spend", everything, reader, []string{told(t)}, 1},
		"Billed": {"The other cost is of the bill.", "cloud-spend: Spend", everything.with("cost", "billed"), reader, []string{told(t, "--cost", "billed")}, 1},
		"Domain": {"One domain is that of the table.", "cloud-spend: Spend", everything.with("domain", "payments"), reader, []string{told(t, "--by", "domain")}, 1},
		"Quote":  {"A domain with a quote is a text.", "cloud-spend: Spend", everything.with("domain", "a'); DROP TABLE cost_daily; --"), reader, nil, 0},
		"Prod": {"What is nobody's has no env, and stays.", "cloud-spend: By domain and env", october.with("env", "prod"), reader, []string{
			"(not allocated) | 2026-10 | 999.45", "orders prod | 2026-10 | 2393.94", "payments prod | 2026-10 | 3824.71", "search prod | 2026-10 | 1464.65",
		}, 4},
		"Claims": {"A claim's owner sees this month and the last one.", "my-resources: Spend", one, open(t, now.name, "reader", readerPassword), []string{
			"orders-prod-infra | main | azure | EUR | 3.00 | 4.00",
		}, 1},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			i := slices.IndexFunc(panels(t), func(p panel) bool { return p.name == tc.panel })
			_, got := rows(t, tc.of, tc.choice.asked(t, panels(t)[i].sql))
			if diff := cmp.Diff(tc.first, got); diff != "" || len(got) != tc.rows {
				t.Errorf("\n%s\n%d rows: -want, +got:\n%s", tc.reason, len(got), diff)
			}
		})
	}
}

// told is the last figure of a line of what cost prints of the examples: the total, or a domain.
func told(t *testing.T, args ...string) string {
	t.Helper()
	out, _, err := run(t, nil, append(args, examples)...)
	if err != nil {
		t.Fatal(err)
	}
	name := "total"
	if slices.Contains(args, "domain") {
		name = "payments"
	}
	for line := range strings.Lines(out) {
		if f := strings.Fields(line); len(f) > 0 && f[0] == name {
			return strings.ReplaceAll(f[len(f)-1], ",", "")
		}
	}
	t.Fatal(out)
	return ""
}
