//go:build costdb

package costdb

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// printed is what cost prints of the same exports, by month, domain and env; what is not allocated has
// why it is not.
func printed(t *testing.T, args ...string) map[string]string {
	t.Helper()
	out, told, err := run(t, nil, append([]string{"--format", "json"}, args...)...)
	if err != nil {
		t.Fatal(err, told)
	}
	var list []map[string]any
	if err := json.Unmarshal([]byte(out), &list); err != nil {
		t.Fatal(err)
	}
	sums := map[string]*big.Rat{}
	for _, l := range list {
		key := fmt.Sprint(l["currency"], " ", l["month"], " ", l["domain"], " ", l["env"], " ", l["why"])
		r, ok := new(big.Rat).SetString(fmt.Sprint(l["cost"]))
		if !ok {
			t.Fatal(l)
		}
		if sums[key] == nil {
			sums[key] = new(big.Rat)
		}
		sums[key].Add(sums[key], r)
	}
	texts := map[string]string{}
	for k, r := range sums {
		texts[k] = r.FloatString(30)
	}
	return texts
}

// summed is the same of the table.
func (d *database) summed(cost, month string) map[string]string {
	d.t.Helper()
	rows, err := d.Query(d.t.Context(), `SELECT concat_ws(' ', currency, to_char(`+month+`, 'YYYY-MM'), domain, env, why), sum(`+cost+`)::text
		FROM (SELECT currency, day, period, CASE WHEN why = '' THEN domain ELSE '' END AS domain, CASE WHEN why = '' THEN env ELSE '' END AS env,
		why, effective, billed FROM cost_daily) AS c GROUP BY 1`)
	if err != nil {
		d.t.Fatal(err)
	}
	out := map[string]string{}
	for rows.Next() {
		var key, text string
		if err := rows.Scan(&key, &text); err != nil {
			d.t.Fatal(err)
		}
		r, _ := new(big.Rat).SetString(text)
		out[key] = r.FloatString(30)
	}
	if rows.Err() != nil {
		d.t.Fatal(rows.Err())
	}
	return out
}

// TestLoad holds that the table has the money that cost prints, to the last digit, and the same once
// more when the same files are loaded again.
func TestLoad(t *testing.T) {
	cases := map[string]struct {
		reason string
		of     string
	}{
		"Examples": {"Each cloud has a form of its own.", examples},
		"Real":     {"A real bill has amounts of 11 decimals, credits and no tags.", root + "/internal/cost/focus/testdata/focus-1.0-real-1000.csv.gz"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			d := newDatabase(t)
			t.Log(d.load(tc.of))
			for cost, month := range map[string]string{"effective": "day", "billed": "period"} {
				if diff := cmp.Diff(printed(t, "--cost", cost, tc.of), d.summed(cost, month)); diff != "" {
					t.Errorf("\n%s\n%s: -cost, +cost_daily:\n%s", tc.reason, cost, diff)
				}
			}
			before := d.table()
			d.load(tc.of)
			if diff := cmp.Diff(before, d.table()); diff != "" || before == "" {
				t.Errorf("loaded again: -before, +after:\n%s", diff)
			}
		})
	}
}

