package multiclouddb

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// settingsOf are settings that a platform may have had, or come to have.
var settingsOf = []string{
	"",
	" ",
	"providers: {gcp: {network: net}, aws: {regions: {eu-west-1: {subnetGroup: a, securityGroupIDs: [sg-1]}}}, azure: " +
		"{resourceGroup: rg}, ibm: {resourceGroupID: r}}",
	"providers: {gcp: {providerConfig: b, network: other}, aws: {providerConfig: b}, azure: {resourceGroup: other}, ibm: {plan: standard-gen2}}",
	"providers: {aws: {regions: {eu-west-1: {subnetIDs: [s-1, s-2], vpcID: vpc-1, allowedCIDRs: [10.0.0.0/16, 10.1.0.0/16]}}}}",
	"providers: {aws: {regions: {eu-west-1: {subnetIDs: [s-3], vpcID: vpc-1, allowedCIDRs: [10.0.0.0/16]}}}}",
	"providers: {aws: {regions: {eu-west-1: {subnetIDs: [s-1, s-2], vpcID: vpc-2, allowedCIDRs: [0.0.0.0/0]}}}}",
	"providers: {azure: {regions: {westeurope: {postgres: {delegatedSubnetID: a, privateDNSZoneID: b}, kmsKeyID: k, kmsIdentityID: i}}}}",
	"providers: {azure: {regions: {westeurope: {postgres: {delegatedSubnetID: a}, kmsKeyID: k}}}}",
	"providers: {gcp: {regions: {europe-west1: {kmsKeyID: k, network: n}}}, ibm: {regions: {eu-es: {kmsKeyID: k}}}}",
	"providers: {gcp: {network: 5}}",
	"providers: []",
	"policy: {deletionPolicy: Delete, deletionProtection: false, highAvailability: false, backupRetentionDays: 7}",
	"policy: {deletionPolicy: Orphan, deletionProtection: true, backupRetentionDays: 35}",
	"policy: {deletionPolicy: Keep}",
	"policy: {maintenance: {day: sunday, hour: 3}, backupHour: 4}",
	"policy: {maintenance: {day: sunday}}",
	"policy: {insights: true, logExport: false}",
	"policy: {parameters: {gcp: {postgres: {max_locks_per_transaction: '128'}}, azure: {postgres: {work_mem: {value: '4096', dynamic: true}}}}}",
	"policy: {parameters: {ibm: {postgres: {max_connections: '300'}}, aws: {mysql: {max_connections: '300'}}}}",
	"policy: {parameters: {aws: {postgres: {rds.force_ssl: '0'}}}}",
	"profiles: {huge: {vcpu: x}}",
	"tags: {a: 5}",
}

// editsOf are what may become of a claim or its XR; "" takes a field away.
var editsOf = [][2]string{
	{"spec.provider", "gcp"},
	{"spec.provider", "aws"},
	{"spec.provider", "azure"},
	{"spec.provider", "ibm"},
	{"spec.provider", ""},
	{"spec.type", "bucket"},
	{"spec.profile", "huge"},
	{"spec.profile", ""},
	{"spec.region", "eu-central"},
	{"spec.region", ""},
	{"spec.region", "mars"},
	{"spec.project", "other"},
	{"spec.env", "dev"},
	{"spec.env", "prod"},
	{"spec.env", "x"},
	{"spec.database.engine", "mysql"},
	{"spec.database.engine", "postgres"},
	{"spec.database.engine", ""},
	{"spec.database.restoreFrom.name", "orders"},
	{"spec.database.restoreFrom.name", "others"},
	{"spec.database.restoreFrom.pointInTime", "2026-11-26T09:30:00Z"},
	{"spec.database.restoreFrom", ""},
	{"spec.database.version", "18"},
	{"spec.database.version", "15"},
	{"spec.database.version", ""},
	{"spec.database.name", "other"},
	{"spec.database.storageGiB", "n20"},
	{"spec.database.storageGiB", "n2000"},
	{"spec.database.storageGiB", ""},
	{"spec.database.highAvailability", "x"},
	{"spec.database.backupRetentionDays", "n1"},
	{"spec.database.parameters.maxConnections", "n500"},
	{"spec.database.parameters.maxConnections", "n5"},
	{"spec.database.parameters.slowQueryThreshold", "1s"},
	{"spec.database.parameters.lockTimeout", "5"},
	{"spec.database.parameters", ""},
	{"spec.database.extensions", "[pgaudit]"},
	{"spec.database.extensions", "[hypopg]"},
	{"spec.database.extensions", ""},
	{"metadata.annotations.now", "friday"},
	{"metadata.annotations.rotate", "monday"},
	{"spec.database", "x"},
	{"spec.database", ""},
	{"spec.deletionPolicy", "Delete"},
	{"spec.deletionPolicy", "Orphan"},
	{"spec.externalName", "other"},
	{"spec.adopt", "Manage"},
	{"spec.adopt", "Observe"},
	{"spec.claimRef.namespace", "a-dev-infra"},
	{"spec.claimRef.name", "other"},
	{"spec.writeConnectionSecretToRef.name", "other"},
	{"spec.writeConnectionSecretToRef", ""},
	{"metadata.annotations.allow", "true"},
	{"metadata.labels", "x"},
	{"spec.tags", "x"},
	{"spec.unknown", "x"},
	{"status", ""},
	{"status", "x"},
}

