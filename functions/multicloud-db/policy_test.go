package multiclouddb

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
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

// TestRetentionOfSettings holds that one figure of the settings serves all clouds: it
// becomes the cloud's most or least, which is said, unless the claim has its own say; and
// that more than a cloud keeps lowers nothing of a live database.
func TestRetentionOfSettings(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for _, engine := range cloud.Engines {
			offered := cloud.Retention(provider, engine)
			for _, days := range []int{1, 7, 30, 35, 60, 365} {
				settings := fmt.Sprintf("metadata: {name: p}\ndata: {policy: {backupRetentionDays: %d}}", days)
				rsp := run(t, request(t, specOf(provider, engine), settings, nil))
				if got := fatal(rsp); got != "" {
					t.Errorf("%s %s: %d days of the settings are fatal: %s", provider, engine, days, got)
					continue
				}
				kept, remark := min(max(days, offered.Min), offered.Max), ""
				if kept != days {
					remark = fmt.Sprintf("settings policy.backupRetentionDays: %d becomes %d, since %s keeps backups of %s for %s days", days, kept, provider, engine, offered)
				}
				c := rsp.GetConditions()[0]
				if strings.Contains(c.GetMessage(), "backupRetentionDays") != (remark != "") || !strings.HasSuffix(c.GetMessage(), remark) {
					t.Errorf("%s %s: Composed is %s: %q, want a remark %q", provider, engine, c.GetReason(), c.GetMessage(), remark)
				}
				if a := askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource()); provider != "ibm" && a.retentionDays != kept {
					t.Errorf("%s %s: %d days, want %d", provider, engine, a.retentionDays, kept)
				}
				asked := strings.Replace(specOf(provider, engine), "{engine", fmt.Sprintf("{backupRetentionDays: %d, engine", offered.Min), 1)
				if rsp := run(t, request(t, asked, settings, nil)); fatal(rsp) != "" || strings.Contains(rsp.GetConditions()[0].GetMessage(), "backupRetentionDays") {
					t.Errorf("%s %s: the claim has its own say, and %s%s", provider, engine, fatal(rsp), rsp.GetConditions()[0].GetMessage())
				}
			}
		}
	}
	l := alive(t, "aws")
	object.Set(l.instance(), 40, "spec", "forProvider", "backupRetentionPeriod")
	setSettings(t, l, "metadata: {name: p}\ndata: {policy: {backupRetentionDays: 60}}")
	if days, _ := object.Number(l.run(t).GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "backupRetentionPeriod"); days != 40 {
		t.Errorf("a live database with 40 days of backups gets %v by settings that say 60", days)
	}
}

// TestReasonOfSettings holds that whoever wrote a field is told that it is theirs: a mistake
// of the settings has their reason, wherever it is found.
func TestReasonOfSettings(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ provider, spec, settings, reason, want string }{
		"Parsed":   {"gcp", "", "{polcy: {}}", "InvalidSettings", "settings platform-prod: data.polcy"},
		"Region":   {"gcp", "", "{providers: {gcp: {region: mars}}}", "InvalidSettings", `settings providers.gcp.region: "mars"`},
		"NoRegion": {"gcp", "", "{}", "InvalidClaim", "spec.region: is missing"},
		"Key": {
			"aws", "", `{providers: {aws: {region: eu-west, regions: {eu-west-1: {kmsKeyID: alias/x}}}}}`, "InvalidSettings",
			"settings providers.aws.regions.eu-west-1.kmsKeyID",
		},
		"Subnet": {
			"azure", "", `{providers: {azure: {region: eu-west, regions: {westeurope: {postgres: {delegatedSubnetID: a}}}}}}`,
			"InvalidSettings", "settings providers.azure.regions.westeurope.postgres",
		},
		"CIDR": {
			"aws", "", `{providers: {aws: {region: eu-west, regions: {EU-WEST-1: {vpcID: v, allowedCIDRs: [all]}}}}}`, "InvalidSettings",
			"settings providers.aws.regions.EU-WEST-1.allowedCIDRs[0]",
		},
		"Observe": {
			"azure", "  externalName: old\n", `{providers: {azure: {region: eu-west}}}`, "InvalidSettings",
			"settings providers.azure.resourceGroup: is missing",
		},
		"Salt": {"gcp", "  type: bucket\n", `{providers: {gcp: {region: eu-west}}}`, "InvalidSettings", "settings providers.gcp.bucketNameSalt: is missing"},
		"Rule": {
			"azure", "  type: bucket\n",
			`{providers: {azure: {region: eu-west, bucketNameSalt: acme, regions: {westeurope: {bucket: {ipRules: [10.0.0.1]}}}}}}`,
			"InvalidSettings", "settings providers.azure.regions.westeurope.bucket.ipRules",
		},
		"Name": {"ibm", "  type: bucket\n  externalName: files\n", `{providers: {ibm: {region: eu-west}}}`, "InvalidClaim", "spec.externalName"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := strings.Replace(strings.Replace(specGCP, "gcp", tc.provider, 1), "  region: eu-west\n", "", 1)
			if strings.Contains(tc.spec, "bucket") {
				spec = strings.Replace(spec, "  database: {engine: postgres, version: \"17\"}\n", "", 1)
			}
			rsp := run(t, request(t, xrHead+spec+tc.spec, "metadata: {name: p}\ndata: "+tc.settings, nil))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.want) || rsp.GetConditions()[0].GetReason() != tc.reason {
				t.Errorf("Composed is %s: %q, want %s: %q", rsp.GetConditions()[0].GetReason(), got, tc.reason, tc.want)
			}
		})
	}
}
