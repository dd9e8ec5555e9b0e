package cloud

import (
	"fmt"
	"slices"
	"strings"
)

// The engines of a claim.
const (
	Postgres = "postgres"
	MySQL    = "mysql"
)

// Engines are all of them, in the order that errors list them.
var Engines = []string{Postgres, MySQL} //nolint:gochecknoglobals // A closed set.

// versions that a new database can have, the default last but for what is
// newer than it. Sources: databaseVersion in the DatabaseInstance CRD of
// provider-gcp; the release calendars of the Amazon RDS user guide. RDS has no
// MySQL 8.0 here: its standard support ended on 2026-07-31, and extended support
// is switched off because it is billed.
//
//nolint:gochecknoglobals // A table.
var versions = map[string]map[string][]string{
	GCP: {Postgres: {"14", "15", "16", "17", "18"}, MySQL: {"8.0", "8.4"}},
	AWS: {Postgres: {"14", "15", "16", "17", "18"}, MySQL: {"8.4"}},
}

// defaults are versions that every cloud offers.
//
//nolint:gochecknoglobals // A table.
var defaultVersion = map[string]string{Postgres: "17", MySQL: "8.4"}

// Version returns the version asked for, or the engine's default for "".
func Version(provider, engine, asked string) (string, error) {
	if asked == "" {
		return defaultVersion[engine], nil
	}
	if offered := versions[provider][engine]; !slices.Contains(offered, asked) {
		return "", fmt.Errorf("%q is not offered for %s on %s; allowed are %s", asked, engine, provider, strings.Join(offered, ", "))
	}
	return asked, nil
}
