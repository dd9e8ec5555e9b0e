package profilesizer

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/settings"
)

const gcpInstance = `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {availabilityType: ZONAL}}}}`

// gcpSized is what becomes of it.
func gcpSized(settings, initProvider string) string {
	return `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {diskType: PD_SSD, diskAutoresize: ` +
		`true, edition: ENTERPRISE, ` + settings + `}}` + initProvider + `}}`
}

func TestSizeGCP(t *testing.T) {
	initDisk := func(gib string) string { return `, initProvider: {settings: {diskSize: ` + gib + `}}` }
	initNew := func(gib, limit string) string { // of a new disk, whose limit is twice what it is
		return `, initProvider: {settings: {diskSize: ` + gib + `, diskAutoresizeLimit: ` + limit + `}}`
	}
	sizings{
		"New": {
			reason:  "A new disk stands in initProvider, where it does not fight the autoresizer.",
			xr:      "{profile: medium}",
			desired: gcpInstance,
			want:    gcpSized("availabilityType: ZONAL, tier: db-custom-4-16384", initNew("128", "256")),
		},
		"Shared": {
			reason:  "The smallest profile is a shared core.",
			xr:      "{profile: nano}",
			desired: gcpInstance,
			want:    gcpSized("availabilityType: ZONAL, tier: db-g1-small", initNew("32", "64")),
		},
		"SharedHA": {
			reason:  "A shared core has no SLA, so high availability takes a core of its own.",
			xr:      "{profile: nano}",
			desired: strings.Replace(gcpInstance, "ZONAL", "REGIONAL", 1),
			want:    gcpSized("availabilityType: REGIONAL, tier: db-custom-1-3840", initNew("32", "64")),
		},
		"Grow": {
			reason:   "A larger disk than is there has to be asked for in forProvider.",
			xr:       "{profile: medium, database: {storageGiB: 300}}",
			desired:  gcpInstance,
			observed: "{status: {atProvider: {settings: {diskSize: 128}}}}",
			want:     gcpSized("availabilityType: ZONAL, tier: db-custom-4-16384, diskSize: 300", ""),
		},
		"Reached": {
			reason:   "Once it is there, it goes back.",
			xr:       "{profile: medium, database: {storageGiB: 300}}",
			desired:  gcpInstance,
			observed: "{spec: {forProvider: {settings: {diskSize: 300}}}, status: {atProvider: {settings: {diskSize: 300}}}}",
			want:     gcpSized("availabilityType: ZONAL, tier: db-custom-4-16384", initDisk("300")),
		},
		"Grown": {
			reason:   "A disk that has grown keeps its size under a smaller profile, which changes the tier only.",
			xr:       "{profile: small}",
			desired:  gcpInstance,
			observed: "{status: {atProvider: {settings: {diskSize: 500}}}}",
			want:     gcpSized("availabilityType: ZONAL, tier: db-custom-2-4096", initDisk("500")),
			condition: "Sized: small: db-custom-2-4096 (2 vCPU, 4 GiB), 500 GiB of disk; the disk keeps its 500 GiB although 64 are asked for, since " +
				"a disk never shrinks",
		},
		"OneScope": {
			reason:  "A disk size of an earlier step does not stand beside ours.",
			xr:      "{profile: nano}",
			desired: `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance, spec: {forProvider: {settings: {diskSize: 50}}}}`,
			want: `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance, spec: {
				forProvider: {settings: {tier: db-g1-small, edition: ENTERPRISE, diskType: PD_SSD, diskAutoresize: true}},
				initProvider: {settings: {diskSize: 32, diskAutoresizeLimit: 64}}}}`,
		},
		"NoAutoresize": {
			reason:   "A disk that does not grow by itself stands in forProvider, never below what is there.",
			xr:       "{profile: nano}",
			desired:  `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {diskAutoresize: false}}}}`,
			observed: "{status: {atProvider: {settings: {diskSize: 100}}}}",
			want: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {diskAutoresize: false, tier: ` +
				`db-g1-small, edition: ENTERPRISE, diskType: PD_SSD, diskSize: 100}}}}`,
		},
		"DiskType": {
			reason:   "The type of a disk that is there stays: another one would replace the instance.",
			xr:       "{profile: nano}",
			desired:  `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {}}}`,
			observed: "{status: {atProvider: {settings: {diskType: PD_HDD}}}}",
			want: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {tier: db-g1-small, edition: ` +
				`ENTERPRISE, diskType: PD_HDD, diskAutoresize: true}}, initProvider: {settings: {diskSize: 32}}}}`,
		},
		"Plus": {
			reason:  "Edition ENTERPRISE_PLUS has machines of its own.",
			xr:      "{profile: medium}",
			desired: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {edition: ENTERPRISE_PLUS}}}}`,
			want: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {edition: ENTERPRISE_PLUS, ` +
				`tier: db-perf-optimized-N-4, diskType: PD_SSD, diskAutoresize: true}}, initProvider: {settings: {diskSize: 128, diskAutoresizeLimit: 256}}}}`,
		},
		"SQLServer": {
			reason:  "Another engine passes through.",
			xr:      "{}",
			desired: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {databaseVersion: SQLSERVER_2022_STANDARD}}}`,
			want:    `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {databaseVersion: SQLSERVER_2022_STANDARD}}}`,
		},
		"Memory": {
			reason:      "Memory beyond 6.5 GiB per vCPU takes more of them.",
			xr:          "{profile: reporting}",
			environment: "profiles: {reporting: {vcpu: 8, memoryGiB: 64, storageGiB: 2048}}",
			desired:     gcpInstance,
			want:        gcpSized("availabilityType: ZONAL, tier: db-custom-10-65536", initNew("2048", "4096")),
		},
		"Named": {
			reason:      "A tier that the settings name is taken, with its edition.",
			xr:          "{profile: medium}",
			environment: "profiles: {medium: {skus: {gcp: db-perf-optimized-N-2}}}",
			desired:     gcpInstance,
			want: strings.Replace(
				gcpSized("availabilityType: ZONAL, tier: db-perf-optimized-N-2", initNew("128", "256")), "edition: ENTERPRISE", "edition: ENTERPRISE_PLUS", 1,
			),
		},
		"NamedCustom": {
			reason:      "So is a custom machine.",
			xr:          "{profile: medium}",
			environment: "profiles: {medium: {skus: {gcp: db-custom-2-8192}}}",
			desired:     gcpInstance,
			want:        gcpSized("availabilityType: ZONAL, tier: db-custom-2-8192", initNew("128", "256")),
		},
		"NoSuchEdition": {
			reason:  "An edition that there is not is refused.",
			xr:      "{profile: medium}",
			desired: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {edition: BASIC}}}}`,
			fatal:   `spec.forProvider.settings.edition: "BASIC" has no sizes here; allowed are ENTERPRISE, ENTERPRISE_PLUS`,
		},
		"SharedDisk": {
			reason:  "A shared core cannot have a disk as large as that, so another machine is taken.",
			xr:      "{profile: nano, database: {storageGiB: 5000}}",
			desired: gcpInstance,
			want:    gcpSized("availabilityType: ZONAL, tier: db-custom-1-3840", initNew("5000", "10000")),
		},
		"SharedDiskThere": {
			reason:   "Nor can it have one that is there already, of a profile before.",
			xr:       "{profile: nano}",
			desired:  gcpInstance,
			observed: "{status: {atProvider: {settings: {diskSize: 5000}}}}",
			want:     gcpSized("availabilityType: ZONAL, tier: db-custom-1-3840", initDisk("5000")),
		},
		"SharedDiskNamed": {
			reason:      "One that the settings name is refused.",
			xr:          "{profile: nano, database: {storageGiB: 5000}}",
			environment: "profiles: {nano: {skus: {gcp: db-g1-small}}}",
			desired:     gcpInstance,
			fatal:       `settings.profiles.nano.skus.gcp: "db-g1-small" cannot have a disk of 5000 GiB, only up to 3000`,
		},
		"NoSuchCustom": {
			reason:      "A custom machine that Cloud SQL refuses is refused here.",
			xr:          "{profile: medium}",
			environment: "profiles: {medium: {skus: {gcp: db-custom-3-8192}}}",
			desired:     gcpInstance,
			fatal: `settings.profiles.medium.skus.gcp: "db-custom-3-8192" is no machine of Cloud SQL; db-custom-{vCPU}-{MiB} has 1 or an even ` +
				`number of vCPUs up to 96, and 0.9 to 6.5 GiB of memory for each, in steps of 256 MiB, at least 3840`,
		},
		"SharedNamed": {
			reason:      "A shared core that the settings name cannot have high availability.",
			xr:          "{profile: nano}",
			environment: "profiles: {nano: {skus: {gcp: db-g1-small}}}",
			desired:     strings.Replace(gcpInstance, "ZONAL", "REGIONAL", 1),
			fatal:       `settings.profiles.nano.skus.gcp: "db-g1-small" cannot have high availability, which is asked for`,
		},
		"TooLarge": {
			reason:      "What no machine holds names the nearest.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {vcpu: 128, memoryGiB: 128, storageGiB: 64}}",
			desired:     gcpInstance,
			fatal: `spec.profile: "x" asks for 128 vCPU and 128 GiB of memory, which no size of Cloud SQL gives; the nearest is ` +
				`db-custom-96-131072 with 96 vCPU and 128 GiB`,
		},
	}.run(t)
}

// TestCustomProperty holds that every custom machine keeps to Cloud SQL's rule,
// holds what is asked for, and is the smallest that does.
func TestCustomProperty(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		p := &profile{vcpu: math.Ceil(r.Float64()*960) / 10, memoryGiB: math.Ceil(r.Float64()*6240) / 10}
		s := customFor(p)
		if _, err := namedCustom(named{SKU: settings.SKU{Name: s.Name}}, need{}); err != nil {
			t.Fatalf("%g vCPU and %g GiB: %v", p.vcpu, p.memoryGiB, err)
		}
		if !s.holds(p) {
			t.Fatalf("%g vCPU and %g GiB: got %v", p.vcpu, p.memoryGiB, s)
		}
		fewer := s.VCPU - 2
		if s.VCPU == 2 {
			fewer = 1
		}
		if fewer >= max(1, p.vcpu) && p.memoryGiB*mebibytes <= fewer*customMaxPerCPU-customStepMiB {
			t.Fatalf("%g vCPU and %g GiB: got %v, although %g vCPU would do", p.vcpu, p.memoryGiB, s, fewer)
		}
	}
}
