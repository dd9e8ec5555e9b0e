package profilesizer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A found is a database that was made outside, as its cloud reports it: with every field that
// belongs to a size.
type found struct {
	head, desired, live string
	fields              []field // that stay as they are
}

func founds() map[string]found {
	return map[string]found{
		"gcp": {
			"sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance", "databaseVersion: POSTGRES_16, settings: {availabilityType: REGIONAL}",
			"databaseVersion: POSTGRES_16, settings: {tier: db-custom-6-20480, edition: ENTERPRISE, diskType: PD_HDD, diskSize: 700, " +
				"diskAutoresize: false, diskAutoresizeLimit: 900}",
			[]field{gcpTier, gcpEdition, gcpDiskType, gcpDisk, gcpAutoresize, gcpLimit},
		},
		"gcpHyperdisk": {
			"sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance", "databaseVersion: MYSQL_8_4",
			"settings: {tier: db-c4a-highmem-4, edition: ENTERPRISE_PLUS, diskType: HYPERDISK_BALANCED, diskSize: 344, diskAutoresize: false}",
			[]field{gcpTier, gcpEdition, gcpDiskType, gcpDisk, gcpAutoresize},
		},
		"aws": {
			"rds.aws.m.upbound.io/v1beta1, kind: Instance", "engine: mysql, engineVersion: \"5.7\", storageType: gp3, multiAz: true",
			"instanceClass: db.r6i.2xlarge, engineVersionActual: 5.7.44, storageType: gp2, allocatedStorage: 500, maxAllocatedStorage: 1000, iops: 1500",
			[]field{awsClass, awsStorage, awsDisk, awsDiskLimit},
		},
		"awsNoGrowth": {
			"rds.aws.m.upbound.io/v1beta1, kind: Instance", "engine: postgres, storageType: gp3",
			"instanceClass: db.x2g.large, storageType: gp3, allocatedStorage: 37, maxAllocatedStorage: 0",
			[]field{awsClass, awsStorage, awsDisk, awsDiskLimit},
		},
		"pg": {
			"dbforpostgresql.azure.m.upbound.io/v1beta1, kind: FlexibleServer", "version: \"16\", highAvailability: {mode: SameZone}",
			"skuName: GP_Standard_D4s_v3, storageMb: 524288, storageTier: P30, highAvailability: {mode: SameZone}",
			[]field{azureSKU, azurePostgresDisk, azureTier},
		},
		"my": {
			"dbformysql.azure.m.upbound.io/v1beta1, kind: FlexibleServer", "version: 8.0.21, storage: {autoGrowEnabled: true}",
			"skuName: MO_Standard_E4ds_v4, storage: {sizeGb: 333, autoGrowEnabled: true}",
			[]field{azureSKU, azureMySQLDisk},
		},
		"redis": {
			"redis.gcp.m.upbound.io/v1beta1, kind: Instance", "region: europe-west1, tier: BASIC", "tier: BASIC, memorySizeGb: 37", []field{cacheMemory},
		},
		"elasticache": {
			"elasticache.aws.m.upbound.io/v1beta1, kind: ReplicationGroup", "region: eu-west-1, automaticFailoverEnabled: true", "nodeType: cache.r5.large",
			[]field{cacheNode},
		},
		"managedRedis": {
			"cache.azure.m.upbound.io/v1beta1, kind: ManagedRedis", "location: westeurope, highAvailabilityEnabled: false",
			"skuName: MemoryOptimized_M20, highAvailabilityEnabled: false",
			[]field{azureSKU},
		},
		"serviceBus": {
			"servicebus.azure.m.upbound.io/v1beta1, kind: ServiceBusNamespace", "location: westeurope, sku: Premium", "sku: Premium, capacity: 8",
			[]field{queueCapacity},
		},
	}
}

func (f found) desire(version string, kept bool) string {
	annotations := ""
	if kept {
		annotations = "metadata: {annotations: {" + keepAnnotation + ": " + keepWord + "}}, "
	}
	return "{apiVersion: " + f.head + ", " + annotations + "spec: {forProvider: {" + f.desired + version + "}}}"
}

