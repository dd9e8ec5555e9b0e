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
var Engines = []string{Postgres, MySQL}

// versions that a new database can have. Sources: databaseVersion in the
// DatabaseInstance CRD of provider-gcp; the release calendars of the Amazon RDS
// user guide; version in the FlexibleServer CRDs of provider-azure; the versioning
// policy in the documentation of IBM Cloud Databases, where 17 and 8.4 are what
// is preferred. Left out is what its standard support has run out for, since extended
// support is billed: MySQL 8.0 on RDS (2026-07-31), on Azure and IBM (2026-04).
var versions = map[string]map[string][]string{
	GCP:   {Postgres: {"14", "15", "16", "17", "18"}, MySQL: {"8.0", "8.4"}},
	AWS:   {Postgres: {"14", "15", "16", "17", "18"}, MySQL: {"8.4"}},
	Azure: {Postgres: {"14", "15", "16", "17", "18"}, MySQL: {"8.4"}},
	IBM:   {Postgres: {"15", "16", "17"}, MySQL: {"8.4"}},
}

// defaultVersion is one that every cloud offers.
var defaultVersion = map[string]string{Postgres: "17", MySQL: "8.4"}

// supportEnds is the month in which an engine's own makers stop mending a version. Sources,
// looked up in public copies in November 2026: of PostgreSQL 14 to 18 the final releases at
// postgresql.org/support/versioning, five years and some weeks from the first; of MySQL the end of
// Oracle's extended support in products/mysql.md of github.com/endoflife-date/endoflife.date, since
// nobody mends a version without it. Clouds end their support on days of their own.
var supportEnds = map[string]map[string]string{
	Postgres: {"14": "November 2026", "15": "November 2027", "16": "November 2028", "17": "November 2029", "18": "November 2030"},
	MySQL:    {"8.0": "April 2026", "8.4": "April 2032"},
}

// SupportEnds is the month in which an engine's own makers stop mending a version, or "".
func SupportEnds(engine, version string) string { return supportEnds[engine][version] }

// DefaultVersion is that of a new database whose claim says none.
func DefaultVersion(engine string) string { return defaultVersion[engine] }

// Versions are those of an engine that a provider offers to a new database.
func Versions(provider, engine string) []string { return versions[provider][engine] }

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
