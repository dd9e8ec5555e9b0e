package multiclouddb

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// secretName is what Kubernetes takes for the name of a Secret.
var secretName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)

// oddNames are external names that exist: consoles', people's, and ids that somebody pasted.
var oddNames = map[string]string{
	"Plain":    "old",
	"Console":  "Databases for PostgreSQL-76",
	"Capitals": "Legacy_DB",
	"Dots":     "a..b.",
	"Colons":   "team:db",
	"Script":   "Zürich",
	"Long":     strings.Repeat("a", 180),
	"Longest":  strings.Repeat("A", 255),
	"Signs":    "___",
	"ARM":      "/subscriptions/0/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/old",
	"ARN":      "arn:aws:rds:eu-west-1:123456789012:db:old",
	"Path":     "projects/acme/instances/old",
	"CRN":      "crn:v1:bluemix:public:databases-for-postgresql:eu-es:a/0:1::",
}

// TestOddNames holds that whatever an existing database is called, on every cloud and in
// both scopes, each name that Kubernetes is given is one that it takes, and that no two
// databases share a Secret; or that the name is refused before anything is composed.
func TestOddNames(t *testing.T) {
	t.Parallel()
	refused := map[string][]string{
		"gcp": {"Colons", "ARM", "ARN", "Path", "CRN"}, "azure": {"ARM", "Path", "CRN"}, "ibm": {"ARM", "Path", "CRN", "Longest"},
	}
	for _, provider := range cloud.Providers {
		secrets := map[string]string{}
		for name, external := range oddNames {
			for _, scope := range []string{"XResource", "Resource"} {
				spec := strings.NewReplacer("gcp", provider).Replace(specGCP) + "  adopt: Manage\n"
				xr := xrHead + spec
				if scope == "Resource" {
					xr = strings.NewReplacer("XResource", scope, "metadata: {", "metadata: {namespace: payments-prod-infra, ").Replace(xr)
				}
				req := request(t, xr, settingsAdopt, nil)
				object.Set(req.GetObserved().GetComposite().GetResource(), external, "spec", "externalName")
				first := fatal(run(t, req))
				if want := slices.Contains(refused[provider], name); (first != "") != want || want && !strings.HasPrefix(first, "spec.externalName: ") {
					t.Errorf("%s: %s is refused: %t, got %q", provider, name, want, first)
				}
				if first != "" {
					continue
				}
				req = request(t, xr, settingsAdopt, map[string]string{keyInstance: "{" + there[provider] + "}"})
				object.Set(req.GetObserved().GetComposite().GetResource(), external, "spec", "externalName")
				object.Set(req.GetObserved().GetResources()[keyInstance].GetResource(), external, "metadata", "annotations", requested+"external-name")
				rsp := run(t, req)
				if got := fatal(rsp); got != "" {
					t.Fatalf("%s: %s: %s", provider, name, got)
				}
				for part, r := range rsp.GetDesired().GetResources() {
					secret := object.String(r.GetResource(), "spec", "writeConnectionSecretToRef", "name")
					if secret == "" {
						continue
					}
					if !secretName.MatchString(secret) || len(secret) > 253 {
						t.Errorf("%s: %s: the Secret of %s is called %q", provider, name, part, secret)
					}
					if other := secrets[secret]; other != "" && other != name {
						t.Errorf("%s: %s and %s share the Secret %q", provider, name, other, secret)
					}
					secrets[secret] = name
				}
			}
		}
		if provider == cloud.IBM && secrets["old-server"] == "" {
			t.Error("a name that Kubernetes takes is no longer the Secret's")
		}
	}
}
