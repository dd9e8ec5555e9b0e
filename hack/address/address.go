// Package address checks where packages are to be pushed to, and in which version, before
// anything is built or written.
package address

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/google/go-containerregistry/pkg/name"
)

// example stands in every sentence on a registry.
const example = "registry.example.org/team"

// A rule is what a value must not be. What it says ends the sentence that begins with the value.
type rule struct {
	broken func(string) bool
	says   string
}

// The first rule that is broken is said.
var registries = []rule{
	{func(s string) bool { return strings.TrimSpace(s) == "" }, "is empty; it is where the packages are, such as " + example},
	{func(s string) bool { return strings.Contains(s, "://") }, "has a scheme; it is a host and a path alone, such as " + example},
	{func(s string) bool { return strings.Contains(s, "@") }, "has a digest; each package has its own"},
	{func(s string) bool { return strings.ToLower(s) != s }, "has upper case, which no registry takes in a repository's name; write it in lower case"},
	{func(s string) bool { return strings.HasSuffix(s, "/") }, "ends with a slash; leave it out"},
	{func(s string) bool { return tagged.MatchString(s) }, "has a tag; the packages' tag is the VERSION"},
	{func(s string) bool { return !hosted.MatchString(s) }, "does not begin with a registry's host, as " + example + " does"},
	{func(s string) bool { return !repository(s) }, "is no place for a package; it is a host and folders of a-z, 0-9, '.', '_' and '-', such as " + example},
}

var (
	// A colon after a slash begins a tag; one before it a port, which is a number.
	tagged = regexp.MustCompile(`/.*:|^[^/]*:[0-9]*[^0-9/]`)
	// The rule by which a host is told from a folder, of Docker's reference.
	hosted = regexp.MustCompile(`^([^/]*[.:][^/]*|localhost)(/|$)`)
	// A repository's folders, as the distribution specification of OCI writes them.
	folders = regexp.MustCompile(`^[^/]+(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$`)

	// Of semver.org, with the v that Crossplane's and Go's versions have.
	semantic = regexp.MustCompile(`^v(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z.-]+)?$`)
)

var versions = []rule{
	{func(s string) bool { return strings.TrimSpace(s) == "" }, "is empty; it is the packages' tag, such as v0.2.0"},
	{func(s string) bool { return !strings.HasPrefix(s, "v") && semantic.MatchString("v"+s) }, "begins with no v; write v0.2.0, not 0.2.0"},
	{func(s string) bool { return !semantic.MatchString(s) }, "is no version; it has three numbers and may have a pre-release, such as v0.2.0 or v0.2.0-rc.1"},
	{func(s string) bool { return strings.Contains(s, "+") }, "has a build, and a tag takes no '+'; leave out what begins with it"},
	{func(s string) bool { return len(s) > 128 }, "is longer than the 128 characters that a tag takes"},
}

// repository reports whether a package can be of the registry.
func repository(s string) bool {
	_, err := name.NewRepository(s+"/package", name.StrictValidation)
	return err == nil && folders.MatchString(s)
}

// Registry is an error unless packages can be pushed to s, a registry's host with the folders
// below which they are.
func Registry(s string) error { return check("REGISTRY", s, registries) }

// Version is an error unless s is a version that is a tag too.
func Version(s string) error { return check("VERSION", s, versions) }

// Both is an error unless both are what they should be.
func Both(registry, version string) error { return errors.Join(Registry(registry), Version(version)) }

func check(what, value string, rules []rule) error {
	for _, r := range rules {
		if r.broken(value) {
			return fmt.Errorf("%s %q %s", what, value, r.says)
		}
	}
	return nil
}
