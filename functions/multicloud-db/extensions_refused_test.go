package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// TestExtensionsRefused holds what a claim is told that asks for what its cloud or engine has not.
func TestExtensionsRefused(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, provider, engine, extensions, want string }{
		"Unknown": {
			"An unknown one lists those that there are.", "gcp", "postgres", "pg_tgrm",
			`spec.database.extensions[0]: "pg_tgrm" is not allowed; allowed are btree_gin, btree_gist, citext,`,
		},
		"Nearest":  {"And the nearest.", "gcp", "postgres", "pg_tgrm", `did you mean "pg_trgm"?`},
		"Capitals": {"Names have small letters.", "gcp", "postgres", "PostGIS", `spec.database.extensions[0]: "PostGIS" is not allowed`},
		"SQL":      {"A hostile name is none.", "azure", "postgres", `"vector; drop table x"`, "spec.database.extensions[0]:"},
		"Files":    {"What reaches other servers is none of them.", "aws", "postgres", "dblink", `"dblink" is not allowed`},
		"MySQL":    {"MySQL has none.", "gcp", "mysql", "vector", "spec.database.extensions: is set for mysql, which has no extensions; take it out"},
		"IBM": {
			"What a cloud lacks is refused.", "ibm", "postgres", "hypopg",
			`spec.database.extensions: "hypopg" is not offered on ibm, since IBM Cloud's list of extensions lacks it; take it out`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newTuned(tc.provider, tc.engine, "prod", "")
			w.extensions = tc.extensions
			w.reconcile(t)
			if got := fatal(w.rsp); !strings.Contains(got, tc.want) {
				t.Errorf("\n%s\nwant %q in %q", tc.reason, tc.want, got)
			}
		})
	}
}

// TestExtensionsAdopted holds that a database which was there stays as it is, and the claim is told.
func TestExtensionsAdopted(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		spec := strings.NewReplacer("gcp", provider, "name: orders", "name: orders, extensions: [vector]").Replace(specLive)
		spec += "  externalName: legacy\n  adopt: Manage\n"
		const want = "spec.database.extensions: is set beside spec.externalName, which names a database that stays tuned as it is"
		settings := "metadata: {name: platform-staging}\ndata: {providers: {azure: {resourceGroup: rg}}}"
		if got := fatal(run(t, request(t, xrHead+spec, settings, nil))); !strings.Contains(got, want) {
			t.Errorf("%s: want %q in %q", provider, want, got)
		}
	}
}
