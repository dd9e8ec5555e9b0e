package claim

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestExternal(t *testing.T) {
	cases := map[string]struct {
		reason, namespace, name string
		overridden              bool
		want                    string
	}{
		"Plain":      {"A name that means one claim only is used as it is.", "payments-prod-infra", "cloudsql-main", false, "gcp-payments-prod-cloudsql-main"},
		"EnvInName":  {"An env word in the claim's name makes the plain name ambiguous.", "a-prod-infra", "dev-x", false, "gcp-a-prod-dev-x-ed5618e9"},
		"EnvInSpace": {"So does one in the project.", "a-prod-dev-infra", "x", false, "gcp-a-prod-dev-x-23a53e7c"},
		"Overridden": {"Project and env of another namespace could be anybody's.", "payments-prod-infra", "main", true, "gcp-payments-prod-main-d25ed9af"},
		"Hashed": {
			"A claim named like another one's hashed name does not get that name.",
			"payments-prod-infra", "my-db-cd8443b5", false, "gcp-payments-prod-my-db-cd8443b5-2815f986",
		},
		"Dots": {"Kubernetes allows dots, clouds do not.", "payments-prod-infra", "my.db", false, "gcp-payments-prod-my-db-cd8443b5"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			project, env, _ := Split(tc.namespace)
			c := &Claim{Provider: "gcp", Name: tc.name, Namespace: tc.namespace, Project: project, Env: env, Overridden: tc.overridden}
			if diff := cmp.Diff(tc.want, c.External()); diff != "" {
				t.Errorf("\n%s\nExternal(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestExternalProperty holds that every name is legal and that two claims never
// share one.
func TestExternalProperty(t *testing.T) {
	words := []string{"a", "b", "dev", "prod", "mgmt", "staging", "x-y", "infra", "9", "a.b", "long-" + strings.Repeat("z", 60)}
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(words []string) string {
		parts := make([]string, 1+r.IntN(3))
		for i := range parts {
			parts[i] = words[r.IntN(len(words))]
		}
		return strings.Join(parts, "-")
	}
	owner := map[string]string{}
	hold := func(c *Claim) (name string) {
		name, who := c.External(), c.Namespace+"/"+c.Name
		if len(name) > maxName || !legalName.MatchString(name) {
			t.Fatalf("%s has the illegal name %q", who, name)
		}
		if other, ok := owner[name]; ok && other != who {
			t.Fatalf("%s and %s share the name %q", other, who, name)
		}
		owner[name] = who
		return name
	}
	for range 50000 {
		// Namespaces have no dots, and are short enough for the API server.
		c := &Claim{Provider: "gcp", Name: pick(words), Namespace: pick(words[:9]) + "-" + Envs[r.IntN(len(Envs))] + "-infra"}
		c.Project, c.Env, _ = Split(c.Namespace)
		name := hold(c)
		// Somebody who knows how names are made asks for one that is taken.
		if taken, ok := strings.CutPrefix(name, strings.Join([]string{c.Provider, c.Project, c.Env, ""}, "-")); ok {
			hold(&Claim{Provider: "gcp", Name: taken, Namespace: c.Namespace, Project: c.Project, Env: c.Env})
		}
	}
}
