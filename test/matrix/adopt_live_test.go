package matrix

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// owned are tags of another Crossplane's, beside one that somebody wrote.
const owned = "{a: b, crossplane-kind: instance.rds.aws.upbound.io, crossplane-name: xsql-7d9f2-rds, crossplane-providerconfig: default}"

// A liveKind is a kind whose live state is made of its CRD, with every optional field set.
type liveKind struct {
	crd string // "" of a Workspace, whose state is what its module puts out
	// facts are what the state has in place of samples: what the claim is compared with, what
	// the steps look up by its word, and what nobody can manage.
	facts string
	tags  string
}

var liveKinds = map[string]liveKind{
	"ibm/postgres": {facts: ibmThere("postgresql", `"17"`, "host_flavor: b3c.8x32.encrypted")},
	"ibm/mysql":    {facts: ibmThere("mysql", `"8.4"`, "host_flavor: multitenant, memory_mb: 6144, cpu_count: 3")},
	"ibm/bucket": {
		facts: "{outputs: {crn: \"" + bucketCRN + "\", bucket_name: old, region_location: eu-es, versioning: true, kms_key_crn: \"crn:v1:k\", " +
			"allow_delete: false, tags: [\"a:b\"]}}",
	},
	"gcp/postgres": {
		"sql.gcp.upbound.io_databaseinstances", "{databaseVersion: POSTGRES_17, region: europe-west1, masterInstanceName: null, settings: {diskSize: 300, " +
			"tier: db-perf-optimized-N-16, edition: ENTERPRISE_PLUS, diskType: PD_SSD, availabilityType: ZONAL, activationPolicy: NEVER, deletionProtectionEnabled: " +
			"false, retainBackupsOnDelete: false, ipConfiguration: {pscConfig: []}, backupConfiguration: {backupRetentionSettings: {retentionUnit: COUNT}}}}",
		"settings.userLabels",
	},
	"gcp/mysql": {
		"sql.gcp.upbound.io_databaseinstances", "{databaseVersion: MYSQL_8_4, region: europe-west1, settings: {diskSize: 300, tier: db-n1-standard-8, " +
			"edition: ENTERPRISE, diskType: PD_HDD, availabilityType: REGIONAL, ipConfiguration: {pscConfig: []}}}",
		"settings.userLabels",
	},
	"aws/postgres": {
		"rds.aws.upbound.io_instances", "{identifier: old, engine: postgres, engineVersion: \"17.4\", engineVersionActual: \"17.4\", region: eu-west-1, " +
			"allocatedStorage: 500, maxAllocatedStorage: 1000, instanceClass: db.r6i.2xlarge, multiAz: false, deletionProtection: false, replicateSourceDb: null, " +
			"storageType: io1, iops: 6000, copyTagsToSnapshot: false, backupRetentionPeriod: 0, status: available}",
		"tags",
	},
	"aws/mysql": {
		"rds.aws.upbound.io_instances", "{identifier: old, engine: mysql, engineVersion: 8.4.5, engineVersionActual: 8.4.5, region: eu-west-1, " +
			"allocatedStorage: 500, maxAllocatedStorage: 520, instanceClass: db.m5.xlarge, storageType: gp2, publiclyAccessible: true}",
		"tags",
	},
	"azure/postgres": {
		"dbforpostgresql.azure.upbound.io_flexibleservers", "{version: \"17\", location: westeurope, storageMb: 524288, storageTier: P30, skuName: " +
			"MO_Standard_E8ds_v4, autoGrowEnabled: false, highAvailability: {mode: SameZone}, sourceServerId: null}",
		"tags",
	},
	"azure/mysql": {
		"dbformysql.azure.upbound.io_flexibleservers", "{version: \"8.4\", location: westeurope, storage: {sizeGb: 300, autoGrowEnabled: false}, skuName: " +
			"GP_Standard_D8ds_v4, highAvailability: null, replicationRole: Replica}",
		"tags",
	},
	"gcp/bucket": {
		"storage.gcp.upbound.io_buckets", "{location: EUROPE-WEST1, publicAccessPrevention: enforced, forceDestroy: false, versioning: {enabled: true}, " +
			"lifecycleRule: [{action: {type: Delete}, condition: {age: 5}}]}",
		"labels",
	},
	"aws/bucket": {"s3.aws.upbound.io_buckets", "{region: eu-west-1, forceDestroy: false, versioning: {enabled: true}}", "tags"},
	"gcp/cluster": {
		"container.gcp.upbound.io_clusters", "{location: europe-west1, masterVersion: 1.35.1-gke.1, enableAutopilot: false, network: theirs}", "resourceLabels",
	},
	"aws/cluster": {
		"eks.aws.upbound.io_clusters", "{region: eu-west-1, version: \"1.35\", computeConfig: {enabled: false}, outpostConfig: null, status: ACTIVE, " +
			"roleArn: theirs, vpcConfig: {subnetIds: [subnet-8], endpointPublicAccess: false, endpointPrivateAccess: true}}", "tags",
	},
	"azure/bucket": {
		"storage.azure.upbound.io_accounts", "{location: westeurope, accountKind: StorageV2, accountTier: Standard, resourceGroupName: theirs, " +
			"accountReplicationType: GRS, blobProperties: {versioningEnabled: true}}",
		"tags",
	},
}

// bucketCRN is by what a bucket of IBM Cloud is adopted.
const bucketCRN = "crn:v1:bluemix:public:cloud-object-storage:global:a/0:1:bucket:old"

