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
		path: "spec.database.restoreFrom.name", key: restoreKey, makes: true, was: last("restore-name"), said: func(w wish) string { return w.Claim.Database.RestoreFrom.Name },
		allows: func(w wish, _ string) (bool, string) {
			return w.policy.RestoreFrom != settings.RestoreNone, "allowed is none: no claim here may be made of another one's data"
		},
	},
	{
		path: "spec.database.restoreFrom.env", key: restoreKey, makes: true, was: last("restore-env"), said: func(w wish) string { return w.Claim.Database.RestoreFrom.Env },
		allows: func(w wish, said string) (bool, string) {
			return slices.Contains(w.restoreEnvs(), said), w.restorable()
		},
	},
	{
		path: "spec.database.restoreFrom.externalName", key: restoreKey, makes: true, was: last("restore-external-name"),
		said: func(w wish) string { return w.Claim.Database.RestoreFrom.ExternalName },
		allows: func(w wish, _ string) (bool, string) {
			return w.policy.RestoreFrom == settings.RestoreAny, w.restorable()
		},
	},
}

// restoreEnvs are the envs whose claims a restore may name.
func (w wish) restoreEnvs() []string {
	switch own := w.ownEnv(); {
	case w.ownProject() == "" || w.policy.RestoreFrom == settings.RestoreNone:
		return nil
	case w.policy.RestoreFrom == settings.RestoreAny:
		return claim.Envs
	case slices.Contains(w.policy.RestoreEnvs, own):
		return w.policy.RestoreEnvs
	default:
		return append([]string{own}, w.policy.RestoreEnvs...)
	}
}

func (w wish) restorable() string {
	if w.policy.RestoreFrom == settings.RestoreNone {
		return "allowed is none: no claim here may be made of another one's data"
	}
	envs := strings.Join(w.restoreEnvs(), ", ")
	return fmt.Sprintf("allowed are claims of %s in %s", cmp.Or(w.ownProject(), "the namespace "+w.Claim.Namespace), cmp.Or(envs, "no other env"))
}
