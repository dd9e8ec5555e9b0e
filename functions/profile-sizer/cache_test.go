package profilesizer

import (
	"strings"
	"testing"
)

func ofKind(head, fields string) string {
	if fields != "" {
		fields = ", " + fields
	}
	return "{apiVersion: " + head + fields + "}}}"
}

func cacheOnGCP(fields string) string {
	return ofKind("redis.gcp.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {region: europe-west1", fields)
}

func cacheOnAWS(fields string) string {
	return ofKind("elasticache.aws.m.upbound.io/v1beta1, kind: ReplicationGroup, spec: {forProvider: {region: eu-west-1, description: x", fields)
}

func cacheOnAzure(fields string) string {
	return ofKind("cache.azure.m.upbound.io/v1beta1, kind: ManagedRedis, spec: {forProvider: {location: westeurope, resourceGroupName: rg", fields)
}

func serverOnIBM(service, varmap string) string {
	if varmap != "" {
		varmap = ", " + varmap
	}
	return "{apiVersion: opentofu.m.upbound.io/v1beta1, kind: Workspace, spec: {forProvider: {varmap: {service: " + service + varmap + "}}}}"
}

func cacheOnIBM(varmap string) string { return serverOnIBM(serviceRedis, varmap) }

// outlives makes an orphan of a desired resource.
func outlives(manifest string) string {
	return strings.Replace(manifest, "spec: {", "spec: {managementPolicies: [Observe, Create, Update], ", 1)
}