func ibmThere(service, version, size string) string {
	return "{outputs: {crn: \"crn:v1:bluemix:public:databases-for-" + service + ":eu-es:a/0:1::\", name: old, service: databases-for-" + service +
		", engine_version: " + version + ", location: eu-es, disk_mb: 307200, plan: standard, members: 3, " + size +
		", resource_group_id: 0123456789abcdef0123456789abcdef, tags: [\"a:b\"]}}"
}

// notOfClouds are fields that a provider keeps to itself, so that their values are none of
// a cloud's; and the version, of which a claim says the major one.
var notOfClouds = []string{
	"allow_delete", "allowMajorVersionUpgrade", "applyImmediately", "createMode", "deleteAutomatedBackups", "deletionProtection", "deletion_protection",
	"engineVersion", "finalSnapshotIdentifier",
	"forceDestroy", "skipFinalSnapshot",
}

// TestTakenOverAsTheyAre holds, for databases, buckets and clusters with every optional
// field set, and with each switch off and each number 0, that a takeover under a claim of prod, which agrees and says nothing else,
// changes nothing: nothing is listed while the claim observes, and all that is asked for
// once it manages has the value that is there.
func TestTakenOverAsTheyAre(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range liveKinds {
		provider, engine, _ := strings.Cut(name, "/")
		on := object.Value(object.Map{})
		if kind.crd != "" {
			_, status, err := crds.Schemas(kind.crd)
			if err != nil {
				t.Fatal(err)
			}
			on = crds.Sample(status)
		}
		for i, sample := range []*structpb.Value{on, crds.Off(on), on, crds.Off(on)} {
			c := cell{provider: provider, engine: engine, scope: scopes[i/2], env: "prod", profile: "small"}
			t.Run(c.String()+[]string{"/on", "/off"}[i%2], func(t *testing.T) {
				there := proto.CloneOf(sample.GetStructValue())
				crds.Overlay(there, fromYAML(t, kind.facts))
				if kind.tags != "" {
					object.Set(there, fromYAML(t, owned), strings.Split(kind.tags, ".")...)
				}

				looks := c.composed(t, nil)
				observed := looks.GetDesired().GetResources()["instance"].GetResource()
				object.Set(observed, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
				object.Set(observed, there, "status", "atProvider")
				instance := map[string]*fnv1.Resource{"instance": {Resource: observed}}

				looks = c.composed(t, instance)
				if got := looks.GetConditions()[0]; !strings.Contains(got.GetMessage(), "and changes nothing but that it gets cost tags") {
					t.Errorf("what Manage would change: %s", got.GetMessage())
				}
				c.extra = "  adopt: Manage\n"
				managed := c.composed(t, instance).GetDesired().GetResources()
				if err := checker.Check(named(managed["instance"], "instance", c.scope)); err != nil {
					t.Error(err)
				}
				o := managed["instance"].GetResource()
				if policies := policiesOf(o); slices.Equal(policies, []string{"Observe"}) {
					t.Fatal("it is not taken over")
				}
				if body := object.Struct(o, "spec", "forProvider"); kind.crd == "" {
					same(t, kind, object.Struct(body, "varmap"), object.Struct(there, "outputs"), "")
				} else {
					same(t, kind, body, there, "")
				}
			})
		}
	}
}

// same holds that all of a body is what is there, but for cost tags, which are added, and
// those of another Crossplane's, which go.
func same(t *testing.T, kind liveKind, body, there *structpb.Struct, at string) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(body.GetFields())) {
		path := strings.TrimPrefix(at+"."+key, ".")
		want, got := there.GetFields()[key], body.GetFields()[key]
		inner := got.GetStructValue()
		switch {
		case kind.tags != "" && at == kind.tags && costtag.IsOwned(key):
			t.Errorf("%s is another Crossplane's", path)
		case kind.tags != "" && at == kind.tags && want == nil:
		case kind.crd == "" && (key == "tags" || key == "location" && there.GetFields()["region_location"] != nil): // with cost tags
		case inner != nil:
			same(t, kind, inner, want.GetStructValue(), path)
		case slices.Contains(notOfClouds, path):
		case path == "location" && strings.EqualFold(got.GetStringValue(), want.GetStringValue()):
		case want == nil || got.String() != want.String():
			t.Errorf("%s is %v, and %v is asked for", path, want, got)
		}
	}
	if kind.tags != "" && at == kind.tags && body.GetFields()["a"] == nil {
		t.Errorf("%s has lost what somebody wrote", at)
	}
}

// composed runs the pipeline for the claim of a database, a bucket or a cluster that was there before,
// which is not refused.
func (c cell) composed(t *testing.T, observed map[string]*fnv1.Resource) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp := c.asked(t, observed)
	if got := render.Fatal(rsp); got != "" {
		t.Fatal(got)
	}
	return rsp
}

// asked runs the pipeline for the claim of a database, a bucket or a cluster that was there before.
func (c cell) asked(t *testing.T, observed map[string]*fnv1.Resource) *fnv1.RunFunctionResponse {
	t.Helper()
	external := "old"
	if name, odd := map[string]string{"azure": "oldaccount/files", "ibm": `"` + bucketCRN + `"`}[c.provider]; odd && c.engine == "bucket" {
		external = name
	}
	c.extra += "  externalName: " + external + "\n"
	switch c.engine {
	case "bucket":
		return c.runBucket(t, buckets, observed)
	case "cluster":
		return c.runCluster(t, observed)
	}
	return c.run(t, full, observed)
}
