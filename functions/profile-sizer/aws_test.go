package profilesizer

import (
	"strings"
	"testing"
)

const awsInstance = `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {multiAz: true}}}`

func awsSized(fields string) string {
	return `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {multiAz: true, ` + fields + `}}}`
}

// awsVolume is an instance of an engine whose gp3 volumes are striped from 400 GiB on.
func awsVolume(fields string) string {
	return strings.Replace(awsSized("engine: postgres, storageType: gp3, "+fields), ", }", "}", 1)
}

func TestSizeAWS(t *testing.T) {
	sizings{
		"New": {
			reason:  "RDS gets its disk, and room to grow.",
			xr:      "{profile: small}",
			desired: awsInstance,
			want:    awsSized("instanceClass: db.t4g.medium, allocatedStorage: 64, maxAllocatedStorage: 128"),
		},
		"Grown": {
			reason:   "A disk that has grown keeps its size under a smaller profile, and grows no further.",
			xr:       "{profile: small}",
			desired:  awsInstance,
			observed: "{status: {atProvider: {allocatedStorage: 500}}}",
			want:     awsSized("instanceClass: db.t4g.medium, allocatedStorage: 500, maxAllocatedStorage: 0"),
			condition: "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 500 GiB of disk; the disk keeps its 500 GiB although 64 are asked for, since a " +
				"disk never shrinks; it grows no further by itself, since it may up to 128 GiB, twice what is asked for",
		},
		"GrownToTheLimit": {
			reason:  "Near the limit growth is ended, and not left to the limit that the provider has filled in.",
			xr:      "{profile: medium, database: {storageGiB: 200}}",
			desired: awsVolume(""),
			observed: "{spec: {forProvider: {maxAllocatedStorage: 400}}, status: {atProvider: {allocatedStorage: 380, maxAllocatedStorage: 400, " +
				"iops: 3000, storageThroughput: 125}}}",
			want: awsVolume("instanceClass: db.m7g.xlarge, allocatedStorage: 380, maxAllocatedStorage: 0"),
		},
		"Unstriped": {
			reason:   "A volume below 400 GiB can have no other performance than its own, and none is asked for.",
			xr:       "{profile: medium, database: {storageGiB: 399}}",
			desired:  awsVolume(""),
			observed: "{spec: {forProvider: {iops: 3000, storageThroughput: 125}}, status: {atProvider: {allocatedStorage: 128, iops: 3000, storageThroughput: 125}}}",
			want:     awsVolume("instanceClass: db.m7g.xlarge, allocatedStorage: 399, maxAllocatedStorage: 798"),
		},
		"Striped": {
			reason:   "One that grows to 400 GiB gets what RDS then takes, and not what the provider filled in before.",
			xr:       "{profile: medium, database: {storageGiB: 400}}",
			desired:  awsVolume(""),
			observed: "{spec: {forProvider: {iops: 3000, storageThroughput: 125}}, status: {atProvider: {allocatedStorage: 128, iops: 3000, storageThroughput: 125}}}",
			want:     awsVolume("instanceClass: db.m7g.xlarge, allocatedStorage: 400, maxAllocatedStorage: 800, iops: 12000, storageThroughput: 500"),
		},
		"StripedByItself": {
			reason:   "So does one that RDS has grown past 400 GiB under a smaller profile.",
			xr:       "{profile: medium, database: {storageGiB: 200}}",
			desired:  awsVolume(""),
			observed: "{spec: {forProvider: {iops: 3000, storageThroughput: 125}}, status: {atProvider: {allocatedStorage: 420, iops: 12000, storageThroughput: 500}}}",
			want:     awsVolume("instanceClass: db.m7g.xlarge, allocatedStorage: 420, maxAllocatedStorage: 0, iops: 12000, storageThroughput: 500"),
		},
		"StripedNew": {
			reason:  "A new one of that size says the same, which is what it comes with.",
			xr:      "{profile: medium, database: {storageGiB: 512}}",
			desired: awsVolume(""),
			want:    awsVolume("instanceClass: db.m7g.xlarge, allocatedStorage: 512, maxAllocatedStorage: 1024, iops: 12000, storageThroughput: 500"),
		},
		"StripedAndBought": {
			reason:   "More that somebody bought is not taken back, whether a step before says it or the cloud.",
			xr:       "{profile: medium, database: {storageGiB: 512}}",
			desired:  awsVolume("iops: 20000, storageThroughput: 125"),
			observed: "{status: {atProvider: {allocatedStorage: 512, iops: 16000, storageThroughput: 1000}}}",
			want:     awsVolume("instanceClass: db.m7g.xlarge, allocatedStorage: 512, maxAllocatedStorage: 1024, iops: 20000, storageThroughput: 1000"),
		},
		"OtherVolume": {
			reason:  "Volumes of another type have their performance by another rule.",
			xr:      "{profile: medium, database: {storageGiB: 512}}",
			desired: awsSized("engine: mysql, storageType: io1, iops: 1000"),
			want:    awsSized("engine: mysql, storageType: io1, iops: 1000, instanceClass: db.m7g.xlarge, allocatedStorage: 512, maxAllocatedStorage: 1024"),
		},
		"StripedReplica": {
			reason:  "A replica has its source's volume.",
			xr:      "{profile: large}",
			desired: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {engine: postgres, storageType: gp3, replicateSourceDb: main}}}`,
			want: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {engine: postgres, storageType: gp3, ` +
				`replicateSourceDb: main, instanceClass: db.m7g.2xlarge}}}`,
		},
		"StatusLost": {
			reason:   "Without the cloud's report, a resource that was made keeps what it asked for last.",
			xr:       "{profile: small}",
			desired:  awsInstance,
			observed: "{metadata: {annotations: {crossplane.io/external-create-succeeded: x}}, spec: {forProvider: {allocatedStorage: 512}}}",
			want:     awsSized("instanceClass: db.t4g.medium, allocatedStorage: 512, maxAllocatedStorage: 0"),
		},
		"NotMade": {
			reason:   "What the cloud never had does not keep a size.",
			xr:       "{profile: small}",
			desired:  awsInstance,
			observed: "{spec: {forProvider: {allocatedStorage: 512}}}",
			want:     awsSized("instanceClass: db.t4g.medium, allocatedStorage: 64, maxAllocatedStorage: 128"),
		},
		"CreateUnderWay": {
			reason:   "What the cloud may be making keeps what it asked for, too.",
			xr:       "{profile: small}",
			desired:  awsInstance,
			observed: "{metadata: {annotations: {crossplane.io/external-create-pending: x}}, spec: {forProvider: {allocatedStorage: 512}}}",
			want:     awsSized("instanceClass: db.t4g.medium, allocatedStorage: 512, maxAllocatedStorage: 0"),
		},
		"Full": {
			reason:    "The largest disk there is has no room to grow, which nobody has to be told.",
			xr:        "{profile: small, database: {storageGiB: 65536}}",
			desired:   awsInstance,
			want:      awsSized("instanceClass: db.t4g.medium, allocatedStorage: 65536, maxAllocatedStorage: 0"),
			condition: "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 65536 GiB of disk",
		},
		"EarlierStep": {
			reason:  "A disk of an earlier step does not stand beside ours.",
			xr:      "{profile: small}",
			desired: `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {initProvider: {allocatedStorage: 50}, forProvider: {multiAz: true}}}`,
			want: `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {initProvider: {}, forProvider: {multiAz: true, ` +
				`instanceClass: db.t4g.medium, allocatedStorage: 64, maxAllocatedStorage: 128}}}`,
		},
		"Observed": {
			reason:    "What is only observed keeps its size, and no other one is claimed.",
			xr:        "{profile: small}",
			desired:   `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {managementPolicies: [Observe], forProvider: {region: eu-west-1}}}`,
			observed:  "{status: {atProvider: {instanceClass: db.m5.large, allocatedStorage: 500}}}",
			want:      `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {managementPolicies: [Observe], forProvider: {region: eu-west-1}}}`,
			condition: "Observed: instance is only observed: db.m5.large (2 vCPU, 8 GiB) runs; small would be db.t4g.medium (2 vCPU, 4 GiB)",
		},
		"Replica": {
			reason:  "A replica has its source's disk.",
			xr:      "{profile: small}",
			desired: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {replicateSourceDbRef: {name: main}}}}`,
			want:    `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {replicateSourceDbRef: {name: main}, instanceClass: db.t4g.medium}}}`,
		},
		"Oracle": {
			reason:  "An engine that does not run on these classes passes through.",
			xr:      "{}",
			desired: `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {engine: oracle-se2}}}`,
			want:    `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {engine: oracle-se2}}}`,
		},
		"Memory": {
			reason:      "Much memory for few vCPUs takes a memory-heavy family.",
			xr:          "{profile: reporting}",
			environment: "profiles: {reporting: {vcpu: 8, memoryGiB: 64, storageGiB: 2048}}",
			desired:     awsInstance,
			want:        awsSized("instanceClass: db.r7g.2xlarge, allocatedStorage: 2048, maxAllocatedStorage: 4096"),
		},
		"Named": {
			reason:      "A class that the settings name is taken, of whatever size.",
			xr:          "{profile: medium}",
			environment: "profiles: {medium: {skus: {aws: db.m7i.large}}}",
			desired:     awsInstance,
			want:        awsSized("instanceClass: db.m7i.large, allocatedStorage: 128, maxAllocatedStorage: 256"),
		},
		"NoSuchClass": {
			reason:      "A class that does not exist is refused, with the nearest.",
			xr:          "{profile: medium}",
			environment: "profiles: {medium: {skus: {aws: db.m7g.xlrage}}}",
			desired:     awsInstance,
			fatal: `settings.profiles.medium.skus.aws: "db.m7g.xlrage" is no size of RDS that the catalog knows; where RDS has it, give it with its figures, ` +
				`such as {name: db.m7g.xlrage, vcpu: 4, memoryGiB: 16}; did you mean "db.m7g.xlarge"?`,
		},
		"TooLarge": {
			reason:      "What no class holds names the nearest.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {vcpu: 128, memoryGiB: 8, storageGiB: 64}}",
			desired:     awsInstance,
			fatal:       `spec.profile: "x" asks for 128 vCPU and 8 GiB of memory, which no size of RDS gives; the nearest is db.r7g.16xlarge with 64 vCPU and 512 GiB`,
		},
		"NoStorage": {
			reason:      "A profile of one's own needs a disk.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {vcpu: 8, memoryGiB: 8}}",
			desired:     awsInstance,
			fatal:       `settings.profiles.x.storageGiB: is missing`,
		},
		"NoFigures": {
			reason:      "A profile that names another cloud's size has figures for this one.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {storageGiB: 64, skus: {gcp: db-custom-2-8192}}}",
			desired:     awsInstance,
			fatal:       `settings.profiles.x: names no skus.aws, so it needs vcpu and memoryGiB`,
		},
	}.run(t)
}