func TestSizeCache(t *testing.T) {
	sizings{
		"GCP": {
			reason: "Memorystore has an amount of memory and no names of sizes.", xr: "{profile: medium}", desired: cacheOnGCP("tier: BASIC"),
			want: cacheOnGCP("tier: BASIC, memorySizeGb: 6"), condition: "Sized: medium: 6 GiB",
		},
		"GCPLeast": {
			reason: "Memorystore has no part of a GiB.", xr: "{profile: nano}", desired: cacheOnGCP("memorySizeGb: 5"), want: cacheOnGCP("memorySizeGb: 1"),
		},
		"GCPSmaller": {
			reason: "Memory changes in both directions, and what does not fit is refused by Google.", xr: "{profile: small}", desired: cacheOnGCP(""),
			observed: "{status: {atProvider: {id: x, memorySizeGb: 50}}}", want: cacheOnGCP("memorySizeGb: 3"),
		},
		"GCPNamed": {
			reason: "A profile names an amount of its own for one cloud.", xr: "{profile: medium}", environment: "profiles: {medium: {skus: {gcpCache: 13 GiB}}}",
			desired: cacheOnGCP(""), want: cacheOnGCP("memorySizeGb: 13"),
		},
		"GCPNoSuch": {
			reason: "An amount that Memorystore does not have is refused.", xr: "{profile: medium}",
			environment: "profiles: {medium: {skus: {gcpCache: 512 GiB}}}", desired: cacheOnGCP(""),
			fatal: `settings.profiles.medium.skus.gcpCache: "512 GiB" is no size of Memorystore for Redis; allowed is 1 GiB to 300 GiB`,
		},
		"GCPTooMuch": {
			reason: "What Memorystore cannot have is refused, with the nearest.", xr: "{profile: x}", environment: "profiles: {x: {cacheGiB: 301}}",
			desired: cacheOnGCP(""),
			fatal:   `spec.profile: "x" asks for 301 GiB of memory, which no size of Memorystore for Redis gives; the nearest is 300 GiB`,
		},
		"AWS": {
			reason: "A node has memory that it keeps for itself, which is said.", xr: "{profile: medium}", desired: cacheOnAWS("automaticFailoverEnabled: true"),
			want:      cacheOnAWS("automaticFailoverEnabled: true, nodeType: cache.m7g.large"),
			condition: "Sized: medium: cache.m7g.large (2 vCPU, 6.38 GiB, 4.79 usable)",
		},
		"AWSMemory": {
			reason: "Much memory for few vCPUs takes a memory-heavy node.", xr: "{profile: x}", environment: "profiles: {x: {memoryGiB: 20}}", desired: cacheOnAWS(""),
			want: cacheOnAWS("nodeType: cache.r7g.xlarge"),
		},
		"AWSFigures": {
			reason: "A node type that the catalog lacks has its figures beside its name.", xr: "{profile: x}",
			environment: "profiles: {x: {skus: {awsCache: {name: cache.c7gn.large, vcpu: 2, memoryGiB: 3.08}}}}",
			desired:     cacheOnAWS(""), want: cacheOnAWS("nodeType: cache.c7gn.large"),
			condition: "Sized: x: cache.c7gn.large (2 vCPU, 3.08 GiB, 2.31 usable)",
		},
		"AWSUnknown": {
			reason: "A node type of another service is refused.", xr: "{profile: x}", environment: "profiles: {x: {memoryGiB: 3, skus: {awsCache: db.m7g.large}}}",
			desired: cacheOnAWS(""),
			fatal: `settings.profiles.x.skus.awsCache: "db.m7g.large" is no size of ElastiCache that the catalog knows; where ElastiCache has it, give it with its ` +
				`figures, such as {name: db.m7g.large, vcpu: 4, memoryGiB: 16}; the profile's figures would give cache.t4g.medium with 2 vCPU and 3.09 GiB`,
		},
		"AWSSecondary": {
			reason: "The secondary of a global group has its primary's nodes.", xr: "{profile: medium}", desired: cacheOnAWS("globalReplicationGroupId: ldgnf-x"),
			want: cacheOnAWS("globalReplicationGroupId: ldgnf-x"),
		},
		"Azure": {
			reason: "Azure's sizes are of its Balanced family.", xr: "{profile: large}", desired: cacheOnAzure(""),
			want:      cacheOnAzure("skuName: Balanced_B10"),
			condition: "Sized: large: Balanced_B10 (4 vCPU, 12 GiB, 9.6 usable)",
		},
		"IBM": {
			reason: "A cache's disk has room for its memory.", xr: "{profile: medium}", desired: cacheOnIBM("persistence: false"),
			want:      cacheOnIBM("persistence: false, host_flavor: multitenant, memory_mb: 8192, disk_mb: 8192"),
			condition: "Sized: medium: multitenant (1 vCPU, 8 GiB, 6.4 usable), 8 GiB of disk",
		},
		"IBMPersistent": {
			reason: "The log of changes needs as much again.", xr: "{profile: medium}", desired: cacheOnIBM("persistence: true"),
			want: cacheOnIBM("persistence: true, host_flavor: multitenant, memory_mb: 8192, disk_mb: 16384"),
		},
		"IBMUnsaid": {
			reason: "A cache that was taken over may be persistent without a word of it.", xr: "{profile: medium}", desired: cacheOnIBM(""),
			want: cacheOnIBM("host_flavor: multitenant, memory_mb: 8192, disk_mb: 16384"),
		},
		"IBMLeast": {
			reason: "IBM has no disk of less than 5 GiB.", xr: "{profile: nano}", desired: cacheOnIBM("persistence: false"),
			want: cacheOnIBM("persistence: false, host_flavor: multitenant, memory_mb: 4096, disk_mb: 5120"),
		},
		"IBMDedicated": {
			reason: "A machine of its own has its memory, and no variable of it stays.", xr: "{profile: large}",
			desired: cacheOnIBM("persistence: false, memory_mb: 4096"),
			want:    cacheOnIBM("persistence: false, host_flavor: b3c.4x16.encrypted, disk_mb: 16384"),
		},
		"IBMGrown": {
			reason: "The disk that IBM reports never shrinks.", xr: "{profile: nano}", desired: cacheOnIBM("persistence: false"),
			observed: "{spec: {forProvider: {varmap: {disk_mb: 5120}}}, status: {atProvider: {outputs: {disk_mb: 32768}}}}",
			want:     cacheOnIBM("persistence: false, host_flavor: multitenant, memory_mb: 4096, disk_mb: 32768"),
			condition: "Sized: nano: multitenant (0.5 vCPU, 4 GiB, 3.2 usable), 32 GiB of disk; " +
				"the disk keeps its 32 GiB although 5 are asked for, since a disk never shrinks",
		},
		"Limit": {
			reason: "A disk that settings do not allow is refused, and a cache has no field for a smaller one.", xr: "{profile: xlarge}",
			environment: "policy: {allowed: {maxStorageGiB: 40}}", desired: cacheOnIBM("persistence: false"),
			fatal: "spec.profile: a disk of 64 GiB, as the profile xlarge has it here, is not allowed by settings policy.allowed.maxStorageGiB; " +
				"allowed is at most 40; name a smaller profile",
		},
		"Disk": {
			reason: "A database's disk is no cache's.", xr: "{profile: nano, database: {storageGiB: 500}}", desired: cacheOnIBM("persistence: false"),
			want: cacheOnIBM("persistence: false, host_flavor: multitenant, memory_mb: 4096, disk_mb: 5120"),
		},
	}.run(t)
}

