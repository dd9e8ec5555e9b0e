package profilesizer

import (
	"strings"
	"testing"
)

// TestKeptNeeds holds that a kept size is never asked for beside what it cannot have: the machine
// stays, and what waits is said.
func TestKeptNeeds(t *testing.T) {
	const (
		gcpHead = "sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance"
		pgHead  = "dbforpostgresql.azure.m.upbound.io/v1beta1, kind: FlexibleServer"
		myHead  = "dbformysql.azure.m.upbound.io/v1beta1, kind: FlexibleServer"
		standby = "highAvailability: {mode: ZoneRedundant}"
		without = "cannot have high availability; it stays without until spec.profile names a size that can"
		f1      = "HeldBack: keeps db-f1-micro (1 vCPU, 0.6 GiB), which runs; medium would be db-custom-4-16384 (4 vCPU, 16 GiB); "
		f1Size  = "tier: db-f1-micro, edition: ENTERPRISE, diskType: PD_SSD, diskAutoresize: true"
	)
	kept := func(head, fields string) string { return found{head: head, desired: fields}.desire("", true) }
	live := func(fields string) string { return "{status: {atProvider: {id: x, " + fields + "}}}" }
	initially := func(resource string) string {
		return strings.Replace(resource, "spec: {", "spec: {initProvider: {settings: {diskSize: 50}}, ", 1)
	}
	f1Live := live("settings: {availabilityType: ZONAL, diskSize: 50, " + f1Size + "}")
	sizings{
		"Azure": {
			reason: "A burstable server gets no standby.", xr: "{profile: medium}", desired: kept(pgHead, standby),
			observed: live("skuName: B_Standard_B2s, storageMb: 65536"), want: kept(pgHead, "skuName: B_Standard_B2s, storageMb: 65536"),
			condition: "HeldBack: keeps B_Standard_B2s (2 vCPU, 4 GiB), which runs; B_Standard_B2s " + without,
		},
		"AzureMySQL": {
			reason: "A burstable server of MySQL gets no standby either.", xr: "{profile: medium}", desired: kept(myHead, standby),
			observed: live("skuName: B_Standard_B20ms, storage: {sizeGb: 64}"), want: kept(myHead, "skuName: B_Standard_B20ms, storage: {sizeGb: 64}"),
		},
		"AzureUnknown": {
			reason: "A burstable size that no catalog has is told by its name.", xr: "{profile: medium}", desired: kept(pgHead, standby),
			observed: live("skuName: B_Standard_B99ms, storageMb: 65536"), want: kept(pgHead, "skuName: B_Standard_B99ms, storageMb: 65536"),
		},
		"AzureAble": {
			reason: "A size that can have it gets it.", xr: "{profile: medium}", desired: kept(pgHead, standby),
			observed: live("skuName: GP_Standard_D4s_v3, storageMb: 65536"), want: kept(pgHead, standby+", skuName: GP_Standard_D4s_v3, storageMb: 65536"),
			condition: "Kept: keeps GP_Standard_D4s_v3 (4 vCPU, 16 GiB), which runs",
		},
		"AzureSpec": {
			reason: "A size that was asked for last is not said to run.", xr: "{profile: medium}", desired: kept(pgHead, ""),
			observed:  "{spec: {forProvider: {skuName: GP_Standard_D4s_v3}}, status: {atProvider: {id: x}}}",
			condition: "Kept: keeps GP_Standard_D4s_v3 (4 vCPU, 16 GiB), which was asked for last; medium would be GP_Standard_D4ds_v5 (4 vCPU, 16 GiB)",
		},
		"GCP": {
			reason: "A shared core stays zonal.", xr: "{profile: medium}", desired: kept(gcpHead, "settings: {availabilityType: REGIONAL}"), observed: f1Live,
			want: initially(kept(gcpHead, "settings: {availabilityType: ZONAL, "+f1Size+"}")), condition: f1 + "db-f1-micro " + without,
		},
		"GCPDisk": {
			reason: "A shared core keeps its disk where a larger one is too large for it.", xr: "{profile: medium, database: {storageGiB: 5000}}",
			desired: kept(gcpHead, "settings: {availabilityType: ZONAL}"), observed: f1Live,
			want:      initially(kept(gcpHead, "settings: {availabilityType: ZONAL, "+f1Size+"}")),
			condition: f1 + "db-f1-micro cannot have a disk of 5000 GiB, only up to 3000; it keeps its 50 until spec.profile names a size that can",
		},
		"GCPProven": {
			reason: "What runs on two zones all the same keeps them.", xr: "{profile: medium}", desired: kept(gcpHead, "settings: {availabilityType: REGIONAL}"),
			observed: strings.Replace(f1Live, "ZONAL", "REGIONAL", 1), want: initially(kept(gcpHead, "settings: {availabilityType: REGIONAL, "+f1Size+"}")),
			condition: "Kept: " + strings.TrimSuffix(strings.TrimPrefix(f1, "HeldBack: "), "; "),
		},
		"GCPHeld": {
			reason: "A size that stays because none fits is held against what is asked for, too.", xr: "{profile: medium}",
			environment: "profiles: {medium: {skus: {gcp: db-c4a-highmem-4}}}",
			desired:     found{head: gcpHead, desired: "databaseVersion: MYSQL_8_4, settings: {availabilityType: REGIONAL}"}.desire("", false), observed: f1Live,
			condition: "HeldBack: medium: db-f1-micro (1 vCPU, 0.6 GiB), 128 GiB of disk; db-c4a-highmem-4 takes no disk of PD_SSD, only of " +
				"HYPERDISK_BALANCED; it keeps db-f1-micro; db-f1-micro " + without,
		},
		"GCPHeldDisk": {
			reason: "A disk that is too large for the size that stays waits.", xr: "{profile: medium, database: {storageGiB: 5000}}",
			environment: "profiles: {medium: {skus: {gcp: db-c4a-highmem-4}}}",
			desired:     found{head: gcpHead, desired: "databaseVersion: MYSQL_8_4"}.desire("", false), observed: f1Live,
			condition: "HeldBack: medium: db-f1-micro (1 vCPU, 0.6 GiB), 50 GiB of disk; db-c4a-highmem-4 takes no disk of PD_SSD, only of HYPERDISK_BALANCED; " +
				"it keeps db-f1-micro; db-f1-micro cannot have a disk of 5000 GiB, only up to 3000; it keeps its 50",
		},
	}.run(t)
}

