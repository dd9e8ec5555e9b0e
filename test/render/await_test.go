package render

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

// TestAwait holds that the real reconciler composes nothing in prod while the settings have
// another name than any that is asked for, or there are none, and that it ends without a
// fatal result: the XR says what it waits for, and is not ready.
func TestAwait(t *testing.T) {
	misnamed := filepath.Join(t.TempDir(), "settings.yaml")
	if err := os.WriteFile(misnamed, []byte(`
apiVersion: apiextensions.crossplane.io/v1beta1
kind: EnvironmentConfig
metadata: {name: platform-production}
data: {providers: {gcp: {region: europe-west1, network: projects/acme/global/networks/prod}}}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, settings := range map[string][]string{"Misnamed": {misnamed}, "None": nil} {
		for _, claim := range []string{"cloudsql-main", "rds-main", "azure-main", "ibm-main", "gcs-main"} {
			for _, scope := range []string{render.ScopeClaim, render.ScopeNamespaced} {
				t.Run(name+"/"+claim+"/"+scope, func(t *testing.T) {
					rendered, err := renderer.Render(t.Context(), render.Request{
						Claim: abs(t, filepath.Join("examples", "claims", "payments-prod-infra", claim+".yaml")), Settings: settings, Scope: scope,
					})
					if err != nil {
						t.Fatal(err)
					}
					if n := strings.Count("\n"+string(rendered), "\nkind: "); n != 1 {
						t.Errorf("%d objects are applied, want the XR alone:\n%s", n, rendered)
					}
					said := strings.Join(strings.Fields(string(rendered)), " ")
					for _, want := range []string{
						`no EnvironmentConfig platform, platform-prod or platform-prod-payments`, `reason: AwaitingSettings status: "False" type: Composed`,
						`reason: Creating status: "False" type: Ready`,
					} {
						if !strings.Contains(said, want) {
							t.Errorf("the XR does not say %q:\n%s", want, rendered)
						}
					}
				})
			}
		}
	}
}
