package claim

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
)

// maxName is the length that every cloud's database server takes: 63 on RDS and
// Azure, and on Cloud SQL 98 together with a project id of at most 30.
const maxName = 63

// hashLength is the length of a hash tail in hex digits.
const hashLength = 8

var (
	legalName = regexp.MustCompile(`^[a-z]([a-z0-9]|-[a-z0-9])*$`)
	illegal   = regexp.MustCompile(`[^a-z0-9]+`)
	hashed    = regexp.MustCompile(`-[0-9a-f]{8}$`) // as Shorten leaves a name
)

// External returns the external name of the claim's main resource. It is
// {provider}-{project}-{env}-{name} where that is legal on every cloud and can
// mean one claim only, and looks like no name with a hash; else a hash of the claim's namespace and name follows it,
// so that two claims never share a name and one claim never changes its own.
func (c *Claim) External() string {
	if c.ExternalName != "" {
		return c.ExternalName
	}
	plain := strings.Join([]string{c.Provider, c.Project, c.Env, c.Name}, "-")
	if c.unambiguous(plain) {
		return plain
	}
	return Label(plain, c.Namespace+"/"+c.Name)
}

func (c *Claim) unambiguous(plain string) bool {
	envs := 0
	for word := range strings.SplitSeq(plain, "-") {
		if slices.Contains(Envs, word) {
			envs++
		}
	}
	return envs == 1 && len(plain) <= maxName && legalName.MatchString(plain) &&
		!hashed.MatchString(plain) && !c.Overridden && c.Namespace == c.Project+"-"+c.Env+"-infra"
}

// Label makes a DNS label of a name, with a hash of the source behind it.
func Label(name, source string) string {
	return Shorten(illegal.ReplaceAllString(strings.ToLower(name), "-"), source, maxName)
}

// Shorten cuts a name so that together with a hash of the source behind it there
// are that many characters at the most. The same source always gives the same tail.
func Shorten(name, source string, most int) string {
	sum := sha256.Sum256([]byte(source))
	tail := hex.EncodeToString(sum[:])[:hashLength]
	name = strings.Trim(name[:min(len(name), most-hashLength-1)], "-_.")
	if name == "" {
		return tail
	}
	return name + "-" + tail
}
