package database

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// A parameter is one of the engine, as its cloud names it.
type parameter struct {
	name, value string
	path        string // where it was said
	restarts    bool   // the server takes it by a restart
	waits       bool   // for the owner's word, since the server is in use

	adds    []string // what has to stand in the list that the parameter is, beside what stands there
	unknown bool     // nobody knows yet what stands in that list
}

// A tunable is a parameter that a claim says, and what it is of one engine. What takes a restart is
// from the engines' manuals, and what IBM Cloud has from howto-changing-config.md of
// ibm-cloud-docs/databases-for-postgresql and databases-for-mysql.
type tunable struct {
	field, engine, name string
	restarts            bool
	of                  func(claim.Parameters) int64 // a count, or milliseconds; 0 for none
	unit                unit
	leastMs             map[string]int64             // of a cloud
	not                 map[string]string            // why a cloud has none of it
	with                map[string]map[string]string // what it does nothing without, by cloud
}

// A unit is how an engine counts.
type unit int

// The units.
const (
	asIs     unit = iota
	seconds       // whole ones
	decimals      // seconds, with parts of one
)

const (
	noneOfPostgres = "it lets nobody set that for the server; set it by SQL, such as ALTER ROLE … SET statement_timeout, and take the field out"
	noneOfMySQL    = "it lets nobody set that for the server; set it in each session, and take the field out"
)

// maxConnections is the parameter of both engines.
const maxConnections = "max_connections"

var tunables = []tunable{
	{field: "maxConnections", engine: cloud.Postgres, name: maxConnections, restarts: true, of: connections},
	{field: "maxConnections", engine: cloud.MySQL, name: maxConnections, of: connections},
	{field: "statementTimeout", engine: cloud.Postgres, name: "statement_timeout", of: statement, not: map[string]string{cloud.IBM: noneOfPostgres}},
	{field: "statementTimeout", engine: cloud.MySQL, name: "max_execution_time", of: statement, not: map[string]string{cloud.IBM: noneOfMySQL}},
	{field: "lockTimeout", engine: cloud.Postgres, name: "lock_timeout", of: lock, not: map[string]string{cloud.IBM: noneOfPostgres}},
	{
		field: "lockTimeout", engine: cloud.MySQL, name: "innodb_lock_wait_timeout", of: lock, unit: seconds,
		not: map[string]string{cloud.IBM: noneOfMySQL},
	},
	{
		field: "slowQueryThreshold", engine: cloud.Postgres, name: "log_min_duration_statement", of: slow,
		leastMs: map[string]int64{cloud.IBM: 100},
	},
	{
		field: "slowQueryThreshold", engine: cloud.MySQL, name: "long_query_time", of: slow, unit: decimals,
		not: map[string]string{cloud.IBM: noneOfMySQL},
		with: map[string]map[string]string{
			cloud.GCP:   {"slow_query_log": "on", "log_output": "FILE"}, // else it is in no log (Configure database flags, Cloud SQL for MySQL)
			cloud.AWS:   {"slow_query_log": "1", "log_output": "FILE"},  // else it fills a table of the database
			cloud.Azure: {"slow_query_log": "ON"},
		},
	},
}

func connections(p claim.Parameters) int64 { return int64(p.MaxConnections) }
func statement(p claim.Parameters) int64   { return p.StatementTimeout.Milliseconds() }
func lock(p claim.Parameters) int64        { return p.LockTimeout.Milliseconds() }
func slow(p claim.Parameters) int64        { return p.SlowQueryThreshold.Milliseconds() }

// in writes a number of a claim as an engine counts it; "" where the engine cannot.
func (u unit) in(n int64) string {
	second := time.Second.Milliseconds()
	switch {
	case u == decimals:
		return strconv.FormatFloat(float64(n)/float64(second), 'f', -1, 64)
	case u == seconds && n%second != 0:
		return ""
	case u == seconds:
		n /= second
	}
	return strconv.FormatInt(n, 10)
}

// tuning is what claim and settings say of the engine's parameters, in the order of their names. What
// the claim says is stronger.
func tuning(l lifecycle.Live) ([]parameter, error) {
	c, named := l.Claim, map[string]parameter{}
	for name, p := range l.Settings.Policy.Parameters[c.Provider][c.Database.Engine] {
		path := "settings policy.parameters." + c.Provider + "." + c.Database.Engine + "." + name
		restarts := !p.Dynamic
		if i := slices.IndexFunc(tunables, func(t tunable) bool { return t.engine == c.Database.Engine && t.name == name }); i >= 0 {
			restarts = tunables[i].restarts // as is known here
		}
		named[name] = parameter{name: name, value: p.Value, restarts: restarts, path: path}
	}
	for _, t := range tunables {
		n := t.of(c.Database.Parameters)
		if n == 0 || t.engine != c.Database.Engine {
			continue
		}
		path, value, least := "spec.database.parameters."+t.field, t.unit.in(n), t.leastMs[c.Provider]
		switch {
		case l.Adopted():
			return nil, fmt.Errorf("%s: is set beside spec.externalName, which names a database that stays tuned as it is; take one of them out", path)
		case t.not[c.Provider] != "":
			return nil, fmt.Errorf("%s: is not offered for %s on %s: %s", path, t.engine, c.Provider, t.not[c.Provider])
		case value == "":
			return nil, fmt.Errorf("%s: \"%dms\" is not allowed for %s; allowed are whole seconds, such as 5s", path, n, t.engine)
		case n < least:
			return nil, fmt.Errorf("%s: \"%dms\" is not allowed on %s; allowed is %dms and more", path, n, c.Provider, least)
		}
		named[t.name] = parameter{name: t.name, value: value, restarts: t.restarts, path: path}
		for name, value := range t.with[c.Provider] {
			named[name] = parameter{name: name, value: value, path: path}
		}
	}
	if err := addExtensions(l, named); err != nil {
		return nil, err
	}
	if l.Adopted() {
		return nil, nil // which Composed says of all that is tuned
	}
	listed(l, named)
	return slices.SortedFunc(maps.Values(named), func(a, b parameter) int { return strings.Compare(a.name, b.name) }), nil
}