// TestKept holds that a database that was taken over keeps all of its size under every profile,
// in every form, and when only its spec is known.
func TestKept(t *testing.T) {
	for name, f := range founds() {
		for where, observed := range map[string]string{
			"status": "{status: {atProvider: {id: x, " + f.live + "}}}", "spec": "{spec: {forProvider: {" + f.live + "}}, status: {atProvider: {id: x}}}",
		} {
			for _, profile := range []string{"nano", "small", "medium", "large", "xlarge"} {
				for _, listed := range []bool{false, true} {
					tc := sizing{xr: "{profile: " + profile + "}", desired: f.desire("", true), observed: observed}
					req := tc.request(t)
					desired, there := req.GetDesired().GetResources()["instance"].GetResource(), req.GetObserved().GetResources()["instance"].GetResource()
					if listed {
						relist(desired)
						relist(there)
						object.Set(desired, strings.Replace(object.String(desired, "apiVersion"), ".m.upbound", ".upbound", 1), "apiVersion")
					}
					rsp, err := (&Function{}).RunFunction(t.Context(), req)
					if err != nil || len(rsp.GetResults()) > 0 || rsp.GetConditions()[0].GetReason() != "Kept" {
						t.Fatal(name, where, profile, err, rsp.GetResults(), conditionOf(rsp))
					}
					o := rsp.GetDesired().GetResources()["instance"].GetResource()
					for _, one := range f.fields {
						want, got := one.live(there), object.Find(o, one.forProvider...)
						if diff := cmp.Diff(want.AsInterface(), got.AsInterface()); diff != "" {
							t.Errorf("%s by its %s under %s, listed %t: %v: -want, +got:\n%s", name, where, profile, listed, one.forProvider, diff)
						}
					}
				}
			}
		}
	}
}

