package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// TestPolicyLowered holds that settings which say less lower the standby and the backups of
// a live database where an env may lose its data, and nowhere else. Settings say less by an
// edit as well as by a layer that is deleted, or that counts since an upgrade.
func TestPolicyLowered(t *testing.T) {
	t.Parallel()
	const (
		strict = "metadata: {name: p}\ndata: {policy: {highAvailability: true, backupRetentionDays: 30}}"
		less   = "metadata: {name: p}\ndata: {policy: {highAvailability: false, backupRetentionDays: 8}}"
		both   = "settings policy.backupRetentionDays (for new databases only), settings policy.highAvailability (for new databases only)"
	)
	cases := map[string]struct {
		reason, env, edit string // of the claim's section
		settings          string
		ha                bool
		days              int
		says              string
	}{
		"Prod":    {"Prod keeps its data, whatever settings say of it later.", "prod", "", less, true, 30, both},
		"Mgmt":    {"Mgmt keeps its data as prod does.", "mgmt", "", less, true, 30, both},
		"Staging": {"A platform saves money on what it may lose.", "staging", "", less, false, 8, ""},
		"Claim":   {"The claim itself may lower both.", "prod", "highAvailability: false, backupRetentionDays: 9, ", less, false, 9, ""},
		"More":    {"More is no harm.", "prod", "", strings.Replace(less, "8", "35", 1), true, 35, "settings policy.highAvailability (for new databases only)"},
	}
	for _, provider := range []string{"gcp", "aws", "azure"} {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				xr := strings.Replace(xrHead, "payments-prod", "payments-"+tc.env, 1) + strings.Replace(specGCP, "gcp", provider, 1)
				req := request(t, xr, strict, nil)
				for key, r := range run(t, proto.CloneOf(req)).GetDesired().GetResources() {
					req.Observed.Resources[key] = &fnv1.Resource{Resource: made(r.GetResource())}
				}
				next := request(t, strings.Replace(xr, "engine:", tc.edit+"engine:", 1), tc.settings, nil)
				next.Observed.Resources = req.GetObserved().GetResources()
				rsp := run(t, next)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				is := askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource())
				if is.highAvailability != tc.ha || is.retentionDays != tc.days {
					t.Errorf("%s It has a standby: %t, and %d days of backups.", tc.reason, is.highAvailability, is.retentionDays)
				}
				if c := rsp.GetConditions()[0]; !strings.Contains(c.GetMessage(), tc.says) {
					t.Errorf("%s Composed says %q, without %q.", tc.reason, c.GetMessage(), tc.says)
				}
			})
		}
	}
}
