// Package providers names the versions of the clouds' providers that this project
// knows: those its tests hold composed resources against, those the cost-tagger's
// table is read of, and the least that a cluster needs. make truth renews what is
// made from them; docs/providers.md shows them, and so does --version.
package providers

import (
	"fmt"
	"slices"
	"strings"
)

// A Provider is one cloud's.
type Provider struct {
	Cloud      string    // as a claim names it
	Name       string    // of the family, such as provider-aws
	Repository string    // on GitHub
	Group      string    // what its API groups end in, such as aws of rds.aws.upbound.io; empty where it has no CRDs
	Versions   []Version // newest first: the snapshot is of the first, the table of all
	Least      string    // release that a cluster needs
	Needs      string    // what needs that release
}

// A Version is a Go module that the module proxy has, or else a commit, whose CRDs
// somebody has to have as a folder.
type Version struct {
	Release string // or, of a commit, the last release before it
	Module  string // path of the Go module, empty where the proxy has none
	Commit  string // of the repository, where there is no module
}

// ID is the version as a name of a file can have it.
func (v Version) ID() string {
	if v.Commit != "" {
		return v.Commit
	}
	return v.Release
}

func (v Version) String() string {
	if v.Commit != "" {
		return v.Commit + " (after " + v.Release + ")"
	}
	return v.Release
}

// Newest is the version that the snapshot is of.
func (p Provider) Newest() Version { return p.Versions[0] }

// Of names the provider in one of its versions.
func (p Provider) Of(v Version) string { return p.Name + " " + v.String() }

// Serves reports whether an API group is the provider's, in either scope.
func (p Provider) Serves(group string) bool {
	group, ok := strings.CutSuffix(group, ".upbound.io")
	group = strings.TrimSuffix(group, ".m")
	return ok && p.Group != "" && (group == p.Group || strings.HasSuffix(group, "."+p.Group))
}

// Checked lists what the functions were checked against, a line for each provider.
func Checked() string {
	var lines []string
	for _, p := range All() {
		lines = append(lines, fmt.Sprintf("%s: checked against %s, needs %s", p.Cloud, p.Of(p.Newest()), p.Least))
	}
	return strings.Join(lines, "\n")
}

// All are the providers, by the order of the clouds everywhere.
func All() []Provider { return slices.Clone(table) }
