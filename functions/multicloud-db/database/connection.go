package database

import (
	"cmp"
	"net"
	"net/url"
	"strconv"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// The engines' ports, schemes and modes of TLS, the same on every cloud.
var (
	ports    = map[string]int{cloud.Postgres: 5432, cloud.MySQL: 3306}
	schemes  = map[string]string{cloud.Postgres: "postgresql", cloud.MySQL: "mysql"}
	sslmodes = map[string]string{cloud.Postgres: "require", cloud.MySQL: "REQUIRED"}
	queries  = map[string]string{cloud.Postgres: "sslmode=", cloud.MySQL: "ssl-mode="}
)

// An address is how a database is reached.
type address struct {
	engine, host, username, database string
	port                             int
	password, ca                     []byte
}

// addressOf makes the connection to a host. The password is left out until the credential
// says that it may be published.
func addressOf(in In, host string, ca []byte) lifecycle.Connection {
	given := in.Credential.Given
	a := address{
		engine: in.Want.Engine, host: host, ca: caOf(in, host, ca),
		port:     in.PortOr(ports[in.Want.Engine]), // RDS may have another one, and tells
		username: cmp.Or(given[credential.KeyUsername], in.Want.Login),
		database: cmp.Or(given[credential.KeyDatabase], in.Want.Logical),
	}
	if in.Credential.Opens {
		a.password = in.Credential.Value
	}
	return a.connection()
}

// caOf is the server's CA, else the one that is published with the same host: where the provider's
// Secret lacks it for once, such as after somebody deleted that, apps go on verifying the server.
func caOf(in In, host string, ca []byte) []byte {
	if len(ca) == 0 && string(in.Published("host")) == host {
		return in.Published("ca.crt")
	}
	return ca
}

// connection has the keys of the connection Secret, the same on every cloud. Where a part
// of the address is unknown there are no keys at all, since the URI would be wrong.
func (a address) connection() lifecycle.Connection {
	c := lifecycle.Connection{Host: a.host, Port: a.port}
	if a.host == "" || a.port == 0 || a.username == "" || a.database == "" || len(a.password) == 0 {
		return c
	}
	mode := sslmodes[a.engine]
	uri := url.URL{
		Scheme:   schemes[a.engine],
		User:     url.UserPassword(a.username, string(a.password)),
		Host:     net.JoinHostPort(a.host, strconv.Itoa(a.port)),
		Path:     "/" + a.database, // of which the name may begin with a slash itself
		RawQuery: queries[a.engine] + mode,
	}
	c.Details = map[string][]byte{
		"host":     []byte(a.host),
		"port":     []byte(strconv.Itoa(a.port)),
		"username": []byte(a.username),
		"password": a.password,
		"database": []byte(a.database),
		"uri":      []byte(uri.String()),
		"sslmode":  []byte(mode),
	}
	if len(a.ca) > 0 {
		c.Details["ca.crt"] = a.ca
	}
	return c
}
