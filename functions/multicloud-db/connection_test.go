package main

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestURI holds that whatever is in a password, the uri gives the same host, user,
// password and database as the other keys.
func TestURI(t *testing.T) {
	t.Parallel()
	for _, password := range []string{"Simple1", "p@ss:w/rd?#[]", "100%25", "ü €", `"'\\`, "a+b&c=d"} {
		for engine, port := range ports {
			c := connection{engine: engine, host: "db.example.org", port: port, username: login, password: []byte(password), database: "orders"}
			details := c.details()
			u, err := url.Parse(string(details["uri"]))
			if err != nil {
				t.Errorf("%s: %v", engine, err)
				continue
			}
			got := map[string]string{"host": u.Hostname(), "port": u.Port(), "username": u.User.Username(), "database": u.Path[1:]}
			got["password"], _ = u.User.Password()
			for key, value := range got {
				if diff := cmp.Diff(string(details[key]), value); diff != "" {
					t.Errorf("%s: %s: -key, +uri:\n%s", engine, key, diff)
				}
			}
		}
	}
}

// TestHalfAConnection holds that nothing of a connection counts before all of it.
func TestHalfAConnection(t *testing.T) {
	t.Parallel()
	whole := connection{engine: "postgres", host: "h", port: 5432, username: login, password: []byte("p"), database: "orders"}
	if !whole.complete() {
		t.Error("a connection with everything is not complete")
	}
	for key, take := range map[string]func(*connection){
		"host":     func(c *connection) { c.host = "" },
		"port":     func(c *connection) { c.port = 0 },
		"username": func(c *connection) { c.username = "" },
		"password": func(c *connection) { c.password = nil },
		"database": func(c *connection) { c.database = "" },
	} {
		c := whole
		if take(&c); c.complete() {
			t.Errorf("a connection without its %s is complete", key)
		}
	}
}
