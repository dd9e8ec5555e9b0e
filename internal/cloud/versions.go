package cloud

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The engines of a claim.
const (
	Postgres = "postgres"
	MySQL    = "mysql"
)

// Kubernetes is what a cluster runs, which has versions as an engine has.
const Kubernetes = "kubernetes"

// Engines are all of them, in the order that errors list them.
var Engines = []string{Postgres, MySQL}

// defaultVersion is one that every cloud offers.
var defaultVersion = map[string]string{Postgres: "17", MySQL: "8.4", Kubernetes: "1.35"}

// DefaultVersion is that of a new resource whose claim says none.
func DefaultVersion(engine string) string { return defaultVersion[engine] }

// Versions are those of an engine that a provider offers to a new resource.
func Versions(provider, engine string) []string { return versions[provider][engine] }

// Version returns the version asked for, or the engine's default for "". On the given day the
// version has to be supported; on the day "" none is too old.
func Version(provider, engine, asked, day string) (string, error) {
	version := cmp.Or(asked, defaultVersion[engine])
	if offered := versions[provider][engine]; !slices.Contains(offered, version) {
		return "", fmt.Errorf("%q is not offered for %s on %s; allowed are %s", version, engine, provider, strings.Join(offered, ", "))
	}
	if err := refuseEnded(provider, engine, version, day); err != nil {
		return "", err
	}
	return version, nil
}
