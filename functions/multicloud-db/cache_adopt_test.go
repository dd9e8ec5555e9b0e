package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// cacheThere are caches that somebody made, as each provider reports them.
var cacheThere = map[string]string{
	"gcp": `{id: x, region: europe-west1, tier: BASIC, memorySizeGb: 5, redisVersion: REDIS_6_X, authEnabled: true, host: 10.0.0.9, port: 6378,
		transitEncryptionMode: SERVER_AUTHENTICATION, connectMode: DIRECT_PEERING, authorizedNetwork: projects/acme/global/networks/theirs,
		redisConfigs: {maxmemory-policy: volatile-lfu, notify-keyspace-events: Ex}, persistenceConfig: {persistenceMode: RDB, rdbSnapshotPeriod: SIX_HOURS}}`,
	"aws": `{id: x, region: eu-west-1, engine: redis, engineVersion: "7.1", nodeType: cache.r6g.large, numCacheClusters: 1, clusterEnabled: false,
		automaticFailoverEnabled: false, multiAzEnabled: false, transitEncryptionEnabled: true, atRestEncryptionEnabled: "true", port: 6380,
		parameterGroupName: theirs, subnetGroupName: theirs, securityGroupIds: [sg-5], snapshotRetentionLimit: 3, description: theirs,
		primaryEndpointAddress: master.theirs, kmsKeyId: "arn:theirs", autoMinorVersionUpgrade: "false", maintenanceWindow: "sun:05:00-sun:06:00"}`,
	"azure": `{id: /redisEnterprise/x, location: westeurope, skuName: MemoryOptimized_M10, highAvailabilityEnabled: false, publicNetworkAccess: Enabled,
		hostname: x.azure, defaultDatabase: {port: 10000, accessKeysAuthenticationEnabled: true, clientProtocol: Encrypted, clusteringPolicy: OSSCluster,
		evictionPolicy: VolatileLFU, persistenceAppendOnlyFileBackupFrequency: 1s}}`,
	"ibm": `{outputs: {crn: "crn:v1:bluemix:public:databases-for-redis:eu-es:a/0:1::", name: theirs, status: active, location: eu-es, plan: standard,
		service: databases-for-redis, engine_version: "7.2", resource_group_id: theirs, members: 2, host_flavor: multitenant, memory_mb: 4096,
		cpu_count: 0, disk_mb: 5120, tags: ["owner:them"]}}`,
}

// adoptedCache is a claim that names a cache which was there, in prod, after its provider has
// reported it with some fields otherwise.
func adoptedCache(t *testing.T, provider, adopt, otherwise string) *live {
	t.Helper()
	const settings = "\nmetadata: {name: p}\ndata:\n  policy: {adopt: manage, adoptNames: [\"*\"]}\n  providers: {azure: {resourceGroup: rg}}\n"
	l := &live{provider: provider, spec: strings.NewReplacer(
		"gcp", provider, "  cache: {evictionPolicy: allkeys-lru, highAvailability: true, persistence: true}\n", "", "env: staging", "env: prod",
		"  region:", "  externalName: theirs\n  adopt: "+adopt+"\n  region:",
	).Replace(specCache)}
	l.request = request(t, xrHead+l.spec, settings, nil)
	rsp := l.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
	there := fromYAML(t, cacheThere[provider])
	merge(there, fromYAML(t, otherwise))
	object.Set(o, there, "status", "atProvider")
	details := map[string][]byte{}
	for key, value := range cacheDetails[provider] {
		details[key] = []byte(value)
	}
	l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o, ConnectionDetails: details}
	return l
}

// TestCacheAdopted holds that a takeover asks for a cache as it was found, whatever the env
// has by default.
func TestCacheAdopted(t *testing.T) {
	t.Parallel()
	want := map[string]map[string]any{
		"gcp": {
			"region": "europe-west1", "tier": "BASIC", "memorySizeGb": 5.0, "redisVersion": "REDIS_6_X", "authEnabled": true, "connectMode": "DIRECT_PEERING",
			"transitEncryptionMode": "SERVER_AUTHENTICATION", "authorizedNetwork": "projects/acme/global/networks/theirs",
			"redisConfigs.maxmemory-policy": "volatile-lfu", "redisConfigs.notify-keyspace-events": "Ex",
			"persistenceConfig.persistenceMode": "RDB", "persistenceConfig.rdbSnapshotPeriod": "SIX_HOURS",
		},
		"aws": {
			"region": "eu-west-1", "engine": "redis", "engineVersion": "7.1", "nodeType": "cache.r6g.large", "numCacheClusters": 1.0, "multiAzEnabled": false,
			"automaticFailoverEnabled": false, "transitEncryptionEnabled": true, "atRestEncryptionEnabled": "true", "port": 6380.0, "subnetGroupName": "theirs",
			"snapshotRetentionLimit": 3.0, "description": "theirs", "kmsKeyId": "arn:theirs", "autoMinorVersionUpgrade": "false", "applyImmediately": true,
			"finalSnapshotIdentifier": "theirs-final-ade6c7de",
		},
		"azure": {
			"location": "westeurope", "skuName": "MemoryOptimized_M10", "highAvailabilityEnabled": false, "publicNetworkAccess": "Enabled", "resourceGroupName": "rg",
			"defaultDatabase.accessKeysAuthenticationEnabled": true, "defaultDatabase.clientProtocol": "Encrypted",
			"defaultDatabase.clusteringPolicy": "OSSCluster", "defaultDatabase.evictionPolicy": "VolatileLFU",
			"defaultDatabase.persistenceAppendOnlyFileBackupFrequency": "1s",
		},
	}
	want["ibm"] = map[string]any{
		"source": "Inline", "inlineFormat": "HCL", "varmap.crn": "crn:v1:bluemix:public:databases-for-redis:eu-es:a/0:1::", "varmap.name": "theirs",
		"varmap.location": "eu-es", "varmap.service": "databases-for-redis", "varmap.plan": "standard", "varmap.resource_group_id": "theirs",
		"varmap.deletion_protection": true, "varmap.engine_version": "7.2", "varmap.tags": []any{"owner:them"},
	}
	for provider, body := range want {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := adoptedCache(t, provider, "Manage", "{}")
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			asked := flat(composed(rsp))
			delete(asked, "module") // of IBM Cloud, which TestServers holds
			if diff := cmp.Diff(body, asked); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if !orphaned(o) {
				t.Error("it does not outlive its claim")
			}
			for _, policy := range object.Get(o, "spec", "managementPolicies").GetListValue().GetValues() {
				if policy.GetStringValue() == "LateInitialize" {
					t.Error("its provider fills in what is left out")
				}
			}
			if got := composedAs(rsp); got.GetReason() != "Adopted" {
				t.Errorf("Composed is %s: %s", got.GetReason(), got.GetMessage())
			}
		})
	}
}

