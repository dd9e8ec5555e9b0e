//go:build costdb

package costdb

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestHostile holds that a tag is text to the database, whatever is in it.
func TestHostile(t *testing.T) {
	d := newDatabase(t)
	cases := map[string]struct{ reason, tag, want string }{
		"Quote":     {"A quote ends no text.", `'); DROP TABLE cost_daily; --`, `'); DROP TABLE cost_daily; --`},
		"End":       {"What ends a COPY of text ends none of bytes.", `\\.`, `\.`},
		"Null":      {"What is a null in a COPY of text is a word.", `\\N`, `\N`},
		"NUL":       {"A NUL, which the database refuses, is shown as a sign that is unknown.", `a\u0000b`, "a�b"},
		"Newline":   {"A tag's line end ends no line.", `a\nb`, "a\nb"},
		"Surrogate": {"Half of a pair is no letter.", `a\ud800b`, "a�b"},
		"Long":      {"A text that no index would take is taken.", strings.Repeat("x", 9000), strings.Repeat("x", 9000)},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "bill.csv")
			tags := `{"managed-by":"crossplane","env":"prod","project":"` + tc.tag + `","team":"` + tc.tag + `"}`
			text := "BilledCost,EffectiveCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,ServiceName,ProviderName,Tags\n" +
				`1,1,EUR,2027-01-01T00:00:00Z,Usage,2027-01-01T00:00:00Z,2027-01-02T00:00:00Z,db,Microsoft,"` + strings.ReplaceAll(tags, `"`, `""`) + "\"\n"
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			d.load(file)
			if diff := cmp.Diff(tc.want, d.text(`SELECT domain FROM cost_daily WHERE team = domain`)); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestPassword holds that passwords are taken from wherever PostgreSQL's programs take them, and never shown.
func TestPassword(t *testing.T) {
	d := newDatabase(t)
	dir, file := t.TempDir(), bill(t, "one 2027-01-02 3 "+ours)
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const wrong = "wr0ng-s3cret"
	there := "127.0.0.1:" + port
	service := write("service", "[costs]\nhost=127.0.0.1\nport="+port+"\ndbname="+d.name+"\nuser=loader\nsslmode=disable\npassword="+loaderPassword+"\n")
	badService := write("bad", "[costs]\nhost=127.0.0.1\nport="+port+"\ndbname="+d.name+"\nuser=loader\nsslmode=disable\npassword="+wrong+"\n")
	escaped := strings.ReplaceAll(loaderPassword, " ", "%20")
	cases := map[string]struct {
		reason, to string
		env        []string
		told       string // "" where it loads
	}{
		"URL":         {"A password may stand in the URL.", "postgres://loader:" + escaped + "@" + there + "/" + d.name, nil, ""},
		"Environment": {"PGPASSWORD is taken.", d.url(), []string{"PGPASSWORD=" + loaderPassword}, ""},
		"File":        {"PGPASSFILE is taken.", d.url(), []string{"PGPASSFILE=" + write("pass", "*:*:*:loader:"+loaderPassword+"\n")}, ""},
		"Service": {
			"A service has all that the URL does not say.", "postgres:///?service=costs", []string{"PGSERVICEFILE=" + service}, "",
		},
		"ServiceVariable": {"PGSERVICE names it as well.", "postgres://", []string{"PGSERVICE=costs", "PGSERVICEFILE=" + service}, ""},
		"WrongURL": {
			"A password that is refused is not told.", "postgres://loader:" + wrong + "@" + there + "/" + d.name, nil, "password authentication failed",
		},
		"WrongEnvironment": {"Nor is one of the environment.", d.url(), []string{"PGPASSWORD=" + wrong}, "password authentication failed"},
		"WrongService": {
			"Nor is one of a file.", "postgres:///?service=costs", []string{"PGSERVICEFILE=" + badService}, "password authentication failed",
		},
		"Slash": {"A password with a slash makes it a database's name.", "postgres://loader:12/" + wrong + "@" + there + "/x", nil, "has an @ behind its host"},
		"Colon": {"A password with a colon and a slash is no port.", "postgres://loader:" + wrong + ":/x@" + there + "/x", nil, "has an @ behind its host"},
		"Query": {"A mode that is not there is told without the rest.", d.url() + "x&password=" + wrong, nil, "cannot be used: "},
		"NoURL": {"What is no URL is not repeated.", "host=127.0.0.1 password=" + wrong, nil, "is no URL of PostgreSQL"},
		"Gone":  {"A server that is not there is told without the password.", "postgres://loader:" + wrong + "@127.0.0.1:1/x", nil, "connect"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			out, told, err := run(t, tc.env, "load", "--to", tc.to, file)
			switch {
			case strings.Contains(out+told, wrong) || strings.Contains(out+told, loaderPassword) || strings.Contains(out+told, escaped):
				t.Errorf("\n%s\nthe password is shown: %s", tc.reason, told)
			case (err == nil) != (tc.told == "") || !strings.Contains(told, tc.told):
				t.Errorf("\n%s\n%v, want %q: %s", tc.reason, err, tc.told, told)
			}
		})
	}
}

