package profilesizer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// blocks are the objects below forProvider that v1beta1 of the cluster-scoped kinds has as
// lists of one, by the CRDs of provider-gcp 1.x and provider-azure 1.x.
var blocks = []string{"settings", "highAvailability", "storage", "identity", "ipConfiguration", "locationPreference", "persistenceConfig"}

// A shaped is a resource in the newest version of its kind, as desired and as observed.
type shaped struct{ reason, desired, observed string }

// shapes are resources with and without every block that the sizer reads or writes.
func shapes() map[string]shaped {
	const gcp, gcpEnd = `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {deletionPolicy: Delete, `, `}`
	const pg, my = `{apiVersion: dbforpostgresql.azure.upbound.io/v1beta2, kind: FlexibleServer, spec: {deletionPolicy: Delete, `,
		`{apiVersion: dbformysql.azure.upbound.io/v1beta2, kind: FlexibleServer, spec: {deletionPolicy: Delete, `
	const version, where = "region: us-west2, databaseVersion: POSTGRES_15", "location: westeurope, resourceGroupName: rg, version: \"16\""
	return map[string]shaped{
		"GCPPublished": {"A published composition has a small tier of its own.", gcp + `forProvider: {` + version +
			`, settings: {diskSize: 10, tier: db-f1-micro, ipConfiguration: {ipv4Enabled: false}}}}` + gcpEnd, ""},
		"GCPBare": {"Every block is missing, and is made.", gcp + `forProvider: {` + version + `}}` + gcpEnd, ""},
		"GCPGrowth": {"A disk that does not grow by itself stands in forProvider.", gcp + `forProvider: {` + version +
			`, settings: {tier: x, diskAutoresize: false, availabilityType: REGIONAL, edition: ENTERPRISE_PLUS}}}` + gcpEnd, ""},
		"GCPInitial": {"The size stands in initProvider before.", gcp +
			`initProvider: {settings: {diskSize: 10, tier: x}}, forProvider: {` + version + `}}` + gcpEnd, ""},
		"GCPLive": {
			"The cloud's report is read.", gcp + `forProvider: {` + version + `, settings: {tier: x}}}` + gcpEnd,
			gcp + `forProvider: {settings: {tier: x}}}, status: {atProvider: {id: x, settings: {tier: x, edition: ENTERPRISE_PLUS, diskType: PD_SSD, diskSize: 500}}}}`,
		},
		"PostgresHA": {"High availability is read, or the size could not have it.", pg + `forProvider: {` + where +
			`, highAvailability: {mode: ZoneRedundant}, identity: {type: UserAssigned}}}` + gcpEnd, ""},
		"PostgresInitialHA": {"High availability in initProvider is read.", pg +
			`initProvider: {highAvailability: {mode: SameZone}}, forProvider: {` + where + `}}` + gcpEnd, ""},
		"PostgresHeld": {
			"High availability that stays has its standby where it is.", pg + `initProvider: {zone: "1"}, forProvider: {` + where + `}}` + gcpEnd,
			pg + `initProvider: {zone: "1", highAvailability: {standbyAvailabilityZone: "2"}}, ` +
				`forProvider: {skuName: GP_Standard_D4ds_v5, highAvailability: {mode: ZoneRedundant}}}, ` +
				`status: {atProvider: {id: x, skuName: GP_Standard_D2ds_v5, storageMb: 131072, highAvailability: {mode: ZoneRedundant}}}}`,
		},
		"PostgresWaits": {
			"High availability that waits is taken out.", pg + `forProvider: {` + where + `, highAvailability: {mode: ZoneRedundant}}}` + gcpEnd,
			pg + `forProvider: {skuName: B_Standard_B2s}}, status: {atProvider: {id: x, skuName: B_Standard_B2s, storageMb: 131072}}}`,
		},
		"MySQLBare": {"The storage block is made.", my + `forProvider: {` + strings.Replace(where, `"16"`, "8.0.21", 1) + `}}` + gcpEnd, ""},
		"MySQLStorage": {
			"The storage block that is there keeps its fields.", my + `forProvider: {` + strings.Replace(where, `"16"`, "8.0.21", 1) +
				`, storage: {autoGrowEnabled: true, sizeGb: 20}, highAvailability: {mode: SameZone}}}` + gcpEnd,
			my + `forProvider: {}}, status: {atProvider: {id: x, skuName: GP_Standard_D2ads_v5, storage: {sizeGb: 900}, highAvailability: {mode: SameZone}}}}`,
		},
		"Redis": {
			"An amount of memory is a number in every version.", `{apiVersion: redis.gcp.upbound.io/v1beta2, kind: Instance, spec: {deletionPolicy: Delete, ` +
				`forProvider: {region: europe-west1, tier: STANDARD_HA, persistenceConfig: {persistenceMode: RDB}}}}`, `{status: {atProvider: {id: x, memorySizeGb: 50}}}`,
		},
		"ReplicationGroup": {
			"A node type is a name in every version.", `{apiVersion: elasticache.aws.upbound.io/v1beta2, kind: ReplicationGroup, spec: {deletionPolicy: Delete, ` +
				`forProvider: {region: eu-west-1, description: x, automaticFailoverEnabled: true}}}`, "",
		},
		"ManagedRedis": {
			"A block beside the size stays as it is.", `{apiVersion: cache.azure.upbound.io/v1beta1, kind: ManagedRedis, spec: {deletionPolicy: Orphan, forProvider: ` +
				`{location: westeurope, resourceGroupName: rg, highAvailabilityEnabled: false, defaultDatabase: {clusteringPolicy: EnterpriseCluster}}}}`,
			`{spec: {forProvider: {skuName: Balanced_B3}}, status: {atProvider: {id: x, skuName: Balanced_B3, highAvailabilityEnabled: false}}}`,
		},
		"Premium": {
			"Messaging units are a number in every version.", `{apiVersion: servicebus.azure.upbound.io/v1beta2, kind: ServiceBusNamespace, spec: ` +
				`{deletionPolicy: Delete, forProvider: {location: westeurope, resourceGroupName: rg, sku: Premium, identity: {type: SystemAssigned}}}}`, "",
		},
		"RDS": {"A kind without blocks is what it is.", `{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {deletionPolicy: Delete, forProvider: ` +
			`{region: eu-west-1, engine: postgres, storageType: gp3, multiAz: true}}}`, `{status: {atProvider: {id: x, allocatedStorage: 500}}}`},
	}
}

