package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// TestRetention holds every cloud's and engine's limits: what a claim asks for is
// taken as it is or refused with the range, and what nobody asks for is the nearest
// that protects no less.
func TestRetention(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for _, engine := range cloud.Engines {
			offered := cloud.Retention(provider, engine)
			for _, days := range []int{1, 6, 7, 29, 30, 31, 35, 36, 365, 366} {
				asked := strings.Replace(specOf(provider, engine), "{engine", fmt.Sprintf("{backupRetentionDays: %d, engine", days), 1)
				want := fmt.Sprintf("spec.database.backupRetentionDays: %d is not offered for %s on %s; allowed is %s", days, engine, provider, offered)
				switch {
				case days > 365:
					want = "spec.database.backupRetentionDays: 366 is not allowed; allowed is 1 to 365"
				case days >= offered.Min && days <= offered.Max:
					want = ""
				}
				rsp := run(t, request(t, asked, "metadata: {name: p}\ndata: {policy: {backupRetentionDays: 100}}", nil))
				if diff := cmp.Diff(want, fatal(rsp)); diff != "" {
					t.Errorf("%s %s: -want, +got:\n%s", provider, engine, diff)
				}
				if a := askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource()); want == "" && provider != "ibm" && a.retentionDays != days {
					t.Errorf("%s %s: %d days are asked for, and %d are composed", provider, engine, days, a.retentionDays)
				}
			}
			for env, least := range map[string]int{"dev": 1, "staging": 7, "prod": 30, "mgmt": 30} {
				rsp := run(t, request(t, strings.Replace(specOf(provider, engine), "payments-prod", "payments-"+env, 1), "", nil))
				if a := askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource()); fatal(rsp) != "" || provider != "ibm" && a.retentionDays != max(
					least, offered.Min,
				) {
					t.Errorf("%s %s in %s: %d days, %s", provider, engine, env, a.retentionDays, fatal(rsp))
				}
			}
		}
	}
}

// TestRetentionOfSettings holds that settings which ask for more than a cloud has
// are refused, unless the claim has its own say.
func TestRetentionOfSettings(t *testing.T) {
	t.Parallel()
	const settings = "metadata: {name: p}\ndata: {policy: {backupRetentionDays: 35}}"
	want := "settings policy.backupRetentionDays: 35 is more than ibm keeps backups of postgres; allowed is at most 30"
	if diff := cmp.Diff(want, fatal(run(t, request(t, specOf("ibm", "postgres"), settings, nil)))); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	asked := strings.Replace(specOf("ibm", "postgres"), "{engine", "{backupRetentionDays: 30, engine", 1)
	if got := fatal(run(t, request(t, asked, settings, nil))); got != "" {
		t.Error(got)
	}
}
