package profilesizer

import (
	"strings"
	"testing"
)

// TestNamed holds which sizes can be named: those that people have reservations for, those that
// come with figures of their own, and no others.
func TestNamed(t *testing.T) {
	skus := func(text string) string { return "profiles: {medium: {skus: {" + text + "}}}" }
	sizings{
		"Reserved": {
			reason: "A class of a generation before is taken by its name.", xr: "{profile: medium}", environment: skus("aws: db.r6g.xlarge"), desired: awsInstance,
			condition: "Sized: medium: db.r6g.xlarge (4 vCPU, 32 GiB), 128 GiB of disk",
		},
		"Old": {
			reason: "A burstable class of x86 is taken by its name.", xr: "{profile: medium}", environment: skus("aws: db.t3.micro"), desired: awsInstance,
			condition: "Sized: medium: db.t3.micro (2 vCPU, 1 GiB), 128 GiB of disk",
		},
		"Azure": {
			reason: "An old series of Azure is taken by its name.", xr: "{profile: medium}", environment: skus("azurePostgres: GP_Standard_D2s_v3"),
			desired: azureServer(zoneRedundant), condition: "Sized: medium: GP_Standard_D2s_v3 (2 vCPU, 8 GiB), 128 GiB of disk",
		},
		"AzureMySQL": {
			reason: "An old series of Azure's MySQL is taken by its name.", xr: "{profile: medium}", environment: skus("azureMySQL: MO_Standard_E4ds_v4"),
			desired: azureMySQL(""), condition: "Sized: medium: MO_Standard_E4ds_v4 (4 vCPU, 32 GiB), 128 GiB of disk",
		},
		"Figures": {
			reason: "A class that the catalog lacks is taken with its figures.", xr: "{profile: medium}",
			environment: skus("aws: {name: db.x2g.large, vcpu: 2, memoryGiB: 32}"), desired: awsInstance,
			want:      awsSized("instanceClass: db.x2g.large, allocatedStorage: 128, maxAllocatedStorage: 256"),
			condition: "Sized: medium: db.x2g.large (2 vCPU, 32 GiB), 128 GiB of disk",
		},
		"FiguresOfCatalog": {
			reason: "Figures that are the catalog's change nothing.", xr: "{profile: medium}",
			environment: skus("aws: {name: db.r6g.xlarge, vcpu: 4, memoryGiB: 32}"), desired: awsInstance,
			condition: "Sized: medium: db.r6g.xlarge (4 vCPU, 32 GiB), 128 GiB of disk",
		},
		"FiguresAgainstCatalog": {
			reason: "Figures that are not the catalog's are refused.", xr: "{profile: medium}",
			environment: skus("aws: {name: db.r6g.xlarge, vcpu: 4, memoryGiB: 16}"), desired: awsInstance,
			fatal: `settings.profiles.medium.skus.aws: "db.r6g.xlarge" has 4 vCPU and 32 GiB, and not the 4 and 16 beside it; the name is enough`,
		},
		"FiguresOfCustom": {
			reason: "Figures that are not those of a custom machine's name are refused.", xr: "{profile: medium}",
			environment: skus("gcp: {name: db-custom-2-8192, vcpu: 2, memoryGiB: 16}"), desired: gcpInstance,
			fatal: `settings.profiles.medium.skus.gcp: "db-custom-2-8192" has 2 vCPU and 8 GiB, and not the 2 and 16 beside it; the name is enough`,
		},
		"FiguresOfShared": {
			reason: "IBM has many sizes of one name, of which the figures pick one.", xr: "{profile: medium}",
			environment: skus("ibm: {name: multitenant, vcpu: 8, memoryGiB: 32}"), desired: ibmWorkspace(""),
			condition: "Sized: medium: multitenant (8 vCPU, 32 GiB), 128 GiB of disk",
		},
		"Burstable": {
			reason: "A burstable size with figures cannot have high availability either.", xr: "{profile: medium}",
			environment: skus("azurePostgres: {name: B_Standard_B32ms, vcpu: 32, memoryGiB: 128}"), desired: azureServer(zoneRedundant),
			fatal: `settings.profiles.medium.skus.azurePostgres: "B_Standard_B32ms" cannot have high availability, which is asked for; the profile's ` +
				`figures would give GP_Standard_D4ds_v5 with 4 vCPU and 16 GiB`,
		},
		"N4": {
			reason: "A machine of N4 with figures brings its edition and its disk.", xr: "{profile: medium}",
			environment: skus("gcp: {name: db-custom-N4-4-16384, vcpu: 4, memoryGiB: 16}"), desired: gcpInstance,
			want: strings.Replace(gcpSized(
				"availabilityType: ZONAL, tier: db-custom-N4-4-16384", ", initProvider: {settings: {diskSize: 128, diskAutoresizeLimit: 256}}",
			), "PD_SSD", "HYPERDISK_BALANCED", 1),
		},
		"Plus": {
			reason: "A machine of another series of ENTERPRISE_PLUS brings its edition.", xr: "{profile: medium}",
			environment: skus("gcp: {name: db-memory-optimized-N-4, vcpu: 4, memoryGiB: 64}"), desired: gcpInstance,
			want: strings.Replace(gcpSized(
				"availabilityType: ZONAL, tier: db-memory-optimized-N-4", ", initProvider: {settings: {diskSize: 128, diskAutoresizeLimit: 256}}",
			), "edition: ENTERPRISE,", "edition: ENTERPRISE_PLUS,", 1),
		},
		"Unknown": {
			reason: "A bare name that nobody knows is refused, with what would do.", xr: "{profile: medium}", environment: skus("aws: db.quick.large"),
			desired: awsInstance,
			fatal: `settings.profiles.medium.skus.aws: "db.quick.large" is no size of RDS that the catalog knows; where RDS has it, give it with its ` +
				`figures, such as {name: db.quick.large, vcpu: 4, memoryGiB: 16}; did you mean "db.m7i.large"?`,
		},
		"Memory": {
			reason: "What the catalog knows of the largest machine of N is Google's figure.", xr: "{profile: medium}", environment: skus("gcp: db-perf-optimized-N-128"),
			desired: gcpInstance, condition: "Sized: medium: db-perf-optimized-N-128 (128 vCPU, 864 GiB), 128 GiB of disk",
		},
	}.run(t)
}
