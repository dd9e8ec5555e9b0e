package lifecycle

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// An Outsider is a principal that a claim lets in and that is none of the resource's own
// account, as far as anybody can tell.
type Outsider struct {
	Path    string // of the claim's field
	Name    string
	Allowed string // what is allowed without a word of the settings, as the end of a sentence
	Had     bool   // the live resource lets the principal in already
	// Everybody says that the name stands for everybody, or for all that a stranger makes:
	// no setting lets them in, and no pattern means them.
	Everybody bool
}

// judgeOutside holds the principals from outside against the settings' list. One that a live
// resource lets in already stays, and is noted, as everything that was allowed once.
func (w wish) judgeOutside() (noted []string, err error) {
	for _, o := range w.outside {
		sentence := fmt.Sprintf("%s: %q is not allowed by settings policy.allowed.principals; %s", o.Path, o.Name, o.Allowed)
		switch {
		case o.Everybody:
			sentence = fmt.Sprintf("%s: %q is everybody, and no settings allow that; name who is to be let in", o.Path, o.Name)
		case matches(w.policy.Allowed.Principals, o.Name):
			continue
		}
		if !o.Had {
			return nil, errors.New(sentence)
		}
		noted = append(noted, sentence)
	}
	return noted, nil
}

// mayBeAdopted reports whether a pattern of policy.adoptNames has the name, which Azure reads
// without case.
func mayBeAdopted(policy settings.Policy, provider, name string) bool {
	if provider != cloud.Azure {
		return matches(policy.AdoptNames, name)
	}
	return slices.ContainsFunc(policy.AdoptNames, func(pattern string) bool {
		return matches([]string{strings.ToLower(pattern)}, strings.ToLower(name))
	})
}

// matches reports whether one of some patterns has a name.
func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		ok, err := path.Match(pattern, name)
		return err == nil && ok
	})
}
