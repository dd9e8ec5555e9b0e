package database

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// versionOf is the version asked for. Only a newer one than a database has is compared with what
// the cloud offers: a live database may have a version that new ones no longer get, and an older
// one is refused as such. The same goes for a version that was asked for before, or that an adopted
// database is said to have. Without a version in the claim a database that is there keeps its own,
// whatever the default is by now.
func versionOf(l lifecycle.Live) (string, error) {
	c := l.Claim.Database
	said, was, there := c.Version, l.Last("version"), l.Is("version")
	if l.Life == lifecycle.Forgotten {
		there = versionWord(l.Shown("version"))
	}
	switch {
	case said == "" && l.Life == lifecycle.Found && there != "":
		return there, nil
	case was != "" && (said == "" || said == was):
		return was, nil
	case was == "" && said != "" && l.Adopted():
		return said, nil
	case said == "" && l.Life == lifecycle.Forgotten && there != "":
		return there, nil
	case said != "" && there != "" && l.Life != lifecycle.New && !lifecycle.IsOlder(there, said):
		return said, nil
	}
	version, err := cloud.Version(l.Claim.Provider, c.Engine, said, l.Today)
	if err != nil {
		return "", fmt.Errorf("spec.database.version: %w", err)
	}
	return version, nil
}

// versionWord cuts a version to as much as a claim can say: 17, or 8.4. A major version of
// PostgreSQL is one number from 10 on, and a major version of MySQL is two.
func versionWord(version string) string {
	parts := strings.Split(version, ".")
	if len(parts[0]) > 1 {
		return parts[0]
	}
	return strings.Join(parts[:min(len(parts), 2)], ".")
}

// versionOfServer is the version that the instance is composed with: the one asked for, or
// a newer one that the cloud has moved the instance to.
func versionOfServer(in In) string {
	if in.Want.Version == "" {
		return in.Want.restore.version
	}
	if there := in.Stands("version"); there != "" && !lifecycle.IsOlder(there, in.Want.Version) {
		return there
	}
	return in.Want.Version
}

// asThere writes a version as the cloud reports it, such as 8.0.21 for a claim's 8.0, as
// long as both mean the same version.
func asThere(in In, version, there string) string {
	if in.Stands("version") == versionOfServer(in) {
		return there
	}
	return version
}