// TestCacheAdoptedVersion holds that an adopted cache is asked for in the version that it has, as
// ElastiCache writes it: before Redis 6 that is with the patch, without which the provider takes it for an
// older one, and refuses every update.
func TestCacheAdoptedVersion(t *testing.T) {
	t.Parallel()
	for version, reason := range map[string]string{
		"5.0.6": "Redis 5 has a patch.", "6.2": "Redis 6 has none.", "7.1": "Nor has Redis 7.",
	} {
		l := adoptedCache(t, "aws", "Manage", "{engineVersion: \""+version+"\"}")
		for range 2 { // as it is taken over, and from then on
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if diff := cmp.Diff(any(version), cacheAt(rsp, "engineVersion")); diff != "" {
				t.Errorf("%s -want, +got:\n%s", reason, diff)
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			object.Set(o, object.Get(l.instance(), "status"), "status")
			l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
		}
	}
}

// TestCacheAdoptedPassword holds that an adopted cache publishes a connection where its
// password can be read, and where there is none, or nobody knows it, none.
func TestCacheAdoptedPassword(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, provider, otherwise, password, says string
	}{
		"GCP":        {"Google hands out the password.", "gcp", "{}", "made by/google=", ""},
		"GCPOpen":    {"To turn the password on would lock its clients out.", "gcp", "{authEnabled: false}", "", "to turn authEnabled on locks its clients out"},
		"AWS":        {"Nobody reads a token of ElastiCache.", "aws", "{}", "", "no connection is published: the Secret"},
		"Azure":      {"Azure hands out the access key.", "azure", "{}", "made/by+azure=", "only clients of the cluster protocol"},
		"IBM":        {"The module makes a user of its own.", "ibm", "{}", "MadeByTheModule0", "shows nobody its eviction policy"},
		"AzureEntra": {"Its clients come in by identity.", "azure", "{defaultDatabase: {accessKeysAuthenticationEnabled: false}}", "", "by Entra ID"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := adoptedCache(t, tc.provider, "Manage", tc.otherwise)
			rsp := l.run(t)
			if got := string(rsp.GetDesired().GetComposite().GetConnectionDetails()["password"]); got != tc.password {
				t.Errorf("\n%s\nthe password is %q, want %q", tc.reason, got, tc.password)
			}
			if got := composedAs(rsp).GetMessage(); !strings.Contains(got, tc.says) {
				t.Errorf("\n%s\nComposed says %q", tc.reason, got)
			}
		})
	}
}

// TestCacheAdoptedAsked holds what a claim may say of a cache that was there: what differs
// for good keeps it from being taken over, and the rest is told.
func TestCacheAdoptedAsked(t *testing.T) {
	t.Parallel()
	const available, evicting = "highAvailability: true", "evictionPolicy: allkeys-lru"
	cases := map[string]struct{ reason, provider, says, reason2, want string }{
		"TierGCP":     {"The tier is for good.", "gcp", available, "Differs", `spec.cache.highAvailability: "true" is asked for and "false" is there`},
		"NodesAzure":  {"The second node is for good.", "azure", available, "Differs", `spec.cache.highAvailability: "true" is asked for and "false" is there`},
		"NodesAWS":    {"ElastiCache adds a replica in place.", "aws", available, "Observed", "numCacheClusters: 1 becomes 2"},
		"EvictionGCP": {"Redis takes another policy.", "gcp", evicting, "Observed", "maxmemory-policy: volatile-lfu becomes allkeys-lru"},
		"EvictionIBM": {"What nobody can read is told as unset.", "ibm", evicting, "Observed", "eviction_policy: unset becomes allkeys-lru"},
		"OneOfTwoIBM": {"IBM Cloud makes no cache of one member.", "ibm", "highAvailability: false", "Observed", "takes it over"},
		"EvictionAWS": {"The policy is in a parameter group of somebody's.", "aws", evicting, "Observed", "keeps its own parameter group"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := adoptedCache(t, tc.provider, "Observe", "{}")
			l.edit(t, "  profile:", "  cache: {"+tc.says+"}\n  profile:")
			rsp := l.run(t)
			if c := composedAs(rsp); c.GetReason() != tc.reason2 || !strings.Contains(c.GetMessage(), tc.want) {
				t.Errorf("\n%s\nComposed is %s: %s", tc.reason, c.GetReason(), c.GetMessage())
			}
		})
	}
}
