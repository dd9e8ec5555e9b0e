package lifecycle

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

func TestRemoteKey(t *testing.T) {
	cases := map[string]struct{ reason, namespace, name, separator, want string }{
		"Words":     {"The words are the namespace's.", "payments-prod-infra", "main", "/", "payments/prod/main"},
		"Hyphens":   {"A project may have hyphens.", "payments-eu-dev-infra", "main", "/", "payments-eu/dev/main"},
		"Elsewhere": {"A namespace of another form is one word, so that it is nobody else's.", "sandbox", "main", "/", "sandbox/main"},
		"Flat":      {"Hyphens alone would not tell the parts.", "payments-eu-dev-infra", "main", "-", "payments-eu-dev-main-00d1d3fadef0e8bb"},
		"FlatOther": {"The same words, divided otherwise, are another entry.", "payments-dev-infra", "dev-main", "-", "payments-dev-dev-main-f9be04225fbfc9af"},
		"Dots":      {"Azure Key Vault takes no dot.", "a-dev-infra", "b.c", "-", "a-dev-b-c-a87a963aa738fd92"},
		"Long": {
			"Azure Key Vault takes 127 characters.", strings.Repeat("p", 53) + "-dev-infra", strings.Repeat("n", 90), "-",
			strings.Repeat("p", 53) + "-dev-" + strings.Repeat("n", 52) + "-20db924954a857e4",
		},
	}
	keys := map[string]bool{}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := &Resource{Live: Live{Call: Call{
				Claim: &claim.Claim{Namespace: tc.namespace, Name: tc.name}, Settings: &settings.Settings{Delivery: settings.Delivery{Separator: tc.separator}},
			}}}
			got := r.remoteKey()
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			if keys[got] || len(got) > maxRemoteKey {
				t.Errorf("%s has %d characters, or is another's", got, len(got))
			}
			keys[got] = true
		})
	}
}
