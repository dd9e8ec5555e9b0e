//go:build costdb

package costdb

import (
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPart holds that a part of a bill does not replace the whole of it unasked.
func TestPart(t *testing.T) {
	whole := []string{"one 2027-01-02 3 {}", "one 2027-01-03 4 {}", "two 2027-01-03 5 {}", "one 2027-01-04 6 {}"}
	cases := map[string]struct {
		reason string
		lines  []string
		told   string // "" where it loads
	}{
		"Begin": {
			"An export that was cut off after its first days is an older one.",
			[]string{"one 2027-01-02 3 {}", "two 2027-01-02 5 {}"},
			"on 2 days from 2027-01-03",
		},
		"End": {"So is one that has the last days only.", []string{"one 2027-01-04 3 {}", "two 2027-01-04 5 {}"}, "on 2 days from 2027-01-02"},
		"Gap": {"A file between two others may be missing.", []string{"one 2027-01-02 3 {}", "two 2027-01-04 5 {}"}, "on 1 day from 2027-01-03"},
		"Currency": {
			"Bills of an account may be in two currencies, each in an export of its own.",
			[]string{"one 2027-01-02 3 {}", "two 2027-01-03 4 {}", "one 2027-01-04 6 {}"},
			"in USD",
		},
		"Same": {"A bill that was issued anew has other amounts.", []string{"one 2027-01-02 1 {}", "two 2027-01-03 4 {}", "one 2027-01-04 6 {}"}, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			d := newDatabase(t)
			d.load(bill(t, whole...))
			if name == "Currency" {
				do(t, d.Conn, `UPDATE cost_daily SET currency = 'USD' WHERE sub_account = 'two'`)
			}
			before := d.table()
			part := bill(t, tc.lines...)
			_, told, err := run(t, []string{"PGPASSWORD=" + loaderPassword}, "load", "--to", d.url(), part)
			if (err == nil) != (tc.told == "") || !strings.Contains(told, tc.told) {
				t.Errorf("\n%s\n%v, want %q: %s", tc.reason, err, tc.told, told)
			}
			if diff := cmp.Diff(before, d.table()); (diff == "") == (tc.told == "") {
				t.Errorf("\n%s\n-before, +after:\n%s", tc.reason, diff)
			}
			d.load("--drop", part)
		})
	}
}

// TestStoppedAtCommit holds that nobody is told what the database has by a program that was stopped while it
// waited for the answer to COMMIT.
func TestStoppedAtCommit(t *testing.T) {
	d := newDatabase(t)
	do(t, d.Conn, `CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); RETURN NULL; END $$;
		CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON cost_daily DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION slow()`)
	c, told := d.sleeping(bill(t, "one 2027-01-02 1 {}"))
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err == nil || !strings.Contains(told.String(), "it is not known whether the database has what was loaded") {
		t.Errorf("%v: %s", err, told.String())
	}
}