// TestForms holds that a resource in a version of lists of one is sized to what it is in the
// newest version, in the form that it has, and that the newest fits its CRD.
func TestForms(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range shapes() {
		for _, profile := range []string{"nano", "small", "medium", "large"} {
			t.Run(name+"/"+profile, func(t *testing.T) {
				run := func(change func(*structpb.Struct)) (*structpb.Struct, string) {
					s := sizing{xr: "{profile: " + profile + "}", desired: tc.desired, observed: tc.observed}
					req := s.request(t)
					for _, state := range []*fnv1.State{req.GetDesired(), req.GetObserved()} {
						if r := state.GetResources()["instance"]; r != nil {
							change(r.GetResource())
						}
					}
					rsp, err := (&Function{}).RunFunction(t.Context(), req)
					if err != nil || len(rsp.GetResults()) > 0 {
						t.Fatal(err, rsp.GetResults())
					}
					return rsp.GetDesired().GetResources()["instance"].GetResource(), conditionOf(rsp)
				}
				want, wantCondition := run(func(*structpb.Struct) {})
				if err := checker.Check(want.AsMap()); err != nil {
					t.Errorf("\n%s\nthe newest version does not fit: %v", tc.reason, err)
				}
				got, condition := run(func(o *structpb.Struct) { relist(o); rename(o, "v1beta1") })
				if diff := cmp.Diff(wantCondition, condition); diff != "" {
					t.Errorf("\n%s\ncondition in lists of one: -want, +got:\n%s", tc.reason, diff)
				}
				relisted := proto.CloneOf(want)
				relist(relisted)
				rename(relisted, object.String(got, "apiVersion")[strings.Index(object.String(got, "apiVersion"), "/")+1:])
				if diff := cmp.Diff(relisted, got, protocmp.Transform()); diff != "" {
					t.Errorf("\n%s\nin lists of one: -want, +got:\n%s", tc.reason, diff)
				}
				got, condition = run(nulls)
				unnull(got)
				if diff := cmp.Diff(wantCondition, condition); diff != "" {
					t.Errorf("\n%s\ncondition with nulls: -want, +got:\n%s", tc.reason, diff)
				}
				if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
					t.Errorf("\n%s\nwith nulls: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

func rename(o *structpb.Struct, version string) {
	if group, _, ok := strings.Cut(object.String(o, "apiVersion"), "/"); ok {
		object.Set(o, group+"/"+version, "apiVersion")
	}
}

// relist makes lists of one of the blocks of a resource.
func relist(o *structpb.Struct) {
	for key, v := range o.GetFields() {
		if s := v.GetStructValue(); s != nil {
			relist(s)
			for _, b := range blocks {
				if key == b {
					o.Fields[key] = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{v}})
				}
			}
		}
	}
}

// nulls puts a null wherever a template can leave one: in every field that the sizer reads
// and that is not there, and in the blocks around them.
func nulls(o *structpb.Struct) {
	for _, f := range everyField {
		for _, path := range [][]string{f.forProvider, f.initProvider, f.atProvider} {
			s := o
			for _, key := range path {
				if s.GetFields() == nil {
					break
				}
				v, ok := s.GetFields()[key]
				if !ok {
					s.Fields[key] = structpb.NewNullValue()
				}
				s = v.GetStructValue()
			}
		}
	}
}

func unnull(o *structpb.Struct) {
	for key, v := range o.GetFields() {
		switch v.GetKind().(type) {
		case *structpb.Value_NullValue:
			delete(o.GetFields(), key)
		case *structpb.Value_StructValue:
			unnull(v.GetStructValue())
		}
	}
}

// everyField is what the sizer reads of databases, and what marks a replica.
var everyField = []field{
	awsClass, awsDisk, awsDiskLimit, awsEngine, awsIOPS, awsStorage, awsMBps, awsMultiAZ,
	azureSKU, azureHA, azureHAMode, azurePostgresDisk, azureMySQLDisk, azureTier,
	cacheMemory, cacheTier, cacheNode, cacheFailover, cacheHA, queueSKU, queueCapacity, fieldAt("globalReplicationGroupId"),
	gcpVersion, gcpAvailability, gcpTier, gcpEdition, gcpDisk, gcpDiskType, gcpAutoresize,
	fieldAt("replicateSourceDb"), fieldAt("replicateSourceDbRef"), fieldAt("replicateSourceDbSelector"),
	fieldAt("masterInstanceName"), fieldAt("masterInstanceNameRef"), fieldAt("masterInstanceNameSelector"), fieldAt("instanceType"),
	fieldAt("createMode"), fieldAt("replicationRole"), fieldAt("sourceServerId"), fieldAt("sourceServerIdRef"), fieldAt("sourceServerIdSelector"),
}
