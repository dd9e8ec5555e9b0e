package multiclouddb

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
		"Silent": {
			"Settings that no longer say leave a lock where it is.",
			strings.Replace(spec, "payments-prod", "payments-dev", 1), "", server, strings.Replace(lock, "%", "Orphan", 1), "Orphan",
		},
		"Unlock":   {"A lock that is to go must not stay behind in Azure.", freed, "", server, strings.Replace(lock, "%", "Orphan", 1), "Delete"},
		"Unlocked": {"Then it goes.", freed, "", server, strings.Replace(lock, "%", "Delete", 1), ""},
		"Deletable": {
			"A lock that went with its claim would protect from nothing.",
			spec, "metadata: {name: p}\ndata: {policy: {deletionPolicy: Delete}}", strings.Replace(server, "Orphan", "Delete", 1), "", "Orphan",
		},
		"DevToo": {
			"Nor would one that the settings ask for in dev.",
			strings.Replace(spec, "payments-prod", "payments-dev", 1), "metadata: {name: p}\ndata: {policy: {deletionProtection: true}}",
			strings.Replace(server, "Orphan", "Delete", 1), "", "Orphan",
		},
		"Settings": {
			"Settings that switch protection off do so for new databases: a live one's claim decides.",
			spec, settingsFree, server, strings.Replace(lock, "%", "Orphan", 1), "Orphan",
		},
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
			o := rsp.GetDesired().GetResources()[keyLock].GetResource()
			if object.Get(o, "spec", "forProvider", "notes") != nil {
				t.Error("the notes of a lock that another claim has left cannot change, and are asked for")
			}
			got := object.String(o, "spec", "deletionPolicy")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nthe lock's deletionPolicy: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestStandbyAzure(t *testing.T) {
	t.Parallel()
	const (
		network = "metadata: {name: p}\ndata: {providers: {azure: {regions: {westeurope: {mysql: {delegatedSubnetID: a, privateDNSZoneID: b}, " +
			"postgres: {delegatedSubnetID: a, privateDNSZoneID: b}}}}}}"
		facts = `id: /server, version: "17", location: westeurope, storageMb: 131072, storage: {sizeGb: 128}`
		found = "{kind: FlexibleServer, spec: {forProvider: {delegatedSubnetId: a, privateDnsZoneId: b, resourceGroupName: " +
			"azure-payments-prod-cloudsql-main, highAvailability: {mode: ZoneRedundant}}}, status: {atProvider: {" + facts + "%}}}"
		single = "{kind: FlexibleServer, spec: {forProvider: {delegatedSubnetId: a, privateDnsZoneId: b, resourceGroupName: " +
			"azure-payments-prod-cloudsql-main}}, status: {atProvider: {id: /server}}}"
		zonal = "{kind: FlexibleServer, spec: {forProvider: {delegatedSubnetId: a, privateDnsZoneId: b, resourceGroupName: " +
			"azure-payments-prod-cloudsql-main, highAvailability: {mode: SameZone}}}, status: {atProvider: {id: /server}}}"
	)
	cases := map[string]struct{ reason, region, engine, server, want, remark string }{
		"Zones":     {"A standby runs in another zone.", "eu-west", "postgres", "", "ZoneRedundant", "Composed"},
		"Zoneless":  {"Where a region has one zone only, in the same.", "westus", "postgres", "", "SameZone", "NoNetwork"},
		"Later":     {"PostgreSQL gets one later, too.", "eu-west", "postgres", single, "ZoneRedundant", "Composed"},
		"MySQL":     {"As MySQL does when the server is made.", "eu-west", "mysql", "", "ZoneRedundant", "Composed"},
		"MySQLLate": {"Later there is none in another zone, and the claim says so.", "eu-west", "mysql", single, "SameZone", "SameZone"},
		"FoundZonal": {
			"Also one of a server that was there, whatever was asked for before that was known.",
			"eu-west", "mysql", strings.Replace(found, "%", ", highAvailability: {mode: SameZone}", 1), "SameZone", "SameZone",
		},
		"FoundAlone": {
			"A server of MySQL that was there without one gets none in another zone.",
			"eu-west", "mysql", strings.Replace(found, "%", "", 1), "SameZone", "SameZone",
		},
		"Stays": {"A standby stays where it is.", "eu-west", "postgres", zonal, "SameZone", "SameZone"},
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

// TestFoundAzure holds that a server which was there keeps what Azure could only give
// to another one.
func TestFoundAzure(t *testing.T) {
	t.Parallel()
	there := `{kind: FlexibleServer, status: {atProvider: {id: /server, version: "17", location: westeurope, storageMb: 131072,
		delegatedSubnetId: subnet, privateDnsZoneId: zone, geoRedundantBackupEnabled: true}}}`
	xr := specOf("azure", "postgres")
	rsp := run(t, request(t, xr, "", map[string]string{keyInstance: there, keyPassword: "{data: {password: cGFzcw==}}"}))
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	body := object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider")
	for path, want := range map[string]any{"delegatedSubnetId": "subnet", "privateDnsZoneId": "zone", "geoRedundantBackupEnabled": true} {
		if diff := cmp.Diff(want, object.Get(body, path).AsInterface()); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", path, diff)
		}
	}
}

// TestRefusedAzure holds that no server is taken over that the provider could not look
// at any more.
func TestRefusedAzure(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, engine, there, want string }{
		"Disk": {
			"A disk of any size is a Premium SSD v2.",
			"postgres", "storageMb: 102400, skuName: GP_Standard_D4ds_v5",
			"old has a disk of 102400 MiB, which is a Premium SSD v2: the provider cannot handle one",
		},
		"Largest": {
			"The largest has a GiB less than twice the one before.",
			"postgres", "storageMb: 33554432, skuName: GP_Standard_D4ds_v5",
			"old has a disk of 33554432 MiB, which is a Premium SSD v2: the provider cannot handle one",
		},
		"Confidential": {
			"So is a machine that is changed for no other.",
			"postgres", "storageMb: 131072, skuName: GP_Standard_DC4ads_v5",
			"old has the machine GP_Standard_DC4ads_v5, a confidential one, which no profile has",
		},
		"Odd":   {"A disk of 4 TiB has a GiB less.", "postgres", "storageMb: 4193280, skuName: MO_Standard_E4ds_v5", ""},
		"Usual": {"Any other is taken.", "postgres", "storageMb: 131072, skuName: GP_Standard_D4ds_v5", ""},
		"MySQL": {"MySQL has disks of any size.", "mysql", `version: "8.4", storage: {sizeGb: 100}, skuName: GP_Standard_D4ads_v5`, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			facts := "id: /server, location: westeurope, " + tc.there
			if tc.engine == "postgres" {
				facts = `version: "17", ` + facts
			}
			server := "{metadata: {annotations: {" + requested + "external-name: old}}, status: {atProvider: {" + facts + "}}}"
			xr := specOf("azure", tc.engine) + "  externalName: old\n  adopt: Manage\n"
			rsp := run(t, request(t, xr, settingsAdopt, map[string]string{keyInstance: server}))
			c := rsp.GetConditions()[0]
			if got := fatal(rsp); got != "" || !strings.Contains(c.GetMessage(), tc.want) || (c.GetReason() == "Differs") != (tc.want != "") {
				t.Errorf("\n%s\n%q, and Composed is %s: %s", tc.reason, got, c.GetReason(), c.GetMessage())
			}
		})
	}
}
