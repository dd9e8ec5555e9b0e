package profilesizer

import "testing"

// TestDiskTypesGCP holds that a machine takes the type of the disk that is there or asked for.
func TestDiskTypesGCP(t *testing.T) {
	instance := func(settings string) string {
		return `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance, spec: {forProvider: {databaseVersion: MYSQL_8_4, settings: {` + settings + `}}}}`
	}
	there := func(settings string) string {
		return "{status: {atProvider: {id: db, settings: {" + settings + "}}}}"
	}
	const hyper = "edition: ENTERPRISE_PLUS, diskType: HYPERDISK_BALANCED"
	sizings{
		"There": {
			reason: "A Hyperdisk that is there takes a C4A machine.", xr: "{profile: small}",
			desired:  instance("tier: db-c4a-highmem-4, edition: ENTERPRISE_PLUS, availabilityType: REGIONAL"),
			observed: there("tier: db-c4a-highmem-4, diskSize: 344, " + hyper),
			condition: "Sized: small: db-c4a-highmem-2 (2 vCPU, 16 GiB), 344 GiB of disk; " +
				"the disk keeps its 344 GiB although 64 are asked for, since a disk never shrinks",
		},
		"Asked": {
			reason: "A Hyperdisk that is asked for takes a C4A machine.", xr: "{profile: medium}", desired: instance(hyper),
			condition: "Sized: medium: db-c4a-highmem-4 (4 vCPU, 32 GiB), 128 GiB of disk",
		},
		"Named": {
			reason: "A C4A machine that is named brings its disk.", xr: "{profile: medium}", environment: "profiles: {medium: {skus: {gcp: db-c4a-highmem-4}}}",
			desired: instance("availabilityType: ZONAL"),
			want: `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance, spec: {initProvider: {settings: {diskSize: 128}}, forProvider: {` +
				`databaseVersion: MYSQL_8_4, settings: {availabilityType: ZONAL, tier: db-c4a-highmem-4, diskAutoresize: true, ` + hyper +
				`}}, initProvider: {settings: {diskSize: 128, diskAutoresizeLimit: 256}}}}`,
		},
		"NamedLeast": {
			reason: "The least Hyperdisk is 20 GiB.", xr: "{profile: medium, database: {storageGiB: 10}}",
			environment: "profiles: {medium: {skus: {gcp: db-c4a-highmem-4}}}", desired: instance(""),
			condition: "Sized: medium: db-c4a-highmem-4 (4 vCPU, 32 GiB), 20 GiB of disk; Cloud SQL has no disk of 10 GiB, and 20 is the next larger",
		},
		"NamedOnSSD": {
			reason: "A C4A machine that is named is not put on the SSD that is there.", xr: "{profile: medium}",
			environment: "profiles: {medium: {skus: {gcp: db-c4a-highmem-4}}}", desired: instance(""),
			observed: there("tier: db-perf-optimized-N-4, edition: ENTERPRISE_PLUS, diskType: PD_SSD, diskSize: 128"),
			condition: "HeldBack: medium: db-perf-optimized-N-4 (4 vCPU, 32 GiB), 128 GiB of disk; db-c4a-highmem-4 takes no disk of PD_SSD, only of " +
				"HYPERDISK_BALANCED; it keeps db-perf-optimized-N-4",
		},
		"N4": {
			reason: "A machine whose series the catalog lacks stays, with its edition and its disk.", xr: "{profile: small}",
			desired: instance(""), observed: there("tier: db-custom-N4-4-16384, edition: ENTERPRISE, diskType: HYPERDISK_BALANCED, diskSize: 100"),
			want: `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance, spec: {initProvider: {settings: {diskSize: 100}}, forProvider: {` +
				`databaseVersion: MYSQL_8_4, settings: {tier: db-custom-N4-4-16384, diskAutoresize: true, edition: ENTERPRISE, diskType: HYPERDISK_BALANCED}}}}`,
			condition: "HeldBack: small: db-custom-N4-4-16384 (4 vCPU, 16 GiB), 100 GiB of disk; the catalog has no size for " +
				"HYPERDISK_BALANCED; it keeps db-custom-N4-4-16384; the disk keeps its 100 GiB although 64 are asked for, since a disk never shrinks",
		},
		"TooLarge": {
			reason: "What no C4A machine holds keeps its tier, and says the figures.", xr: "{profile: x}",
			environment: "profiles: {x: {vcpu: 96, memoryGiB: 96, storageGiB: 100}}", desired: instance("edition: ENTERPRISE_PLUS"),
			observed: there("tier: db-c4a-highmem-4, diskSize: 100, " + hyper),
			condition: "HeldBack: x: db-c4a-highmem-4 (4 vCPU, 32 GiB), 100 GiB of disk; the catalog has no size of 96 vCPU and 96 GiB for " +
				"HYPERDISK_BALANCED; it keeps db-c4a-highmem-4",
		},
		"New": {
			reason: "A new database of a disk that no machine takes is refused.", xr: "{profile: small}",
			desired: instance("diskType: HYPERDISK_BALANCED"), fatal: "spec.profile: the catalog has no size for HYPERDISK_BALANCED",
		},
		"Other": {
			reason: "The type of a disk that is there stays, whatever is asked for.", xr: "{profile: small}", desired: instance("diskType: PD_HDD"),
			observed: there("tier: db-custom-2-4096, diskType: PD_SSD, diskSize: 64"),
			condition: "Sized: small: db-custom-2-4096 (2 vCPU, 4 GiB), 64 GiB of disk; the disk stays of PD_SSD although PD_HDD is asked for, " +
				"since a disk's type cannot change",
		},
	}.run(t)
}