func TestKeptDisk(t *testing.T) {
	aws, gcp, pg := founds()["aws"], founds()["gcp"], founds()["pg"]
	live := func(f found) string { return "{status: {atProvider: {id: x, " + f.live + "}}}" }
	sizings{
		"Said": {
			reason: "What runs is said, and what the profile would be.", xr: "{profile: medium}", desired: aws.desire("", true), observed: live(aws),
			condition: "Kept: keeps db.r6i.2xlarge (8 vCPU, 64 GiB), which runs; medium would be db.m5.xlarge (4 vCPU, 16 GiB)",
		},
		"Larger": {
			reason: "A larger disk that the claim says is asked for, and the limit stays where it has room.", xr: "{profile: medium, database: {storageGiB: 800}}",
			desired: aws.desire("", true), observed: live(aws),
			want: strings.Replace(aws.desire(", instanceClass: db.r6i.2xlarge, allocatedStorage: 800, maxAllocatedStorage: 1000", true), "gp3", "gp2", 1),
			condition: "Kept: keeps db.r6i.2xlarge (8 vCPU, 64 GiB), which runs; medium would be db.m5.xlarge (4 vCPU, 16 GiB); " +
				"the disk grows from 500 to 800 GiB, as spec.database.storageGiB says",
		},
		"Limit": {
			reason: "A limit that is too near rises with the disk.", xr: "{profile: medium, database: {storageGiB: 950}}",
			desired: aws.desire("", true), observed: live(aws),
			want: strings.Replace(aws.desire(", instanceClass: db.r6i.2xlarge, allocatedStorage: 950, maxAllocatedStorage: 1900", true), "gp3", "gp2", 1),
		},
		"Smaller": {
			reason: "A smaller disk that the claim says is not.", xr: "{profile: medium, database: {storageGiB: 100}}",
			desired: aws.desire("", true), observed: live(aws),
			want: strings.Replace(aws.desire(", instanceClass: db.r6i.2xlarge, allocatedStorage: 500, maxAllocatedStorage: 1000", true), "gp3", "gp2", 1),
			condition: "Kept: keeps db.r6i.2xlarge (8 vCPU, 64 GiB), which runs; medium would be db.m5.xlarge (4 vCPU, 16 GiB); " +
				"the disk keeps its 500 GiB although 100 are asked for, since a disk never shrinks",
		},
		"LargerGCP": {
			reason: "Cloud SQL's limit rises with the disk, too.", xr: "{profile: medium, database: {storageGiB: 1000}}",
			desired: gcp.desire("", true), observed: live(gcp),
			want: strings.Replace(gcp.desire("", true), "availabilityType: REGIONAL", "availabilityType: REGIONAL, tier: db-custom-6-20480, "+
				"edition: ENTERPRISE, diskType: PD_HDD, diskAutoresize: false, diskSize: 1000, diskAutoresizeLimit: 2000", 1),
		},
		"LargerAzure": {
			reason: "Azure's disk takes the next size, and the tier that it needs.", xr: "{profile: medium, database: {storageGiB: 1100}}",
			desired: pg.desire("", true), observed: live(pg), want: pg.desire(", skuName: GP_Standard_D4s_v3, storageMb: 2097152, storageTier: P40", true),
		},
		"Unknown": {
			reason: "Where nobody knows a size yet, the profile decides.", xr: "{profile: small}", desired: pg.desire("", true),
			condition: "Sized: small: GP_Standard_D2ds_v5 (2 vCPU, 8 GiB), 64 GiB of disk",
		},
		"Unmarked": {
			reason: "Without the annotation the profile decides.", xr: "{profile: medium}", desired: aws.desire("", false), observed: live(aws),
			want: aws.desire(", instanceClass: db.m5.xlarge, allocatedStorage: 500, maxAllocatedStorage: 1000, iops: 12000, storageThroughput: 500", false),
			condition: "Sized: medium: db.m5.xlarge (4 vCPU, 16 GiB), 500 GiB of disk; the disk keeps its 500 GiB although 128 are asked for, since a disk " +
				"never shrinks",
		},
		"NoFit": {
			reason: "A profile that fits no class is no matter.", xr: "{profile: x}", environment: "profiles: {x: {vcpu: 128, memoryGiB: 8, storageGiB: 64}}",
			desired: aws.desire("", true), observed: live(aws), condition: "Kept: keeps db.r6i.2xlarge (8 vCPU, 64 GiB), which runs",
		},
	}.run(t)
}