// TestKeptAvailable holds that the status says what is desired of high availability, whatever
// the profile is.
func TestKeptAvailable(t *testing.T) {
	const large = "profiles: {x: {vcpu: 128, memoryGiB: 8, storageGiB: 64}}"
	cases := map[string]struct {
		reason, profile, sku string
		want                 bool
	}{
		"Has":     {"a size that can have high availability has it", "medium", "GP_Standard_D4s_v3", true},
		"Cannot":  {"a burstable size has none", "medium", "B_Standard_B2s", false},
		"NoFit":   {"a profile that no size fits is no matter", "x", "GP_Standard_D4s_v3", true},
		"Unknown": {"a profile that there is not is no matter", "gold", "GP_Standard_D4s_v3", true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			run := sizing{
				xr: "{profile: " + tc.profile + "}", environment: large,
				desired:  found{head: "dbforpostgresql.azure.m.upbound.io/v1beta1, kind: FlexibleServer", desired: zoneRedundant}.desire("", true),
				observed: "{status: {atProvider: {id: x, skuName: " + tc.sku + ", storageMb: 65536}}}",
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), run.request(t))
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			size := rsp.GetDesired().GetComposite().GetResource().GetFields()["status"].GetStructValue().GetFields()["size"].GetStructValue()
			if got := size.GetFields()["highAvailability"].GetBoolValue(); got != tc.want {
				t.Errorf("%s: highAvailability is %t", tc.reason, got)
			}
			if got := size.GetFields()["profile"].GetStringValue(); got != tc.profile {
				t.Errorf("%s: profile is %q", tc.reason, got)
			}
		})
	}
}

// TestKeptWithout holds what a kept size is where its profile or its class is not known.
func TestKeptWithout(t *testing.T) {
	aws := founds()["aws"]
	rds := "{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, metadata: {annotations: {" + keepAnnotation + ": " + keepWord + "}}, "
	const names = "allowed are nano, small, medium, large, xlarge"
	sizings{
		"NoProfile": {
			reason: "A profile that the settings no longer have decides nothing.", xr: "{profile: gold}", desired: aws.desire("", true),
			observed: "{status: {atProvider: {id: x, " + aws.live + "}}}",
			condition: `Kept: keeps db.r6i.2xlarge (8 vCPU, 64 GiB), which runs; spec.profile: "gold" is not allowed; ` + names +
				"; it decides nothing while the size is kept",
		},
		"NoProfileDisk": {
			reason: "A disk that the XR itself says is asked for, whatever the profile.", xr: "{profile: gold, database: {storageGiB: 800}}",
			desired: aws.desire("", true), observed: "{status: {atProvider: {id: x, " + aws.live + "}}}",
			want: strings.Replace(aws.desire(", instanceClass: db.r6i.2xlarge, allocatedStorage: 800, maxAllocatedStorage: 1000", true), "gp3", "gp2", 1),
		},
		"NoProfileNew": {
			reason: "A profile that is to decide has to be there.", xr: "{profile: gold}", desired: aws.desire("", true),
			fatal: `spec.profile: "gold" is not allowed; ` + names,
		},
		"NoClass": {
			reason: "A class that nobody reports stays: its kind has to have one, which counts at creation only.", xr: "{profile: medium}",
			desired: rds + "spec: {forProvider: {engine: postgres}}}", observed: "{spec: {forProvider: {}}, status: {atProvider: {id: x, allocatedStorage: 500}}}",
			want:      rds + "spec: {initProvider: {instanceClass: db.m7g.xlarge}, forProvider: {engine: postgres, allocatedStorage: 500}}}",
			condition: "Kept: keeps the size that it has, which nobody reports",
		},
		"NoClassLimit": {
			reason: "The limit of growth that is there stays beside a class that nobody reports.", xr: "{profile: medium}",
			desired: rds + "spec: {forProvider: {engine: postgres}}}", observed: "{status: {atProvider: {id: x, allocatedStorage: 500, maxAllocatedStorage: 1000}}}",
			want: rds + "spec: {initProvider: {instanceClass: db.m7g.xlarge}, forProvider: {engine: postgres, allocatedStorage: 500, maxAllocatedStorage: 1000}}}",
		},
		"NoClassNamed": {
			reason: "A class that a step before asks for stays.", xr: "{profile: medium}", desired: rds + "spec: {forProvider: {instanceClass: db.t3.micro}}}",
			observed: "{status: {atProvider: {id: x, allocatedStorage: 500}}}",
			want:     rds + "spec: {forProvider: {instanceClass: db.t3.micro, allocatedStorage: 500}}}",
		},
		"NoClassNoProfile": {
			reason: "Without a profile there is no class to name.", xr: "{profile: gold}", desired: rds + "spec: {forProvider: {engine: postgres}}}",
			observed: "{status: {atProvider: {id: x, allocatedStorage: 500}}}", fatal: `spec.profile: "gold" is not allowed; ` + names,
		},
	}.run(t)
}