// bill writes a bill of Azure, one charge a line of subscription, day, effective cost and tags.
func bill(t *testing.T, lines ...string) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ChargePeriodEnd," +
		"ServiceName,ProviderName,BillingAccountId,SubAccountId,Tags\n")
	for _, l := range lines {
		f := strings.SplitN(l, " ", 4)
		fmt.Fprintf(&b, "%s,%[1]s,EUR,%s-01T00:00:00Z,Usage,%sT00:00:00Z,%[3]sT23:00:00Z,db,Microsoft,acme,%s,%q\n",
			f[2], f[1][:7], f[1], f[0], strings.ReplaceAll(f[3], `"`, `""`))
	}
	file := filepath.Join(t.TempDir(), "bill.csv")
	text := strings.NewReplacer(`\"`, `"`, `\\`, `\`).Replace(b.String())
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const ours = `{"managed-by":"crossplane","project":"orders","env":"prod"}`

// TestReplaced holds that a bill is replaced whole, that others stay, and that no account is lost unasked.
func TestReplaced(t *testing.T) {
	d := newDatabase(t)
	d.load(examples)
	whole := d.text(`SELECT count(*)::text FROM cost_daily WHERE cloud <> 'azure'`)
	azure := `SELECT string_agg(concat_ws(' ', to_char(day, 'YYYY-MM-DD'), sub_account, NULLIF(domain, ''), effective), ', ' ORDER BY day, sub_account)
		FROM cost_daily WHERE cloud = 'azure' AND currency = 'EUR'`
	d.load(bill(t, "one 2027-01-02 3 "+ours, "two 2027-01-02 4 {}", "one 2027-02-01 5 {}"))
	d.load(bill(t, "one 2027-01-02 6 "+ours, "one 2027-01-03 7 {}", "two 2027-01-02 0.5 {}"))
	if diff := cmp.Diff("2027-01-02 one orders 6, 2027-01-02 two 0.5, 2027-01-03 one 7, 2027-02-01 one 5", d.text(azure)); diff != "" {
		t.Errorf("January is replaced and February stays: -want, +got:\n%s", diff)
	}
	half := bill(t, "one 2027-01-02 8 "+ours)
	_, told, err := run(t, []string{"PGPASSWORD=" + loaderPassword}, "load", "--to", d.url(), half)
	if err == nil || !strings.Contains(told, `account "acme", "two" in the bill azure 2027-01 in EUR, which the exports do not have`) {
		t.Errorf("a subscription would be lost: %v, %s", err, told)
	}
	d.load("--drop", half)
	if diff := cmp.Diff("2027-01-02 one orders 8, 2027-02-01 one 5", d.text(azure)); diff != "" {
		t.Errorf("--drop takes the subscription away: -want, +got:\n%s", diff)
	}
	d.load("--since", "2027-02", bill(t, "one 2027-01-02 9 {}", "one 2027-02-01 10 {}"))
	if diff := cmp.Diff("2027-01-02 one orders 8, 2027-02-01 one 10", d.text(azure)); diff != "" {
		t.Errorf("--since leaves older bills as they are: -want, +got:\n%s", diff)
	}
	// A seller in the bill of the same account, who then charges nothing.
	sold := bill(t, "one 2027-03-03 1 {}", "one 2027-03-03 2 {}")
	text, err := os.ReadFile(sold)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(sold, []byte(strings.Replace(string(text), "Microsoft", "Seller", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	d.load(sold)
	march := `SELECT string_agg(cloud || ' ' || effective, ', ' ORDER BY cloud) FROM cost_daily WHERE period = '2027-03-01'`
	if diff := cmp.Diff("Seller 1, azure 2", d.text(march)); diff != "" {
		t.Errorf("a seller has a name: -want, +got:\n%s", diff)
	}
	d.load(bill(t, "one 2027-03-03 3 {}"))
	if diff := cmp.Diff("azure 3", d.text(march)); diff != "" {
		t.Errorf("the bill of an account is replaced with its sellers: -want, +got:\n%s", diff)
	}
	if got := d.text(`SELECT count(*)::text FROM cost_daily WHERE cloud <> 'azure'`); got != whole {
		t.Errorf("other clouds had %s lines, and have %s", whole, got)
	}
	if got := d.text(`SELECT charges::text FROM cost_loads WHERE cloud = 'azure' AND period = '2027-02-01'`); got != "1" {
		t.Errorf("cost_loads has %s charges", got)
	}
}

// sleeping is a load of a bill that has come to a trigger which takes longer than anybody waits, and what it tells.
func (d *database) sleeping(bill string) (c *exec.Cmd, told *strings.Builder) {
	d.t.Helper()
	c, told = exec.CommandContext(d.t.Context(), program, "load", "--to", d.url(), bill), &strings.Builder{}
	c.Env, c.Stderr = []string{"PGPASSWORD=" + loaderPassword}, told
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	for range 200 {
		if d.text(`SELECT count(*)::text FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'`) == "1" {
			return c, told
		}
		time.Sleep(50 * time.Millisecond)
	}
	d.t.Fatal("the load does not come to the trigger: " + told.String())
	return nil, nil
}

