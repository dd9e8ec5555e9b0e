package claim

import (
	"regexp"
	"strconv"
	"time"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Parameters are those of the engine that a claim may say; the zero value of each is none.
type Parameters struct {
	MaxConnections                                    int
	StatementTimeout, LockTimeout, SlowQueryThreshold time.Duration
}

// Limits of parameters. The clouds' own are narrower by the size of the server.
const (
	minConnections = 25 // Azure Database for PostgreSQL
	maxConnections = 100000
	maxTimeout     = 24 * time.Hour
)

// durationForm is a whole number with its unit, as PostgreSQL spells units.
var durationForm = regexp.MustCompile(`^([1-9][0-9]{0,7})(ms|s|min|h)$`)

var units = map[string]time.Duration{"ms": time.Millisecond, "s": time.Second, "min": time.Minute, "h": time.Hour}

// durationAllowed is what durationForm says in words.
const durationAllowed = "a whole number with its unit of ms, s, min or h, such as 30s, up to 24h"

// readParameters decodes and validates how the engine is tuned.
func readParameters(r *object.Reader) Parameters {
	p := Parameters{
		MaxConnections:     r.Int("maxConnections", minConnections, maxConnections),
		StatementTimeout:   readDuration(r, "statementTimeout"),
		LockTimeout:        readDuration(r, "lockTimeout"),
		SlowQueryThreshold: readDuration(r, "slowQueryThreshold"),
	}
	r.Done()
	return p
}

func readDuration(r *object.Reader, key string) time.Duration {
	said := r.Match(key, durationForm, durationAllowed)
	parts := durationForm.FindStringSubmatch(said)
	if parts == nil {
		return 0
	}
	n, _ := strconv.Atoi(parts[1]) //nolint:errcheck // The form has digits.
	d := time.Duration(n) * units[parts[2]]
	if d > maxTimeout {
		r.Failf(key, "%q is not allowed; allowed is %s", said, durationAllowed)
		return 0
	}
	return d
}