// TestCacheProfiles holds which figures of the settings a cache goes by.
func TestCacheProfiles(t *testing.T) {
	sizings{
		"Own": {
			reason: "A profile of the settings' own has one amount of memory, and what is not taken is said.", xr: "{profile: x}",
			environment: "profiles: {x: {vcpu: 8, memoryGiB: 64, storageGiB: 2048}}", desired: cacheOnGCP(""), want: cacheOnGCP("memorySizeGb: 64"),
			condition: "Sized: x: 64 GiB; it goes by memoryGiB, and not by settings.profiles.x.storageGiB, settings.profiles.x.vcpu",
		},
		"BuiltIn": {
			reason: "Another amount of memory for databases and pods changes no cache.", xr: "{profile: medium}", environment: "profiles: {medium: {memoryGiB: 32}}",
			desired: cacheOnGCP(""), want: cacheOnGCP("memorySizeGb: 6"),
			condition: "Sized: medium: 6 GiB; it goes by cacheGiB, and not by settings.profiles.medium.memoryGiB",
		},
		"CacheGiB": {
			reason: "A cache's own amount is stronger.", xr: "{profile: x}", environment: "profiles: {x: {memoryGiB: 64, cacheGiB: 8}}", desired: cacheOnGCP(""),
			want: cacheOnGCP("memorySizeGb: 8"),
		},
		"Named": {
			reason: "Of a size that is named, no figure counts.", xr: "{profile: x}",
			environment: "profiles: {x: {vcpu: 2, memoryGiB: 64, skus: {awsCache: cache.t4g.small, aws: db.m7g.large}}}", desired: cacheOnAWS(""),
			want: cacheOnAWS("nodeType: cache.t4g.small"), condition: "Sized: x: cache.t4g.small (2 vCPU, 1.37 GiB, 1.03 usable)",
		},
		"None": {
			reason: "A profile without memory has no size of a cache.", xr: "{profile: x}", environment: "profiles: {x: {vcpu: 2}}", desired: cacheOnAWS(""),
			fatal: "settings.profiles.x: names no skus.awsCache, so it needs cacheGiB or memoryGiB",
		},
		"FigureOverName": {
			reason: "A figure of a stronger source is stronger than a name of a weaker one.", xr: "{profile: medium}", environment: "profiles: {medium: {cacheGiB: 24}}",
			input: "profiles: {medium: {skus: {awsCache: cache.t4g.micro}}}", desired: cacheOnAWS(""), want: cacheOnAWS("nodeType: cache.r7g.xlarge"),
		},
		"OtherFigure": {
			reason: "A figure that is none of a cache's leaves its name.", xr: "{profile: medium}", environment: "profiles: {medium: {memoryGiB: 24}}",
			input: "profiles: {medium: {skus: {awsCache: cache.t4g.micro}}}", desired: cacheOnAWS(""), want: cacheOnAWS("nodeType: cache.t4g.micro"),
		},
		"OwnFigureOverName": {
			reason: "The only memory of a profile is a cache's, too.", xr: "{profile: x}", environment: "profiles: {x: {memoryGiB: 24}}",
			input: "profiles: {x: {skus: {awsCache: cache.t4g.micro, aws: db.t4g.micro}}}", desired: cacheOnAWS(""), want: cacheOnAWS("nodeType: cache.r7g.xlarge"),
		},
		"Missing": {
			reason: "A cache needs a profile.", xr: "{type: cache}", desired: cacheOnAWS(""),
			fatal: "spec.profile: is missing; allowed are nano, small, medium, large, xlarge",
		},
	}.run(t)
}

