//go:build costs

// Package costs compares what make cost says with what another engine finds in the same bills.
package costs

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const root = "../.."

// A cell as both write it.
type cell struct {
	Month  string `json:"month"`
	Domain string `json:"domain"`
	Env    string `json:"env"`
	Cost   string `json:"cost"`
	Rows   int    `json:"rows"`
}

// duckdb runs a query, and returns what it found by month, domain and env.
func duckdb(t *testing.T, query string) map[string]string {
	t.Helper()
	program := os.Getenv("DUCKDB")
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%q is missing: pip install duckdb-cli, or DuckDB from 1.5 on, and say DUCKDB=/path/to/duckdb", program)
	}
	var out, told bytes.Buffer
	c := exec.CommandContext(t.Context(), program, "-json", "-c", query)
	c.Stdout, c.Stderr = &out, &told
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v: %s", query, err, told.String())
	}
	var list []cell
	if err := json.Unmarshal(out.Bytes(), &list); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	return sums(t, len(list), func(i int) (string, string) {
		return strings.Join([]string{list[i].Month, list[i].Domain, list[i].Env}, " "), list[i].Cost
	})
}

// cost runs the command, and returns the same.
func cost(t *testing.T, program string, args ...string) map[string]string {
	t.Helper()
	var out, told bytes.Buffer
	c := exec.CommandContext(t.Context(), program, append([]string{"--format", "json"}, args...)...)
	c.Stdout, c.Stderr = &out, &told
	began := time.Now()
	if err := c.Run(); err != nil {
		t.Fatalf("%v: %s", err, told.String())
	}
	var list []cell
	if err := json.Unmarshal(out.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, l := range list {
		rows += l.Rows
	}
	t.Logf("cost %v: %d rows in %.1f s, %d MB", args, rows, time.Since(began).Seconds(), memory(c.ProcessState))
	return sums(t, len(list), func(i int) (string, string) {
		return strings.Join([]string{list[i].Month, list[i].Domain, list[i].Env}, " "), list[i].Cost
	})
}

// sums adds what has the same name, exactly.
func sums(t *testing.T, n int, at func(int) (name, cost string)) map[string]string {
	t.Helper()
	all := map[string]*big.Rat{}
	for i := range n {
		name, text := at(i)
		r, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("%s costs %q", name, text)
		}
		if all[name] == nil {
			all[name] = new(big.Rat)
		}
		all[name].Add(all[name], r)
	}
	out := map[string]string{}
	for name, r := range all {
		out[name] = r.FloatString(20)
	}
	return out
}

// Tags of each cloud in the engine's own words, as what the platform means by them.
const (
	object = `json_extract_string(CASE WHEN Tags IS NULL OR Tags = '' THEN '{}' ELSE Tags END, '$."%s"')`
	strs   = `list_filter(json_keys(Tags), lambda k: starts_with(k, '%s:'))[1][length('%[1]s') + 2:]`
	aMap   = `Tags['%s']`
	list   = `list_filter(x_Labels, lambda l: l.Key = '%s')[1].Value`
	texts  = `json_extract_string(list_filter(CAST(x_Labels AS JSON[]), lambda l: json_extract_string(l, '$.Key') = '%s')[1], '$.Value')`
)

// part asks for one file.
func part(file, tag string) string {
	of := func(key string) string { return fmt.Sprintf(tag, key) }
	read := "'" + file + "'"
	if !strings.HasSuffix(file, ".parquet") {
		read = "read_csv('" + file + "', all_varchar = true, header = true)"
	}
	return fmt.Sprintf(`SELECT strftime(CAST(MONTH AS TIMESTAMP), '%%Y-%%m') AS month,
		CAST(CAST(COST AS VARCHAR) AS DECIMAL(38, 18)) AS cost, %s AS manager, %s AS project, %s AS e FROM %s`,
		of("managed-by"), of("project"), of("env"), read)
}

// kinds of cost, by the columns that each is of.
var kinds = map[string]struct{ cost, month string }{"effective": {"EffectiveCost", "ChargePeriodStart"}, "billed": {"BilledCost", "BillingPeriodStart"}}

// query adds the parts.
func query(kind string, parts ...string) string {
	columns := strings.NewReplacer("MONTH", kinds[kind].month, "COST", kinds[kind].cost)
	return columns.Replace(`SELECT month, domain, env, CAST(sum(cost) AS VARCHAR) AS cost FROM (
		SELECT month, cost, CASE WHEN manager = 'crossplane' THEN project ELSE '' END AS domain, CASE WHEN manager = 'crossplane' THEN e ELSE '' END AS env
		FROM (` + strings.Join(parts, " UNION ALL ") + `) ) GROUP BY ALL`)
}

func program(t *testing.T, of string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "program")
	c := exec.CommandContext(t.Context(), "go", "build", "-o", file, of)
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return file
}

// TestEngine holds that each cell has the other engine's money, to the last digit.
func TestEngine(t *testing.T) {
	made := t.TempDir()
	run := func(program string, args ...string) {
		t.Helper()
		if out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	run(program(t, "./hack/costs"), "-out", made, "-csv", "-hours", os.Getenv("HOURS"))
	examples, bill := root+"/examples/costs/", root+"/internal/cost/focus/testdata/focus-1.0-real-1000.csv.gz"
	byName := program(t, "./cmd/cost")
	cases := map[string]struct {
		reason string
		folder string
		parts  []string
	}{
		"Examples": {"Each cloud has a form of its own.", examples, []string{
			part(examples+"aws.parquet", aMap), part(examples+"gcp.parquet", list),
			part(examples+"azure.csv.gz", object), part(examples+"ibm.csv", strs),
		}},
		"Many": {"A year of hours is as exact as a month.", made, []string{
			part(made+"/aws.csv", object), part(made+"/gcp.csv", texts),
			part(made+"/azure.csv", object), part(made+"/ibm.csv", strs),
		}},
		"Real": {"A real bill adds up to what another engine adds.", bill, []string{
			part(bill, `CASE WHEN Tags = 'NULL' THEN NULL ELSE json_extract_string(Tags, '$."%s"') END`),
		}},
	}
	for name, tc := range cases {
		for kind := range kinds {
			t.Run(name+"/"+kind, func(t *testing.T) {
				got := cost(t, byName, "--cost", kind, tc.folder)
				began := time.Now()
				want := duckdb(t, query(kind, tc.parts...))
				t.Logf("duckdb: %.1f s; %d cells are compared", time.Since(began).Seconds(), len(want))
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("\n%s\n-duckdb, +cost:\n%s", tc.reason, diff)
				}
			})
		}
	}
}
