//go:build costdb

package costdb

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/cmd/cost/store"
)

// TestViews holds that the views for BigQuery and Athena are SQL of theirs, have the columns of
// cost_daily, and find in the example of their cloud what cost finds. The engine that runs them here is
// another one.
func TestViews(t *testing.T) {
	python := os.Getenv("PYTHON")
	for dialect, export := range map[string]string{"bigquery": "gcp", "athena": "aws"} {
		t.Run(dialect, func(t *testing.T) {
			file := examples + "/" + export + ".parquet"
			var out, told bytes.Buffer
			c := exec.CommandContext(t.Context(), python, "views.py", dialect, root+"/package/cost/views/"+dialect+".sql", file)
			c.Stdout, c.Stderr = &out, &told
			if err := c.Run(); err != nil {
				t.Fatalf("%v: %s; %q needs sqlglot and duckdb: pip install sqlglot duckdb, and say PYTHON=/path/to/python", err, told.String(), python)
			}
			var got struct {
				Columns []string          `json:"columns"`
				Sums    map[string]string `json:"sums"`
			}
			if err := json.Unmarshal(out.Bytes(), &got); err != nil {
				t.Fatal(err)
			}
			for k, text := range got.Sums {
				r, ok := new(big.Rat).SetString(text)
				if !ok {
					t.Fatal(k, text)
				}
				got.Sums[k] = r.FloatString(30)
			}
			if diff := cmp.Diff(store.Columns, got.Columns); diff != "" {
				t.Errorf("-cost_daily, +view:\n%s", diff)
			}
			d := newDatabase(t)
			d.load(file)
			if diff := cmp.Diff(d.summed("effective", "day"), got.Sums); diff != "" {
				t.Errorf("-cost_daily, +view:\n%s", diff)
			}
		})
	}
}
