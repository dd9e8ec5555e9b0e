//go:build login

package login

import (
	"maps"
	"strings"
	"testing"
)

// A server is a database server of this machine, started for these tests.
type server struct {
	engine string
	env    map[string]string // of the administrator, by the keys of the connection Secret
	// login runs SQL as somebody, and returns what is printed.
	login func(user, password, sql string) (string, error)
	said  func() string // its log; PostgreSQL's has every statement
}

const (
	appPassword    = "aPassword0fTheApp1234567"
	reportPassword = "aPassword0fReports123456"
	wrongPassword  = "an0therPasswordThanThis1"
)

// give runs the Job of the example for a login, as a pod runs it.
func (s server) give(t *testing.T, username, password, access string) (string, error) {
	t.Helper()
	secrets := map[string]map[string]string{"orders": s.env, "orders-app": {"username": username, "password": password}}
	return job(t, s.engine, secrets, map[string]string{"ACCESS": access})
}

// TestLogins holds what a login may do, by logging in.
func TestLogins(t *testing.T) {
	for _, start := range []func(*testing.T) server{postgres, mysql} {
		s := start(t)
		t.Run(s.engine, func(t *testing.T) {
			for _, l := range []struct{ user, password, access string }{
				{"orders_app", appPassword, "readwrite"}, {"orders_app", appPassword, "readwrite"}, {"report", reportPassword, "readonly"},
			} {
				if out, err := s.give(t, l.user, l.password, l.access); err != nil || !strings.Contains(out, l.user+" has "+l.access) {
					t.Fatal(out, err)
				}
			}
			app := func(sql string) (string, error) { return s.login("orders_app", appPassword, sql) }
			report := func(sql string) (string, error) { return s.login("report", reportPassword, sql) }
			admin := func(sql string) (string, error) { return s.login(s.env["username"], s.env["password"], sql) }
			next := func(sql string) (string, error) { return s.login("orders_app2", wrongPassword, sql) }
			for _, tc := range []struct {
				reason string
				as     func(string) (string, error)
				sql    string
				may    bool
			}{
				{"An app makes its tables.", app, "CREATE TABLE orders (id int PRIMARY KEY, what varchar(20))", true},
				{"It fills them.", app, "INSERT INTO orders VALUES (1, 'x')", true},
				{"It changes them.", app, "ALTER TABLE orders ADD COLUMN more int", true},
				{"A report reads what is made after it.", report, "SELECT id FROM orders", true},
				{"It writes nothing.", report, "INSERT INTO orders VALUES (2, 'y', 0)", false},
				{"It changes nothing.", report, "UPDATE orders SET what = 'z'", false},
				{"It makes nothing.", report, "CREATE TABLE mine (a int)", false},
				{"It drops nothing.", report, "DROP TABLE orders", false},
				{"An app makes no login.", app, "CREATE USER other", false},
				{"It does not become the administrator's.", app, elevate[s.engine], false},
				{"It makes no database.", app, "CREATE DATABASE other", false},
				{"It reaches no database whose name differs by a letter.", app, "CREATE TABLE ordersXdb.mine (a int)", false},
				{"It reads no password.", app, passwords[s.engine], false},
			} {
				if out, err := tc.as(tc.sql); (err == nil) != tc.may {
					t.Errorf("%s %s: %v %s", tc.reason, tc.sql, err, out)
				}
			}
			// A password is changed by a second login, which has what the first made.
			if out, err := s.give(t, "orders_app2", wrongPassword, "readwrite"); err != nil {
				t.Fatal(out, err)
			}
			for _, sql := range []string{"ALTER TABLE orders ADD COLUMN evenMore int", "DROP TABLE orders", "CREATE TABLE orders (id int)"} {
				if out, err := next(sql); err != nil {
					t.Errorf("the second login cannot %s: %v %s", sql, err, out)
				}
			}
			if out, err := admin(gone[s.engine]); err != nil {
				t.Errorf("the first login cannot go: %v %s", err, out)
			}
			if out, err := app("SELECT 1"); err == nil {
				t.Error("the first login is still there", out)
			}
			for _, password := range []string{appPassword, reportPassword, wrongPassword} {
				if strings.Contains(s.said(), password) {
					t.Error("the server's log has a password")
				}
			}
			// A login that is to read only does not go on writing.
			if out, err := s.give(t, "orders_app2", wrongPassword, "readonly"); err != nil {
				t.Fatal(out, err)
			}
			if _, err := next("INSERT INTO orders VALUES (1)"); err == nil {
				t.Error("a login that was made read-only writes")
			}
			if _, err := next("SELECT id FROM orders"); err != nil {
				t.Error("a login that was made read-only reads nothing", err)
			}
		})
	}
}

// TestRefused holds that a login of somebody else's is not taken over, and that no password is shown.
func TestRefused(t *testing.T) {
	for _, start := range []func(*testing.T) server{postgres, mysql} {
		s := start(t)
		t.Run(s.engine, func(t *testing.T) {
			if out, err := s.give(t, "orders_app", appPassword, "readwrite"); err != nil {
				t.Fatal(out, err)
			}
			for _, tc := range []struct{ reason, username, password, access, says string }{
				{"A login with another password is somebody's.", "orders_app", wrongPassword, "readwrite", "orders_app is there with another password"},
				{"The administrator's is nobody's.", s.env["username"], appPassword, "readwrite", s.env["username"] + " is there with another password"},
				{"Nor with its password.", s.env["username"], s.env["password"], "readonly", s.env["username"] + " is there with another password"},
				{"A quote is no letter.", "a'; DROP TABLE x; --", appPassword, "readwrite", "username: allowed are"},
				{"A star is no letter.", "a*", appPassword, "readwrite", "username: allowed are"},
				{"A line's end is none.", "a\nb", appPassword, "readwrite", "username: allowed are"},
				{"A login has a name.", "", appPassword, "readwrite", "username: allowed are"},
				{"A long name is cut off by no server.", strings.Repeat("a", 33), appPassword, "readwrite", "username: has more than 32 characters"},
				{"A quote in a password would end it.", "other", "abc'defghijklmnopqrstuv", "readwrite", "password: allowed are"},
				{"A line's end would end it.", "other", "abcdefghijk\nlmnopqrstuvw", "readwrite", "password: allowed are"},
				{"A short password is guessed.", "other", "abc", "readwrite", "password: has fewer than 20 characters"},
				{"Nobody is made an owner.", "other", appPassword, "owner", "ACCESS: allowed are readwrite and readonly"},
			} {
				out, err := s.give(t, tc.username, tc.password, tc.access)
				if err == nil || !strings.Contains(out, tc.says) || strings.Contains(out, tc.password) {
					t.Errorf("%s %q: %v %s", tc.reason, tc.username, err, out)
				}
			}
			if out, err := s.login("orders_app", appPassword, "SELECT 1"); err != nil {
				t.Error("its password was changed", err, out)
			}
			broken := s
			broken.env = maps.Clone(s.env)
			broken.env["password"] = "not-the-administrators-1"
			if out, err := broken.give(t, "other", appPassword, "readwrite"); err == nil || strings.Contains(out, "there with another") {
				t.Error("an administrator who gets in nowhere:", err, out)
			}
		})
	}
}
