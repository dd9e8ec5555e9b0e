package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// An adoptedKind is a kind that a provider of Upjet's adopts, as those of adoptable are.
type adoptedKind struct {
	provider, crd string
	facts         string // that agree with the claim
	changes       []string
	creation      []string
	left          []string
}

// adoptableCaches are the kinds of cache that a provider of Upjet's adopts, as adoptable are
// those of databases.
var adoptableCaches = map[string]adoptedKind{
	"Instance": {
		provider: "gcp", crd: "redis.gcp.%supbound.io_instances",
		facts: `{region: europe-west1, tier: STANDARD_HA, redisVersion: REDIS_7_2, transitEncryptionMode: SERVER_AUTHENTICATION,
			redisConfigs: {maxmemory-policy: allkeys-lfu}, persistenceConfig: {persistenceMode: RDB},
			maintenancePolicy: {weeklyMaintenanceWindow: [{day: SUNDAY, startTime: {hours: 3}}]}}`,
		creation: strings.Fields(`persistenceConfig.rdbSnapshotStartTime`),
		left: strings.Fields(`alternativeLocationId deletionProtection locationId maintenanceVersion readReplicasMode replicaCount reservedIpRange
			secondaryIpRange`),
	},
	"ReplicationGroup": {
		provider: "aws", crd: "elasticache.aws.%supbound.io_replicationgroups",
		facts: `{region: eu-west-1, engine: redis, engineVersion: "7.1", clusterEnabled: false, transitEncryptionEnabled: true, numCacheClusters: 3,
			automaticFailoverEnabled: true, globalReplicationGroupId: "", snapshotRetentionLimit: 5}`,
		changes: strings.Fields(`applyImmediately finalSnapshotIdentifier`),
		left: strings.Fields(`authTokenUpdateStrategy autoGenerateAuthToken clusterMode globalReplicationGroupId ipDiscovery maintenanceWindow networkType
			nodeGroupConfiguration numNodeGroups parameterGroupName replicasPerNodeGroup securityGroupIds securityGroupNames snapshotWindow`),
	},
	"ManagedRedis": {
		provider: "azure", crd: "cache.azure.%supbound.io_managedredis",
		facts: `{location: westeurope, highAvailabilityEnabled: true, defaultDatabase: {clientProtocol: Encrypted, geoReplicationGroupName: "",
			module: [], evictionPolicy: VolatileLFU, persistenceAppendOnlyFileBackupFrequency: "", accessKeysAuthenticationEnabled: true}}`,
		creation: strings.Fields(`defaultDatabase.module defaultDatabase.geoReplicationGroupName defaultDatabase.persistenceAppendOnlyFileBackupFrequency`),
	},
}

// TestCacheTakenOverAsItIs holds, for every field that the CRD lets a managed resource set,
// that it stays what the provider said it is, unless the claim is about it.
func TestCacheTakenOverAsItIs(t *testing.T) {
	t.Parallel()
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for kind, tc := range adoptableCaches {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			_, status := schemas(t, strings.Replace(tc.crd, "%s", "", 1))
			tc.staysAsItIs(t, checker, "cache", crds.Sample(status).GetStructValue())
		})
	}
}

// staysAsItIs holds that the takeover of a resource of a type, of which these are the fields that are there, asks
// for each field as it is.
func (tc adoptedKind) staysAsItIs(t *testing.T, checker *crds.Checker, typ string, there *structpb.Struct) {
	t.Helper()
	crds.Overlay(there, fromYAML(t, tc.facts))
	tc.stays(t, checker, xrHead+"  provider: "+tc.provider+"\n  type: "+typ+"\n  profile: medium\n  region: eu-west\n", there)
}

// stays holds the same of what a claim takes over in both scopes.
func (tc adoptedKind) stays(t *testing.T, checker *crds.Checker, claim string, there *structpb.Struct) {
	t.Helper()
	spec, status := schemas(t, strings.Replace(tc.crd, "%s", "", 1))
	claim += "  externalName: old\n  adopt: Manage\n"
	namespaced := strings.NewReplacer("XResource", "Resource", "metadata: {", "metadata: {namespace: payments-prod-infra, ").Replace(claim)
	for scope, xr := range map[string]string{"claim": claim, "namespaced": namespaced} {
		o := takenOver(t, xr, there)
		if err := checker.Check(inNamespace(o, scope == "namespaced")); err != nil {
			t.Error(scope, err)
		}
		if policies := list(o, "spec", "managementPolicies"); len(policies) == 0 || slices.Contains(policies, "*") || slices.Contains(policies, "LateInitialize") {
			t.Errorf("%s: what is left out would be filled in, and pinned: %v", scope, policies)
		}
		for _, path := range crds.Leaves(spec, status, "") {
			isIn := func(p string) bool { return path == p || strings.HasPrefix(path, p+".") }
			if slices.ContainsFunc(slices.Concat(tc.changes, tc.creation), isIn) {
				continue
			}
			at := strings.Split(path, ".")
			is, asked := object.Get(there, at...).AsInterface(), object.Get(o, append([]string{"spec", "forProvider"}, at...)...).AsInterface()
			if slices.ContainsFunc(tc.left, isIn) {
				is = nil // or it would be set back whenever the cloud changes it
			}
			if diff := cmp.Diff(is, asked); diff != "" {
				t.Errorf("%s: %s would be reset: -there, +composed:\n%s", scope, path, diff)
			}
		}
	}
}
