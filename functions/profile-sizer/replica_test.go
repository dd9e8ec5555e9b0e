package profilesizer

import (
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// A kindOf is a kind as a case writes it down: what comes around its forProvider.
type kindOf struct{ head, disk, there string }

var replicaKinds = map[string]kindOf{
	"gcp": {"sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance", "settings: {diskSize: 500}", "settings: {diskSize: 900}"},
	"aws": {"rds.aws.m.upbound.io/v1beta1, kind: Instance", "allocatedStorage: 500", "allocatedStorage: 900"},
	"pg":  {"dbforpostgresql.azure.m.upbound.io/v1beta1, kind: FlexibleServer", "storageMb: 524288", "storageMb: 1048576"},
	"my":  {"dbformysql.azure.m.upbound.io/v1beta1, kind: FlexibleServer", "storage: {sizeGb: 500}", "storage: {sizeGb: 900}"},
}

// TestReplicas holds which databases have their source's disk, that none is asked to be smaller
// than it is, and that Azure's have a size that a replica can have.
func TestReplicas(t *testing.T) {
	const replica, copied, own = "replica", "copy", "own"
	cases := map[string]struct{ reason, kind, desired, observed, want string }{
		"GCP":         {"A name of the primary makes a replica.", "gcp", "masterInstanceName: main", "", replica},
		"GCPNull":     {"A null names no primary.", "gcp", "masterInstanceName: null", "", own},
		"GCPEmpty":    {"An empty name is none.", "gcp", `masterInstanceName: ""`, "", own},
		"GCPRef":      {"A reference to the primary makes a replica.", "gcp", "masterInstanceNameRef: {name: main}", "", replica},
		"GCPSelector": {"A selector of the primary makes a replica.", "gcp", "masterInstanceNameSelector: {matchLabels: {a: b}}", "", replica},
		"GCPReported": {"Cloud SQL's own word makes a replica.", "gcp", "", "instanceType: READ_REPLICA_INSTANCE", replica},
		"GCPPool":     {"A read pool is a replica.", "gcp", "", "instanceType: READ_POOL_INSTANCE", replica},
		"GCPPrimary":  {"Cloud SQL's word for a primary makes none.", "gcp", "", "instanceType: CLOUD_SQL_INSTANCE", own},
		"AWS":         {"A source makes a replica.", "aws", "replicateSourceDb: main", "", replica},
		"AWSNull":     {"A null is no source.", "aws", "replicateSourceDb: null", "", own},
		"AWSRef":      {"A reference to the source makes a replica.", "aws", "replicateSourceDbRef: {name: main}", "", replica},
		"AWSSelector": {"A selector of the source makes a replica.", "aws", "replicateSourceDbSelector: {matchLabels: {a: b}}", "", replica},
		"AWSReported": {"RDS' own word makes a replica.", "aws", "", "replicateSourceDb: main", replica},
		"AWSEmpty":    {"RDS reports no source as an empty one.", "aws", "", `replicateSourceDb: ""`, own},
		"PG":          {"The mode makes a replica.", "pg", "createMode: Replica, sourceServerIdSelector: {matchLabels: {a: b}}", "", replica},
		"PGReported":  {"Azure's own word makes a replica.", "pg", "", "replicationRole: AsyncReplica", replica},
		"PGGeo":       {"A replica in another region is one.", "pg", "", "replicationRole: GeoAsyncReplica", replica},
		"PGPrimary":   {"Azure's word for a primary makes none.", "pg", "", "replicationRole: Primary", own},
		"PGPromoted":  {"A promoted one keeps its mode, and is one no more.", "pg", "createMode: Replica", "storageMb: 32768, replicationRole: Primary", own},
		"PGDefault":   {"The usual mode makes a server of its own.", "pg", "createMode: Default", "", own},
		"PGRestore":   {"What is restored has its backup's disk at first.", "pg", "createMode: PointInTimeRestore, sourceServerId: x", "", copied},
		"PGRestored":  {"What has been restored is a server like any other.", "pg", "createMode: PointInTimeRestore, sourceServerId: x", "storageMb: 32768", own},
		"PGGeoBackup": {"A restore from another region is one.", "pg", "createMode: GeoRestore, sourceServerIdRef: {name: x}", "", copied},
		"PGRevived":   {"A server that was dropped comes back with its disk.", "pg", "createMode: ReviveDropped", "", copied},
		"PGSource": {
			"The provider reports no role of PostgreSQL, and a source of a replica alone.", "pg", "", "sourceServerId: main", replica,
		},
		"PGAdopted": {
			"A replica that was adopted is changed by a mode of its own.", "pg", "createMode: Update, sourceServerId: main",
			"createMode: Update, sourceServerId: main", replica,
		},
		"PGNoSource": {"An empty source is none.", "pg", "", `sourceServerId: ""`, own},
		"PGHadBackup": {
			"The source that a restore was made of stays in the status.", "pg", "createMode: GeoRestore, sourceServerId: x",
			"storageMb: 32768, sourceServerId: x", own,
		},
		"PGSaysMode":  {"A restore may be told by the status alone.", "pg", "", "createMode: PointInTimeRestore, sourceServerId: x", own},
		"PGNone":      {"A replica that its managed resource promotes is one no more.", "pg", "", "replicationRole: None, sourceServerId: x", own},
		"MySQL":       {"The mode makes a replica of MySQL.", "my", "createMode: Replica, sourceServerId: x", "", replica},
		"MySQLWord":   {"Azure's own word makes a replica of MySQL.", "my", "", "replicationRole: Replica", replica},
		"MySQLSource": {"Azure's word for a source makes none.", "my", "createMode: Default", "replicationRole: Source", own},
		"MySQLHad":    {"Of MySQL the role is told, and the source alone says nothing.", "my", "", "sourceServerId: x, replicationRole: None", own},
		"MySQLBackup": {"What is restored of MySQL has its backup's disk at first.", "my", "createMode: PointInTimeRestore, sourceServerId: x", "", copied},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			k := replicaKinds[tc.kind]
			run := func(fields, status string) (*structpb.Struct, string) {
				sz := sizing{xr: "{profile: small}", desired: "{apiVersion: " + k.head + ", spec: {forProvider: {" + fields + "}}}"}
				if status != "" {
					sz.observed = "{status: {atProvider: {id: x, " + status + "}}}"
				}
				rsp, err := (&Function{}).RunFunction(t.Context(), sz.request(t))
				if err != nil || len(rsp.GetResults()) > 0 || rsp.GetConditions()[0].GetStatus() != fnv1.Status_STATUS_CONDITION_TRUE {
					t.Fatal(err, rsp)
				}
				o := rsp.GetDesired().GetResources()["instance"].GetResource()
				return o, text(o, azureSKU.forProvider)
			}
			o, azure := run(tc.desired, tc.observed)
			if _, has := diskOf(o); has != (tc.want == own) {
				t.Errorf("\n%s\nhas a disk of the profile's: %t: %v", tc.reason, has, o)
			}
			if isBurstable := azure == "B_Standard_B2s"; azure != "" && isBurstable != (tc.want != replica) {
				t.Errorf("\n%s\ngets %s", tc.reason, azure)
			}
			if tc.want != replica || tc.desired == "" {
				return
			}
			o, _ = run(tc.desired+", "+k.disk, k.there)
			if gib, _ := diskOf(o); gib < 900 {
				t.Errorf("\n%s\na disk of 900 GiB or more is asked to be %g", tc.reason, gib)
			}
		})
	}
}