// TestCacheLive holds what a size waits for on a live cache.
func TestCacheLive(t *testing.T) {
	alone := "highAvailabilityEnabled: false"
	live := "{spec: {forProvider: {skuName: Balanced_B3}}, status: {atProvider: {id: x, skuName: Balanced_B3, " + alone + "}}}"
	loses := "a cache without high availability loses all data when its size changes from Balanced_B3 to Balanced_B5"
	sizings{
		"AzureAvailable": {
			reason: "A highly available cache keeps its data.", xr: "{profile: medium}", desired: outlives(cacheOnAzure("highAvailabilityEnabled: true")),
			observed:  strings.ReplaceAll(live, "false", "true"),
			want:      outlives(cacheOnAzure("highAvailabilityEnabled: true, skuName: Balanced_B5")),
			condition: "Sized: medium: Balanced_B5 (2 vCPU, 6 GiB, 4.8 usable)",
		},
		"AzureUnsaid": {
			reason: "A cache is highly available where nobody says otherwise.", xr: "{profile: medium}", desired: outlives(cacheOnAzure("")),
			observed: "{status: {atProvider: {id: x, skuName: Balanced_B3}}}", want: outlives(cacheOnAzure("skuName: Balanced_B5")),
		},
		"AzureDev": {
			reason: "What goes with its claim changes, and the loss is said.", xr: "{profile: medium}", desired: cacheOnAzure(alone), observed: live,
			want: cacheOnAzure(alone + ", skuName: Balanced_B5"), condition: "Sized: medium: Balanced_B5 (2 vCPU, 6 GiB, 4.8 usable); " + loses,
		},
		"AzureProtected": {
			reason: "What outlives its claim keeps its data, and so its size.", xr: "{profile: medium}", desired: outlives(cacheOnAzure(alone)), observed: live,
			want: outlives(cacheOnAzure(alone + ", skuName: Balanced_B3")),
			condition: "HeldBack: medium: Balanced_B3 (2 vCPU, 3 GiB, 2.4 usable); " + loses +
				", and this one outlives its claim; it keeps Balanced_B3 until it may be deleted with it",
		},
		"AzureSame": {
			reason: "The size that runs loses nothing.", xr: "{profile: small}", desired: outlives(cacheOnAzure(alone)), observed: live,
			condition: "Sized: small: Balanced_B3 (2 vCPU, 3 GiB, 2.4 usable)",
		},
		"AzureOnItsWay": {
			reason: "A change that was asked for before is not taken back.", xr: "{profile: medium}", desired: outlives(cacheOnAzure(alone)),
			observed: strings.Replace(live, "skuName: Balanced_B3}}", "skuName: Balanced_B5}}", 1), want: outlives(cacheOnAzure(alone + ", skuName: Balanced_B5")),
		},
		"AzureNew": {
			reason: "A new cache has no data.", xr: "{profile: medium}", desired: outlives(cacheOnAzure(alone)),
			want: outlives(cacheOnAzure(alone + ", skuName: Balanced_B5")), condition: "Sized: medium: Balanced_B5 (2 vCPU, 6 GiB, 4.8 usable)",
		},
	}.run(t)
}
