package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestZones holds that the provider of Azure neither fills in the zones of a server
// and its standby nor brings them back to where they were before a failover.
func TestZones(t *testing.T) {
	t.Parallel()
	const (
		all     = "Observe,Create,Update"
		find    = "Observe,Create"
		made    = "metadata: {annotations: {crossplane.io/external-create-succeeded: \"2026-01-02T03:04:05Z\"}}"
		one     = `zone: "1", highAvailability: {mode: ZoneRedundant, standbyAvailabilityZone: "2"}`
		two     = `zone: "2", highAvailability: {mode: ZoneRedundant, standbyAvailabilityZone: "1"}`
		written = `initProvider: {zone: "1", highAvailability: {standbyAvailabilityZone: "2"}}`
		single  = "{engine: postgres, highAvailability: false"
	)
	server := func(spec, status string) string {
		return "{kind: FlexibleServer, " + made + ", spec: {forProvider: {resourceGroupName: " +
			"azure-payments-prod-cloudsql-main}, " + spec + "}, status: {" + status + "}}"
	}
	at := func(facts string) string {
		return `atProvider: {id: /server, version: "17", location: westeurope, storageMb: 131072, ` + facts + "}"
	}
	adopted := func(spec, status string) string {
		return strings.Replace(server(spec, status), "crossplane.io/external-create-succeeded: \"2026-01-02T03:04:05Z\"", requested+"external-name: old", 1)
	}
	postgres, mysql := specOf("azure", "postgres"), specOf("azure", "mysql")
	cases := map[string]struct {
		reason, xr, server string
		zone, standby      string // in initProvider
		policies           string
	}{
		"New":        {"The provider fills in nothing of a server that it has not looked at.", postgres, "", "", "", find},
		"Made":       {"Nor while Azure makes it.", postgres, server("", ""), "", "", find},
		"Looked":     {"Where Azure put both is where they are.", postgres, server("", at(one)), "1", "2", all},
		"Failover":   {"After a failover they have changed places.", postgres, server(written, at(two)), "2", "1", all},
		"Lost":       {"A report that is gone says nothing of where they are.", postgres, server(written, ""), "1", "2", all},
		"MySQL":      {"A standby of MySQL that is written and moves is made anew.", mysql, server("", at(one)), "1", "", all},
		"Single":     {"A standby is where there is one.", strings.Replace(postgres, "{engine: postgres", single, 1), server("", at(one)), "1", "", all},
		"NoStandby":  {"Nobody knows yet where a new standby is.", postgres, server("", at(`zone: "1"`)), "1", "", all},
		"Zoneless":   {"Where a region has no zones there is nothing to fill in.", postgres, server("", at("zone: null")), "", "", all},
		"Adopted":    {"A server that was there is where it is.", postgres + "  externalName: old\n  adopt: Manage\n", adopted("", at(one)), "1", "2", all},
		"AdoptedTwo": {"Also after a failover.", postgres + "  externalName: old\n  adopt: Manage\n", adopted(written, at(two)), "2", "1", all},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{}
			if tc.server != "" {
				observed[keyInstance] = tc.server
			}
			if !strings.Contains(tc.xr, "adopt") {
				observed[keyPassword] = "{data: {password: cGFzcw==}}"
			}
			rsp := run(t, request(t, tc.xr, settingsAdopt, observed))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			got := map[string]string{
				"zone":     object.String(o, "spec", "initProvider", "zone"),
				"standby":  object.String(o, "spec", "initProvider", "highAvailability", "standbyAvailabilityZone"),
				"policies": strings.Join(list(o, "spec", "managementPolicies"), ","),
				"filled":   object.String(o, "spec", "forProvider", "zone") + object.String(o, "spec", "forProvider", "highAvailability", "standbyAvailabilityZone"),
			}
			want := map[string]string{"zone": tc.zone, "standby": tc.standby, "policies": tc.policies, "filled": ""}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
