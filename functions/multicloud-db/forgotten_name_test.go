package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// TestForgottenName holds that a claim takes nothing over by losing what says that it only looks at it: where
// its XR came back from a backup without its managed resource, and still shows the name of what it adopted, a
// claim that names that no more is refused, whatever the settings allow. Under the name its provider would find
// the resource, and take it for one that the claim has left.
func TestForgottenName(t *testing.T) {
	t.Parallel()
	const refusal = `spec.externalName: is missing, and status.resource.name is "`
	for _, provider := range cloud.Providers {
		for typ, spec := range map[string]string{
			"database": "  database: {engine: postgres}\n", "cache": "  type: cache\n",
		} {
			own := map[string]string{"cache/azure": provider + "-payments-prod-cloudsql-main-0a1b2c3d"}[typ+"/"+provider]
			if own == "" {
				own = provider + "-payments-prod-cloudsql-main"
			}
			for name, tc := range map[string]struct {
				reason, shown, adopts string
				refused               bool
			}{
				"Own":       {"What the claim made it looks for again.", own, "", false},
				"Adopted":   {"What it named was somebody else's.", "legacy-orders", "", true},
				"Others":    {"Another project's is not the claim's.", provider + "-crm-prod-cloudsql-main", "", true},
				"StillSaid": {"A claim that still names it looks at it.", "legacy-orders", "  externalName: legacy-orders\n", false},
			} {
				t.Run(provider+"/"+typ+"/"+name, func(t *testing.T) {
					t.Parallel()
					xr := xrHead + "  provider: " + provider + "\n  profile: medium\n  region: eu-west\n" + spec + tc.adopts +
						"status: {resource: {name: " + tc.shown + ", provider: " + provider + ", made: true}}\n"
					req := request(t, xr, settingsAdopt, nil)
					got := fatal(run(t, req))
					if strings.HasPrefix(got, refusal+tc.shown) != tc.refused || !tc.refused && got != "" {
						t.Errorf("\n%s\nrefused %t, got %q", tc.reason, tc.refused, got)
					}
				})
			}
		}
	}
}
