//go:build login

package login

import (
	"maps"
	"os"
	"strings"
	"testing"
)

// TestGroups holds that PostgreSQL's groups are groups: nobody logs in as one, and nobody is in one by a
// way that the Job does not see.
func TestGroups(t *testing.T) {
	super := []string{"super", "super-word"}
	boss := []string{"boss", "bossPasswordOfClouds1234"}
	for name, tc := range map[string]struct {
		reason, username, access string
		as                       []string
		before                   []string
		says                     string
	}{
		"Reader": {
			"A group of readers that writes makes writers of all of them.",
			"app_reader", "readwrite", boss, nil, "app_reader is the name of a group",
		},
		"Owner": {"Nobody logs in as the group that has the tables.", "app_owner", "readonly", boss, nil, "app_owner is the name of a group"},
		"Somebody": {
			"A login of that name is somebody's, with all that it has.",
			"other", "readwrite", super,
			[]string{"CREATE ROLE app_owner LOGIN"},
			"app_owner or app_reader is there",
		},
		"Member": {
			"What a group is in, each login would be in.", "other", "readwrite", super,
			[]string{"CREATE ROLE app_reader", "CREATE ROLE more", "GRANT more TO app_reader"},
			"app_owner or app_reader is there",
		},
		"Schema": {
			"A schema of somebody else's gives the login nothing.",
			"other", "readwrite", boss,
			[]string{"CREATE SCHEMA app"},
			"schema app: belongs to another than app_owner",
		},
		"Twofold": {
			"A login that writes by another group is not one that reads only.", "other", "readonly", super,
			[]string{
				"CREATE ROLE app_owner ADMIN boss", "CREATE ROLE more", "GRANT app_owner TO more",
				"CREATE ROLE other LOGIN IN ROLE more ADMIN boss PASSWORD '" + appPassword + "'",
			},
			"the login writes by another group",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := postgres(t)
			for _, sql := range tc.before {
				if out, err := s.login(tc.as[0], tc.as[1], sql); err != nil {
					t.Fatal(out, err)
				}
			}
			out, err := s.give(t, tc.username, appPassword, tc.access)
			if err == nil || !strings.Contains(out, tc.says) || strings.Contains(out, " has "+tc.access) {
				t.Errorf("%s %v: %s, want %q", tc.reason, err, out, tc.says)
			}
		})
	}
}

// TestAgain holds that the Job of MySQL takes nothing from a login that has what it is to have: each
// statement is in force by itself, so that an app would be without it until the next one.
func TestAgain(t *testing.T) {
	s := mysql(t)
	admin := func(sql string) string {
		out, err := s.login(s.env["username"], s.env["password"], sql)
		if err != nil {
			t.Fatal(out, err)
		}
		return out
	}
	admin("SET GLOBAL log_output = 'TABLE'; SET GLOBAL general_log = ON")
	for _, access := range []string{"readwrite", "readonly", "readwrite"} {
		for range 2 {
			if out, err := s.give(t, "orders_app", appPassword, access); err != nil {
				t.Fatal(out, err)
			}
		}
	}
	if out := admin("SELECT argument FROM mysql.general_log WHERE command_type = 'Query' AND argument LIKE 'REVOKE%' AND " +
		"(argument RLIKE '[ ,]SELECT[ ,]' OR argument LIKE '%ALL PRIVILEGES%')"); out != "" {
		t.Error("the Job takes away what a login of either access has: ", out)
	}
}

// TestFails holds that a Job whose statements the server refuses fails, and says why without the password.
func TestFails(t *testing.T) {
	s := mysql(t)
	for _, sql := range []string{"CREATE USER 'small'@'%' IDENTIFIED BY 'smallPassword0fClouds12'", "GRANT SELECT ON mysql.* TO 'small'@'%'"} {
		if out, err := s.login(s.env["username"], s.env["password"], sql); err != nil {
			t.Fatal(out, err)
		}
	}
	s.env = maps.Clone(s.env)
	s.env["username"], s.env["password"] = "small", "smallPassword0fClouds12"
	if out, err := s.give(t, "orders_app", appPassword, "readwrite"); err == nil || !strings.Contains(out, "ERROR 1227") ||
		strings.Contains(out, "has readwrite") || strings.Contains(out, appPassword) {
		t.Error("an administrator who may make no login:", err, out)
	}
}

// TestDefiners holds that the SQL of the how-to names what fails on MySQL when the login is gone that made it.
func TestDefiners(t *testing.T) {
	s := mysql(t)
	for _, user := range []string{"orders_app", "orders_app2"} {
		if out, err := s.give(t, user, appPassword, "readwrite"); err != nil {
			t.Fatal(out, err)
		}
	}
	sql := func(user, password, sql string) string {
		out, err := s.login(user, password, sql)
		if err != nil {
			t.Fatal(sql, out, err)
		}
		return out
	}
	sql("orders_app", appPassword, "CREATE TABLE orders (id int); CREATE VIEW some AS SELECT id FROM orders")
	sql("orders_app", appPassword, "CREATE TRIGGER one BEFORE INSERT ON orders FOR EACH ROW SET NEW.id = 1")
	b, err := os.ReadFile(root + "/docs/how-to/own-login.md")
	if err != nil {
		t.Fatal(err)
	}
	_, page, _ := strings.Cut(string(b), "```sql\nSELECT table_name")
	find, _, _ := strings.Cut(page, "```")
	if got := strings.Fields(sql(s.env["username"], s.env["password"], "SELECT table_name"+find)); strings.Join(got, " ") != "table_name some one" {
		t.Error("found:", got)
	}
	sql(s.env["username"], s.env["password"], gone["mysql"])
	for _, text := range []string{"SELECT * FROM some", "INSERT INTO orders VALUES (2)"} {
		if out, err := s.login("orders_app2", appPassword, text); err == nil {
			t.Errorf("%s: works without who made it, and the page says that it fails: %s", text, out)
		}
	}
}

// TestOwned holds what the how-to says of tables that are a login's own, and no group's.
func TestOwned(t *testing.T) {
	s := postgres(t)
	if out, err := s.give(t, "orders_app", appPassword, "readwrite"); err != nil {
		t.Fatal(out, err)
	}
	boss := s.env["password"]
	for _, tc := range []struct {
		user, password, sql string
		may                 bool
	}{
		{"boss", boss, "CREATE TABLE app.bosses (a int)", true},
		{"orders_app", appPassword, "INSERT INTO bosses VALUES (1)", false},
		{"boss", boss, "SET ROLE app_owner; CREATE TABLE app.groups (a int)", true},
		{"orders_app", appPassword, "INSERT INTO groups VALUES (1)", true},
		{"orders_app", appPassword, "SET ROLE none; CREATE TABLE mine (a int)", true},
		{"boss", boss, gone["postgres"], false},
		{"orders_app", appPassword, "SET ROLE none; REASSIGN OWNED BY orders_app TO app_owner", true},
		{"boss", boss, gone["postgres"], true},
	} {
		if out, err := s.login(tc.user, tc.password, tc.sql); (err == nil) != tc.may {
			t.Errorf("%s: %s: %v %s", tc.user, tc.sql, err, out)
		}
	}
}