// happensTo are what may become of an observed resource.
var happensTo = []func(*choices, *fnv1.Resource){
	func(*choices, *fnv1.Resource) {},
	func(_ *choices, r *fnv1.Resource) { delete(r.GetResource().GetFields(), "status") },
	func(_ *choices, r *fnv1.Resource) { object.Set(r.GetResource(), "x", "status", "atProvider") },
	func(_ *choices, r *fnv1.Resource) { object.Set(r.GetResource(), "x", "status", "conditions") },
	func(_ *choices, r *fnv1.Resource) { object.Set(r.GetResource(), object.Map{}, "spec", "forProvider") },
	func(_ *choices, r *fnv1.Resource) { r.ConnectionDetails = nil },
	func(_ *choices, r *fnv1.Resource) {
		delete(object.Struct(r.GetResource(), "metadata").GetFields(), "annotations")
	},
	func(_ *choices, r *fnv1.Resource) { losses["Annotations"](&live{request: instanceOnly(r)}) },
	func(c *choices, r *fnv1.Resource) {
		conditions := `{"conditions": [{"type": "Synced", "status": "` + pick(c, "True", "False") + `"}, ` +
			`{"type": "LastAsyncOperation", "status": "False", "reason": "` + pick(
			c, "AsyncCreateFailure", "AsyncUpdateFailure",
		) + `"}]}`
		s := &structpb.Struct{}
		if protojson.Unmarshal([]byte(conditions), s) == nil {
			object.Set(r.GetResource(), s.GetFields()["conditions"], "status", "conditions")
		}
	},
	func(c *choices, r *fnv1.Resource) {
		object.Set(r.GetResource(), pick(c, "POSTGRES_18", "18", "", "x"), "status", "atProvider", pick(c, "databaseVersion", "version", "engineVersionActual"))
	},
}

func instanceOnly(r *fnv1.Resource) *fnv1.RunFunctionRequest {
	return &fnv1.RunFunctionRequest{Observed: &fnv1.State{Resources: map[string]*fnv1.Resource{keyInstance: r}}}
}

// change sets a field of an object by its path. A leading n makes a number.
func change(o *structpb.Struct, path, value string) {
	path = strings.Replace(path, "annotations.allow", "annotations\x00"+claim.AllowDelete, 1)
	path = strings.Replace(path, "annotations.now", "annotations\x00"+claim.ApplyNow, 1)
	path = strings.Replace(path, "annotations.rotate", "annotations\x00"+claim.RotatePassword, 1)
	head, annotation, _ := strings.Cut(path, "\x00")
	parts := strings.Split(head, ".")
	if annotation != "" {
		parts = append(parts, annotation)
	}
	parent := object.Ensure(o, parts[:len(parts)-1]...)
	switch last := parts[len(parts)-1]; {
	case parent == nil:
	case value == "":
		delete(parent.GetFields(), last)
	case strings.HasPrefix(value, "n"):
		n := 0
		_, _ = fmt.Sscan(value[1:], &n)
		parent.Fields[last] = structpb.NewNumberValue(float64(n))
	case strings.HasPrefix(value, "["):
		item := structpb.NewStringValue(strings.Trim(value, "[]"))
		parent.Fields[last] = structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{item}})
	default:
		parent.Fields[last] = structpb.NewStringValue(value)
	}
}

// wrap makes an EnvironmentConfig of settings; of "" there is none.
func wrap(settings string) string {
	if settings == "" {
		return ""
	}
	return "metadata: {name: p}\ndata: {" + settings + "}"
}

// playCases plays random cases of the seeds of one stream, until one fails. Few of them are refused, and
// few are not, or the rest would say little.
func playCases(t *testing.T, cases, stream uint64, holds func(t *testing.T, c *choices) (refused bool)) {
	t.Helper()
	refused := uint64(0)
	for seed := range cases {
		r := rand.New(rand.NewPCG(stream, seed))
		c := &choices{make([]byte, 48)}
		for i := range c.rest {
			c.rest[i] = byte(r.UintN(256))
		}
		if holds(t, c) {
			refused++
		}
		if t.Failed() {
			t.Fatalf("by seed %d", seed)
		}
	}
	if refused < cases/10 || refused > cases*9/10 {
		t.Errorf("%d of %d cases were refused, so the rest says little", refused, cases)
	}
}
