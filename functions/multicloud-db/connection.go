package main

import (
	"fmt"
	"net"
	"net/url"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The engines' ports and schemes, the same on every cloud.
//
//nolint:gochecknoglobals // Tables.
var (
	ports   = map[string]int{cloud.Postgres: 5432, cloud.MySQL: 3306}
	schemes = map[string]string{cloud.Postgres: "postgresql", cloud.MySQL: "mysql"}
)

// A connection is how a database is reached. It is complete, or nothing of it is
// published.
type connection struct {
	engine, host, username, database string
	port                             int
	password, ca                     []byte
}

// newConnection of a host; a password of ours counts once its Secret exists.
func (d *database) newConnection(host string, ca []byte) connection {
	engine := d.claim.Database.Engine
	c := connection{engine: engine, host: host, port: ports[engine], username: login, database: d.claim.Database.Name, ca: ca}
	if (d.borrowed || d.observedObject(keyPassword) != nil) && d.passwordKnown() {
		c.password = d.password
	}
	return c
}

func (c connection) complete() bool {
	return c.host != "" && c.port != 0 && c.username != "" && c.database != "" && len(c.password) > 0
}

// details are the keys of the connection secret, the same on every cloud.
func (c connection) details() map[string][]byte {
	mode := map[string]string{cloud.Postgres: "require", cloud.MySQL: "REQUIRED"}[c.engine]
	address := url.URL{
		Scheme: schemes[c.engine],
		User:   url.UserPassword(c.username, string(c.password)),
		Host:   net.JoinHostPort(c.host, strconv.Itoa(c.port)),
		Path:   c.database,
	}
	if c.engine == cloud.Postgres {
		address.RawQuery = "sslmode=" + mode
	} else {
		address.RawQuery = "ssl-mode=" + mode
	}
	out := map[string][]byte{
		"host":     []byte(c.host),
		"port":     []byte(strconv.Itoa(c.port)),
		"username": []byte(c.username),
		"password": c.password,
		"database": []byte(c.database),
		"uri":      []byte(address.String()),
		"sslmode":  []byte(mode),
	}
	if len(c.ca) > 0 {
		out["ca.crt"] = c.ca
	}
	return out
}

// connectionSecret is how a namespaced XR publishes its connection. A Secret once
// composed stays, whatever is unknown for the moment.
func (d *database) connectionSecret(c connection) (*structpb.Struct, error) {
	name := d.claim.ConnectionSecret
	if name == "" {
		return nil, nil //nolint:nilnil // No Secret is asked for.
	}
	if name == d.passwordName() {
		return nil, fmt.Errorf("spec.writeConnectionSecretToRef.name: %q is the name of the password's own Secret; choose another", name)
	}
	if c.complete() {
		return d.secret(name, c.details()), nil
	}
	old := d.observedObject(keyConnection)
	if old == nil {
		return nil, nil //nolint:nilnil // Absent until it is complete.
	}
	s := d.secret(name, nil)
	if data := object.Struct(old, "data"); data != nil {
		object.Set(s, data, "data")
	}
	return s, nil
}