// TestInterrupted holds that a load that ends within it leaves the old bills, however it ends.
func TestInterrupted(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"Terminated": syscall.SIGTERM, "Killed": syscall.SIGKILL} {
		t.Run(name, func(t *testing.T) {
			d := newDatabase(t)
			d.load(bill(t, "one 2027-01-02 3 "+ours))
			before := d.table()
			// The second line takes longer than anybody waits.
			do(t, d.Conn, `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.effective = 99 THEN
				PERFORM pg_sleep(600); END IF; RETURN NEW; END $$; CREATE TRIGGER slow BEFORE INSERT ON cost_daily FOR EACH ROW EXECUTE FUNCTION slow()`)
			c, told := d.sleeping(bill(t, "one 2027-01-02 1 {}", "one 2027-01-03 99 {}"))
			if err := c.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if err := c.Wait(); err == nil {
				t.Error("the load ended well")
			}
			if signal == syscall.SIGTERM && !strings.Contains(told.String(), "was stopped before it was done; the database has what it had") {
				t.Error(told.String())
			}
			if diff := cmp.Diff(before, d.table()); diff != "" {
				t.Errorf("-before, +after:\n%s", diff)
			}
			// It waits until the server has seen that the program is gone.
			do(t, d.Conn, `SET statement_timeout = '30s'; DROP TRIGGER slow ON cost_daily`)
			d.load(bill(t, "one 2027-01-02 2 "+ours))
		})
	}
}

// TestTwoAtOnce holds that of loads at one time each waits for the other: bills never mix.
func TestTwoAtOnce(t *testing.T) {
	d := newDatabase(t)
	// Each is slow enough to be met by the others between what it takes away and what it has written.
	do(t, d.Conn, `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.2); RETURN NEW; END $$;
		CREATE TRIGGER slow BEFORE INSERT ON cost_daily FOR EACH ROW EXECUTE FUNCTION slow()`)
	one, two := bill(t, "one 2027-01-02 1 {}", "one 2027-01-03 2 {}"), bill(t, "one 2027-01-02 10 {}", "one 2027-01-03 20 {}")
	for range 2 {
		done := make(chan error)
		for _, file := range []string{one, two, one, two} {
			go func() {
				c := exec.CommandContext(t.Context(), program, "load", "--to", d.url(), file)
				c.Env = []string{"PGPASSWORD=" + loaderPassword}
				out, err := c.CombinedOutput()
				if err != nil {
					err = fmt.Errorf("%w: %s", err, out)
				}
				done <- err
			}()
		}
		for range 4 {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		if got := d.text(`SELECT string_agg(effective::text, ' ' ORDER BY day) FROM cost_daily`); got != "1 2" && got != "10 20" {
			t.Errorf("the bill is %q", got)
		}
	}
}

// TestMany loads a year of hours, and says how long it took.
func TestMany(t *testing.T) {
	made := t.TempDir()
	c := exec.CommandContext(t.Context(), "go", "run", "./hack/costs", "-out", made, "-hours", "9115")
	c.Dir = root
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	d := newDatabase(t)
	for _, what := range []string{"first", "again"} {
		began := time.Now()
		c := exec.CommandContext(t.Context(), program, "load", "--to", d.url(), made)
		c.Env = []string{"PGPASSWORD=" + loaderPassword}
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		usage, _ := c.ProcessState.SysUsage().(*syscall.Rusage)
		t.Logf("%s: %.1f s, %d MB at most; the table with its indexes %s; %.200s", what, time.Since(began).Seconds(), usage.Maxrss>>10,
			d.text(`SELECT pg_size_pretty(pg_total_relation_size('cost_daily'))`), out)
	}
	if diff := cmp.Diff(printed(t, made), d.summed("effective", "day")); diff != "" {
		t.Errorf("-cost, +cost_daily:\n%s", diff)
	}
}
