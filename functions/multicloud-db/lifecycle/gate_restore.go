package lifecycle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// restoreKey is the rule of whose data a new database may be made of. A copy of a database is
// its data.
const restoreKey = "restoreFrom"

// restoreGates judge what a restore names: a claim of the same namespace, one of another env,
// and a database that the cloud knows, which may be anybody's.
var restoreGates = []gate{
	{
		path: "spec.database.restoreFrom.name", key: restoreKey, makes: true, was: last("restore-name"),
		said: func(w wish) string { return w.Claim.Database.RestoreFrom.Name },
		allows: func(w wish, _ string) (bool, string) {
			return !w.restoresNone(), "allowed is none: no claim here may be made of another one's data"
		},
	},
	{
		path: "spec.database.restoreFrom.env", key: restoreKey, makes: true, was: last("restore-env"),
		said: func(w wish) string { return w.Claim.Database.RestoreFrom.Env },
		allows: func(w wish, said string) (bool, string) {
			return slices.Contains(w.restoreEnvs(), said), w.restorable()
		},
	},
	{
		path: "spec.database.restoreFrom.externalName", key: restoreKey, makes: true, was: last("restore-external-name"),
		said: func(w wish) string { return w.Claim.Database.RestoreFrom.ExternalName },
		allows: func(w wish, _ string) (bool, string) {
			return w.RestoresAny(), w.restorable()
		},
	},
}

// restorePolicies are the policies that say whose data a claim may have: where it names another
// project or env than its namespace does, that one's, and its own namespace's. What the one
// forbids the other does not allow.
func (c Call) restorePolicies() [2]settings.Policy {
	return [2]settings.Policy{c.own().Policy, c.judging()}
}

// RestoresAny reports whether a claim may be made of anybody's data.
func (c Call) RestoresAny() bool {
	both := c.restorePolicies()
	return both[0].RestoreFrom == settings.RestoreAny && both[1].RestoreFrom == settings.RestoreAny
}

func (c Call) restoresNone() bool {
	both := c.restorePolicies()
	return both[0].RestoreFrom == settings.RestoreNone || both[1].RestoreFrom == settings.RestoreNone
}

// restoreEnvs are the envs whose claims a restore may name.
func (w wish) restoreEnvs() []string {
	own := w.ownEnv()
	if w.ownProject() == "" || w.restoresNone() {
		return nil
	}
	others := slices.DeleteFunc(slices.Clone(claim.Envs), func(env string) bool { return env == own })
	for _, p := range w.restorePolicies() {
		if p.RestoreFrom != settings.RestoreAny {
			others = slices.DeleteFunc(others, func(env string) bool { return !slices.Contains(p.RestoreEnvs, env) })
		}
	}
	return append([]string{own}, others...)
}

func (w wish) restorable() string {
	if w.restoresNone() {
		return "allowed is none: no claim here may be made of another one's data"
	}
	envs := strings.Join(w.restoreEnvs(), ", ")
	return fmt.Sprintf("allowed are claims of %s in %s", cmp.Or(w.ownProject(), "the namespace "+w.Claim.Namespace), cmp.Or(envs, "no other env"))
}
