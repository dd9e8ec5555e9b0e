package database

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
			c := address{engine: engine, host: "db.example.org", port: port, username: login, password: []byte(password), database: "orders"}
			details := c.connection().Details
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
	whole := address{engine: "postgres", host: "h", port: 5432, username: login, password: []byte("p"), database: "orders"}
	complete := func(a address) bool { return len(a.connection().Details) > 0 }
	if !complete(whole) {
		t.Error("a connection with everything is not complete")
	}
	for key, take := range map[string]func(*address){
		"host":     func(c *address) { c.host = "" },
		"port":     func(c *address) { c.port = 0 },
		"username": func(c *address) { c.username = "" },
		"password": func(c *address) { c.password = nil },
		"database": func(c *address) { c.database = "" },
	} {
		c := whole
		if take(&c); complete(c) {
			t.Errorf("a connection without its %s is complete", key)
		}
	}
}