// TestRoles holds what each role may do, by logging in.
func TestRoles(t *testing.T) {
	d := newDatabase(t)
	d.load(bill(t, "one 2027-01-02 3 "+ours))
	cases := map[string]struct {
		reason, user, sql string
		may               bool
	}{
		"Reads":         {"Grafana's user reads charges.", "reader", `SELECT * FROM cost_daily`, true},
		"ReadsLoads":    {"It reads when they came.", "reader", `SELECT * FROM cost_loads`, true},
		"Inserts":       {"It writes no charge.", "reader", `INSERT INTO cost_daily SELECT * FROM cost_daily`, false},
		"Updates":       {"It changes none.", "reader", `UPDATE cost_daily SET effective = 0`, false},
		"Deletes":       {"It takes none away.", "reader", `DELETE FROM cost_daily`, false},
		"Truncates":     {"Nor all at once.", "reader", `TRUNCATE cost_daily`, false},
		"Locks":         {"It holds up no load.", "reader", `LOCK TABLE cost_daily IN SHARE MODE`, false},
		"Drops":         {"It drops no table.", "reader", `DROP TABLE cost_daily`, false},
		"Creates":       {"It makes none.", "reader", `CREATE TABLE mine (a int)`, false},
		"Becomes":       {"It does not become the loader.", "reader", `SET ROLE cost_loader`, false},
		"Files":         {"It reads no file of the server.", "reader", `COPY cost_daily FROM '/etc/passwd'`, false},
		"LoaderDrops":   {"The loader drops no table.", "loader", `DROP TABLE cost_daily`, false},
		"LoaderEmpties": {"It empties none outside a bill's transaction.", "loader", `TRUNCATE cost_daily`, false},
		"LoaderUpdates": {"It changes no charge in place.", "loader", `UPDATE cost_daily SET effective = 0`, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := open(t, d.name, tc.user, map[string]string{"reader": readerPassword, "loader": loaderPassword}[tc.user])
			do(t, c, `BEGIN`)
			_, err := c.PgConn().Exec(t.Context(), tc.sql).ReadAll()
			do(t, c, `ROLLBACK`)
			if (err == nil) != tc.may || err != nil && !strings.Contains(err.Error(), "42501") {
				t.Errorf("\n%s\n%s: %v", tc.reason, tc.sql, err)
			}
		})
	}
	_, told, err := run(t, []string{"PGPASSWORD=" + readerPassword}, "load", "--to",
		strings.Replace(d.url(), "loader", "reader", 1), bill(t, "one 2027-01-02 3 "+ours))
	if err == nil || !strings.Contains(told, "the user may not write: GRANT cost_loader TO it") {
		t.Errorf("the reader loads: %v, %s", err, told)
	}
	_, told, err = run(t, []string{"PGPASSWORD=" + ownerPassword}, "load", "--to",
		"postgres://owner@127.0.0.1:"+port+"/postgres", bill(t, "one 2027-01-02 3 "+ours))
	if err == nil || !strings.Contains(told, "the database lacks a table: cost schema | psql makes it") {
		t.Errorf("a database without the tables: %v, %s", err, told)
	}
}