// TestKeptServed holds what is said of caches and queues that keep their size.
func TestKeptServed(t *testing.T) {
	redis, azure := founds()["redis"], founds()["managedRedis"]
	kept := func(manifest string) string {
		return strings.Replace(manifest, "spec:", "metadata: {annotations: {"+keepAnnotation+": "+keepWord+"}}, spec:", 1)
	}
	sizings{
		"GCP": {
			reason: "An amount of memory is kept, too.", xr: "{profile: medium}", desired: redis.desire("", true),
			observed: "{status: {atProvider: {id: x, " + redis.live + "}}}", want: redis.desire(", memorySizeGb: 37", true),
			condition: "Kept: keeps 37 GiB, which runs; medium would be 6 GiB",
		},
		"AzureData": {
			reason: "What the profile would be is said also where a change would take the data.", xr: "{profile: medium}",
			desired: outlives(azure.desire("", true)), observed: "{status: {atProvider: {id: x, " + azure.live + "}}}",
			condition: "Kept: keeps MemoryOptimized_M20 (4 vCPU, 24 GiB, 19.2 usable), which runs; medium would be Balanced_B5 (2 vCPU, 6 GiB, 4.8 usable)",
		},
		"AzureLooks": {
			reason: "A cache that is only looked at is said with what its profile would be.", xr: "{profile: medium}",
			desired:  "{apiVersion: cache.azure.m.upbound.io/v1beta1, kind: ManagedRedis, spec: {managementPolicies: [Observe], forProvider: {}}}",
			observed: "{status: {atProvider: {id: x, " + azure.live + "}}}",
			condition: "Observed: instance is only observed: MemoryOptimized_M20 (4 vCPU, 24 GiB, 19.2 usable) runs; medium would be Balanced_B5 " +
				"(2 vCPU, 6 GiB, 4.8 usable)",
		},
		"GCPFrozen": {
			reason: "A cache that is paused keeps its memory.", xr: "{profile: medium}",
			desired:   strings.Replace(redis.desire("", false), "spec:", `metadata: {annotations: {crossplane.io/paused: "true"}}, spec:`, 1),
			observed:  "{status: {atProvider: {id: x, " + redis.live + "}}}",
			condition: "Kept: keeps 37 GiB, since it is paused; medium would be 6 GiB",
		},
		"GCPLost": {
			reason: "A cache of which nobody knows the memory gets one that counts at creation only.", xr: "{profile: medium}", desired: redis.desire("", true),
			observed:  "{status: {atProvider: {id: x}}}",
			want:      strings.Replace(redis.desire("", true), "forProvider", "initProvider: {memorySizeGb: 6}, forProvider", 1),
			condition: "Kept: keeps the size that it has, which nobody reports",
		},
		"IBM": {
			reason: "A cache's server keeps flavor, memory and disk, and has no number of CPUs.", xr: "{profile: nano}", desired: kept(cacheOnIBM("")),
			observed: "{status: {atProvider: {outputs: {host_flavor: multitenant, memory_mb: 8192, cpu_count: 2, disk_mb: 16384}}}}",
			want:     kept(cacheOnIBM("host_flavor: multitenant, memory_mb: 8192, disk_mb: 16384")),
		},
		"Queue": {
			reason: "A queue's server keeps its machine.", xr: "{type: queue}", desired: kept(queueOnIBM("")),
			observed:  "{status: {atProvider: {outputs: {host_flavor: b3c.8x32.encrypted, disk_mb: 40960}}}}",
			want:      kept(queueOnIBM("host_flavor: b3c.8x32.encrypted, disk_mb: 40960")),
			condition: "Kept: keeps b3c.8x32.encrypted (8 vCPU, 32 GiB), which runs; nano would be multitenant (1 vCPU, 8 GiB)",
		},
	}.run(t)
}

// TestKeptIBM holds the same of the variables of IBM's module.
func TestKeptIBM(t *testing.T) {
	kept := func(varmap string) string {
		return strings.Replace(ibmWorkspace(varmap), "spec:", "metadata: {annotations: {"+keepAnnotation+": "+keepWord+"}}, spec:", 1)
	}
	sizings{
		"Dedicated": {
			reason: "A machine of its own stays, and a disk of odd MB is not rounded.", xr: "{profile: small}", desired: kept(""),
			observed:  "{status: {atProvider: {outputs: {host_flavor: b3c.8x32.encrypted, disk_mb: 40961}}}}",
			want:      kept(", host_flavor: b3c.8x32.encrypted"),
			condition: "Kept: keeps b3c.8x32.encrypted (8 vCPU, 32 GiB), which runs; small would be multitenant (2 vCPU, 8 GiB)",
		},
		"Shared": {
			reason: "A share of a machine keeps its memory and its CPUs.", xr: "{profile: nano}", desired: kept(""),
			observed: "{spec: {forProvider: {varmap: {host_flavor: multitenant, memory_mb: 16384, cpu_count: 4, disk_mb: 65536}}}, " +
				"status: {atProvider: {outputs: {host_flavor: multitenant, disk_mb: 65536}}}}",
			want:      kept(", host_flavor: multitenant, memory_mb: 16384, cpu_count: 4, disk_mb: 65536"),
			condition: "Kept: keeps multitenant (4 vCPU, 16 GiB), which runs; nano would be multitenant (1 vCPU, 8 GiB)",
		},
		"SharedUnknown": {
			reason: "Of a share of nobody knows which memory none is asked for, so that it stays.", xr: "{profile: nano}", desired: kept(""),
			observed:  "{status: {atProvider: {outputs: {host_flavor: multitenant, disk_mb: 65536}}}}",
			want:      kept(", disk_mb: 65536"),
			condition: "Kept: keeps the size that it has, of which the cloud does not tell enough",
		},
	}.run(t)
}
