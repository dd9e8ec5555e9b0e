package cache

import (
	"net"
	"net/url"
	"strconv"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
)

// An address is how a cache is reached, by TLS and a password.
type address struct {
	host     string
	port     int
	username string // "" for default, which the URI does not name: AUTH with a password alone is every server's
	password []byte
	database string // "" for 0
	ca       []byte
	publicCA bool // the certificates are a public authority's, and ca is not needed
}

// The user and the logical database of a server that has no others.
const (
	userDefault     = "default"
	databaseDefault = "0"
)

// connection has the keys of the connection Secret, the same on every cloud. Where a part of
// the address is unknown there are no keys at all, since the URI would be wrong, and without the
// CA that verifies the server apps would turn verification off.
func (a address) connection() lifecycle.Connection {
	c := lifecycle.Connection{Host: a.host, Port: a.port}
	if a.host == "" || a.port == 0 || len(a.password) == 0 || len(a.ca) == 0 && !a.publicCA {
		return c
	}
	username, database := a.username, a.database
	if username == "" {
		username = userDefault
	}
	if database == "" {
		database = databaseDefault
	}
	uri := url.URL{
		Scheme: "rediss",
		User:   url.UserPassword(a.username, string(a.password)),
		Host:   net.JoinHostPort(a.host, strconv.Itoa(a.port)),
		Path:   database,
	}
	c.Details = map[string][]byte{
		"host":     []byte(a.host),
		"port":     []byte(strconv.Itoa(a.port)),
		"username": []byte(username),
		"password": a.password,
		"database": []byte(database),
		"tls":      []byte("true"),
		"uri":      []byte(uri.String()),
	}
	if len(a.ca) > 0 {
		c.Details["ca.crt"] = a.ca
	}
	return c
}