// TestReplicaSizes holds what is said of a replica, and what a name cannot be.
func TestReplicaSizes(t *testing.T) {
	const head = `{apiVersion: dbforpostgresql.azure.m.upbound.io/v1beta1, kind: FlexibleServer, spec: {forProvider: {createMode: Replica`
	sizings{
		"Said": {
			reason: "A replica is said without a disk.", xr: "{profile: small}", desired: head + "}}}",
			want: head + ", skuName: GP_Standard_D2ds_v5}}}", condition: "Sized: small: GP_Standard_D2ds_v5 (2 vCPU, 8 GiB)",
		},
		"NoStorage": {
			reason: "A replica needs no disk of its profile's.", xr: "{profile: x}", environment: "profiles: {x: {vcpu: 2, memoryGiB: 4}}", desired: head + "}}}",
			want: head + ", skuName: GP_Standard_D2ds_v5}}}",
		},
		"Named": {
			reason: "A burstable size that the settings name is refused.", xr: "{profile: small}",
			environment: "profiles: {small: {skus: {azurePostgres: B_Standard_B2s}}}", desired: head + "}}}",
			fatal: `settings.profiles.small.skus.azurePostgres: "B_Standard_B2s" cannot be a read replica; the profile's figures would give ` +
				`GP_Standard_D2ds_v5 with 2 vCPU and 8 GiB`,
		},
	}.run(t)
}
