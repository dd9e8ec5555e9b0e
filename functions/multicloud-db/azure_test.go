package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestLock(t *testing.T) {
	t.Parallel()
	const server = "{kind: FlexibleServer, spec: {deletionPolicy: Orphan}, status: {atProvider: {id: /server}}}"
	const lock = "{kind: ManagementLock, spec: {deletionPolicy: %, forProvider: {scope: /server}}}"
	const allow = "metadata: {annotations: {platform.victor.onl/allow-delete: \"true\"}, "
	spec := xrHead + strings.Replace(specGCP, "gcp", "azure", 1)
	freed := strings.Replace(spec, "metadata: {", allow, 1) + "  deletionPolicy: Delete\n"
	const settingsFree = "metadata: {name: p}\ndata: {policy: {deletionProtection: false}}"

	cases := map[string]struct {
		reason, xr, settings, server, lock string
		want                               string // the lock's deletionPolicy; "" is no lock
	}{
		"Early":     {"A lock waits for the id of what it locks.", spec, "", "", "", ""},
		"Protected": {"In prod a lock stands on the server, and outlives the claim with it.", spec, "", server, "", "Orphan"},
		"Dev":       {"In dev there is none.", strings.Replace(spec, "payments-prod", "payments-dev", 1), "", strings.Replace(server, "Orphan", "Delete", 1), "", ""},
		"Silent":    {"Settings that no longer say leave a lock where it is.", strings.Replace(spec, "payments-prod", "payments-dev", 1), "", server, strings.Replace(lock, "%", "Orphan", 1), "Orphan"},
		"Unlock":    {"A lock that is to go must not stay behind in Azure.", freed, "", server, strings.Replace(lock, "%", "Orphan", 1), "Delete"},
		"Unlocked":  {"Then it goes.", freed, "", server, strings.Replace(lock, "%", "Delete", 1), ""},
		"Settings":  {"Settings that switch protection off do so for new databases: a live one's claim decides.", spec, settingsFree, server, strings.Replace(lock, "%", "Orphan", 1), "Orphan"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{keyPassword: "{data: {password: cGFzcw==}}"}
			if tc.server != "" {
				observed[keyInstance] = tc.server
			}
			if tc.lock != "" {
				observed[keyLock] = tc.lock
			}
			rsp := run(t, request(t, tc.xr, tc.settings, observed))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			got := object.String(rsp.GetDesired().GetResources()[keyLock].GetResource(), "spec", "deletionPolicy")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nthe lock's deletionPolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestStandbyAzure(t *testing.T) {
	t.Parallel()
	const (
		network = "metadata: {name: p}\ndata: {providers: {azure: {regions: {westeurope: {mysql: {delegatedSubnetID: a, privateDNSZoneID: b}, postgres: {delegatedSubnetID: a, privateDNSZoneID: b}}}}}}"
		single  = "{kind: FlexibleServer, spec: {forProvider: {delegatedSubnetId: a, privateDnsZoneId: b, resourceGroupName: azure-payments-prod-cloudsql-main}}, status: {atProvider: {id: /server}}}"
		zonal   = "{kind: FlexibleServer, spec: {forProvider: {delegatedSubnetId: a, privateDnsZoneId: b, resourceGroupName: azure-payments-prod-cloudsql-main, highAvailability: {mode: SameZone}}}, status: {atProvider: {id: /server}}}"
	)
	cases := map[string]struct{ reason, region, engine, server, want, remark string }{
		"Zones":     {"A standby runs in another zone.", "eu-west", "postgres", "", "ZoneRedundant", "Composed"},
		"Zoneless":  {"Where a region has one zone only, in the same.", "westus", "postgres", "", "SameZone", "NoNetwork"},
		"Later":     {"PostgreSQL gets one later, too.", "eu-west", "postgres", single, "ZoneRedundant", "Composed"},
		"MySQL":     {"As MySQL does when the server is made.", "eu-west", "mysql", "", "ZoneRedundant", "Composed"},
		"MySQLLate": {"Later there is none in another zone, and the claim says so.", "eu-west", "mysql", single, "SameZone", "SameZone"},
		"Stays":     {"A standby stays where it is.", "eu-west", "postgres", zonal, "SameZone", "SameZone"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			xr := strings.Replace(specOf("azure", tc.engine), "eu-west", tc.region, 1)
			observed := map[string]string{}
			if tc.server != "" {
				observed[keyInstance], observed[keyPassword] = tc.server, "{data: {password: cGFzcw==}}"
				observed[keyResourceGroup] = "{kind: ResourceGroup}"
			}
			rsp := run(t, request(t, xr, network, observed))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if got := rsp.GetConditions()[0].GetReason(); got != tc.remark {
				t.Errorf("\n%s\nComposed is %s: %s", tc.reason, got, rsp.GetConditions()[0].GetMessage())
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if diff := cmp.Diff(tc.want, object.String(o, "spec", "forProvider", "highAvailability", "mode")); diff != "" {
				t.Errorf("\n%s\nmode: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
