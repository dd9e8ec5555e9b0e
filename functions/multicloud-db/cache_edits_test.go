package multiclouddb

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// A cacheEdit is an edit of a live cache's claim or settings on one cloud: it is refused, or
// changes fields of the instance, by their paths, and no others.
type cacheEdit struct {
	reason, name, provider string
	from                   []string // old and new, of the claim that was made
	edit, settings         []string // old and new
	want                   map[string]any
	refused                string // how the fatal result begins
}

// cacheEdits are what an edit may do to a cache that is not protected.
var cacheEdits = []cacheEdit{
	{
		reason: "Redis takes another policy as it runs.", name: "Eviction", provider: "gcp", edit: []string{"allkeys-lru", "volatile-ttl"},
		want: map[string]any{"redisConfigs.maxmemory-policy": "volatile-ttl"},
	},
	{
		reason: "The policy stands in the parameter group, not in the group of nodes.",
		name:   "Eviction", provider: "aws", edit: []string{"allkeys-lru", "volatile-ttl"},
	},
	{
		reason: "Azure changes the policy in place.", name: "Eviction", provider: "azure", edit: []string{"allkeys-lru", "volatile-ttl"},
		want: map[string]any{"defaultDatabase.evictionPolicy": "VolatileTTL"},
	},
	{
		reason: "Outside protection snapshots may go.", name: "PersistenceOff", provider: "gcp", edit: []string{"persistence: true", "persistence: false"},
		want: map[string]any{"persistenceConfig.persistenceMode": "DISABLED", "persistenceConfig.rdbSnapshotPeriod": nil},
	},
	{
		reason: "No more snapshots are taken.", name: "PersistenceOff", provider: "aws", edit: []string{"persistence: true", "persistence: false"},
		want: map[string]any{"snapshotRetentionLimit": float64(0)},
	},
	{
		reason: "Nothing is written to the disk any more.", name: "PersistenceOff", provider: "azure", edit: []string{"persistence: true", "persistence: false"},
		want: map[string]any{"defaultDatabase.persistenceRedisDatabaseBackupFrequency": nil},
	},
	{
		reason: "The tier is for good.", name: "HighAvailabilityOff", provider: "gcp", edit: []string{"highAvailability: true", "highAvailability: false"},
		refused: `spec.cache.highAvailability: "true" cannot become "false"`,
	},
	{
		reason: "Three fields follow one value.", name: "HighAvailabilityOff", provider: "aws", edit: []string{"highAvailability: true", "highAvailability: false"},
		want: map[string]any{"numCacheClusters": float64(1), "automaticFailoverEnabled": false, "multiAzEnabled": false},
	},
	{
		reason: "The second node is for good.", name: "HighAvailabilityOff", provider: "azure", edit: []string{"highAvailability: true", "highAvailability: false"},
		refused: `spec.cache.highAvailability: "true" cannot become "false"`,
	},
	{
		reason: "A tier without a replica gets none.",
		name:   "HighAvailabilityOn", provider: "gcp", from: []string{"highAvailability: true", "highAvailability: false"},
		edit: []string{"highAvailability: false", "highAvailability: true"}, refused: `spec.cache.highAvailability: "false" cannot become "true"`,
	},
	{
		reason: "One node gets no second one.", name: "HighAvailabilityOn", provider: "azure", from: []string{"highAvailability: true", "highAvailability: false"},
		edit: []string{"highAvailability: false", "highAvailability: true"}, refused: `spec.cache.highAvailability: "false" cannot become "true"`,
	},
	{
		reason: "A replica comes in place.", name: "HighAvailabilityOn", provider: "aws", from: []string{"highAvailability: true", "highAvailability: false"},
		edit: []string{"highAvailability: false", "highAvailability: true"},
		want: map[string]any{"numCacheClusters": float64(2), "automaticFailoverEnabled": true, "multiAzEnabled": true},
	},
	{
		reason: "Snapshots come in place.", name: "PersistenceOn", provider: "gcp", from: []string{"persistence: true", "persistence: false"},
		edit: []string{"persistence: false", "persistence: true"},
		want: map[string]any{"persistenceConfig.persistenceMode": "RDB", "persistenceConfig.rdbSnapshotPeriod": "TWENTY_FOUR_HOURS"},
	},
	{
		reason: "Snapshots are taken from now on.", name: "PersistenceOn", provider: "aws", from: []string{"persistence: true", "persistence: false"},
		edit: []string{"persistence: false", "persistence: true"}, want: map[string]any{"snapshotRetentionLimit": float64(7)},
	},
	{
		reason: "The database is written to a disk from now on.",
		name:   "PersistenceOn", provider: "azure", from: []string{"persistence: true", "persistence: false"},
		edit: []string{"persistence: false", "persistence: true"}, want: map[string]any{"defaultDatabase.persistenceRedisDatabaseBackupFrequency": "12h"},
	},
	{
		reason: "An instance cannot move.", name: "Network", provider: "gcp", settings: []string{"networks/prod", "networks/other"},
		refused: `settings providers.gcp.network: "projects/acme/global/networks/prod" cannot become "projects/acme/global/networks/other" on a live cache`,
	},
	{
		reason: "A group of nodes cannot move.", name: "Network", provider: "aws", settings: []string{"subnetIDs: [subnet-1, subnet-2]", "subnetGroup: other"},
		refused: `settings providers.aws.regions.eu-west-1.cache.subnetGroup: "aws-shop-staging-cloudsql-main-`,
	},
	{
		reason: "Another subnet is another endpoint of the same cache.",
		name:   "Network", provider: "azure", settings: []string{"/subnets/endpoints", "/subnets/other"},
	},
	{
		reason: "Security groups change in place.", name: "SecurityGroups", provider: "aws", settings: []string{"vpcID: vpc-1", "securityGroupIDs: [sg-9]"},
		want: map[string]any{"securityGroupIds": []any{"sg-9"}, "securityGroupIdSelector.matchControllerRef": nil},
	},
	{
		reason: "Memorystore takes a key at creation only.", name: "Key", provider: "gcp", settings: []string{"{kmsKeyID: key}", "{cache: {kmsKeyID: other}}"},
		refused: `settings providers.gcp.regions.europe-west1.cache.kmsKeyID: "key" cannot become "other" on a live cache`,
	},
	{
		reason: "ElastiCache takes a key at creation only.", name: "Key", provider: "aws",
		settings: []string{"cache: {", "cache: {kmsKeyID: 'arn:aws:kms:eu-west-1:123456789012:key/other', "},
		refused:  `settings providers.aws.regions.eu-west-1.cache.kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/main" cannot become`,
	},
	{
		reason: "Azure takes another key at any time.",
		name:   "Key", provider: "azure", settings: []string{"kmsKeyID: key, kmsIdentityID", "kmsKeyID: other, kmsIdentityID"},
		want: map[string]any{"customerManagedKey.keyVaultKeyId": "other"},
	},
	{
		reason: "A resource group is for good.", name: "ResourceGroup", provider: "azure", settings: []string{"resourceGroup: rg", "resourceGroup: other"},
		refused: `settings providers.azure.resourceGroup: "rg" cannot become "other" on a live cache`,
	},
	{reason: "The step that sizes writes the size of Memorystore.", name: "Profile", provider: "gcp", edit: []string{"small", "large"}},
	{reason: "The step that sizes writes the size of ElastiCache.", name: "Profile", provider: "aws", edit: []string{"small", "large"}},
	{reason: "With a second node Azure scales without a loss.", name: "Profile", provider: "azure", edit: []string{"small", "large"}},
	{
		reason: "IBM Cloud takes another policy in place.", name: "Eviction", provider: "ibm", edit: []string{"allkeys-lru", "volatile-ttl"},
		want: map[string]any{"varmap.eviction_policy": "volatile-ttl"},
	},
	{
		reason: "Writes are appended to the disk no more.", name: "PersistenceOff", provider: "ibm", edit: []string{"persistence: true", "persistence: false"},
		want: map[string]any{"varmap.persistence": false},
	},
	{
		reason: "A cache of IBM Cloud always has two members.", name: "HighAvailabilityOff", provider: "ibm",
		edit: []string{"highAvailability: true", "highAvailability: false"},
	},
	{
		reason: "IBM Cloud takes a key at creation only.", name: "Key", provider: "ibm",
		settings: []string{`kmsKeyID: "crn:v1:kms:key:main"`, "cache: {kmsKeyID: other}"},
		refused:  `settings providers.ibm.regions.eu-es.cache.kmsKeyID: "crn:v1:kms:key:main" cannot become "other" on a live cache`,
	},
	{
		reason: "A resource group of IBM Cloud is for good.", name: "ResourceGroup", provider: "ibm",
		settings: []string{"resourceGroupID: group", "resourceGroupID: other"},
		refused:  `settings providers.ibm.resourceGroupID: "group" cannot become "other" on a live cache`,
	},
	{
		reason: "Networks come and go in place.", name: "Networks", provider: "ibm",
		settings: []string{"allowedCIDRs: [10.0.0.0/16]}}}\n", "allowedCIDRs: [10.1.0.0/16, 10.2.0.0/16]}}}\n"},
		want:     map[string]any{"varmap.allowlist": []any{"10.1.0.0/16", "10.2.0.0/16"}},
	},
	{
		reason: "Networks that are taken away stay: an empty list lets everybody in.", name: "NoNetworks", provider: "ibm",
		settings: []string{", allowedCIDRs: [10.0.0.0/16]}}}\n", "}}}\n"},
	},
	{reason: "The step that sizes writes the size of IBM Cloud.", name: "Profile", provider: "ibm", edit: []string{"small", "large"}},
	{
		reason: "Policies of the settings that raise a standby are for new caches.",
		name:   "Policy", provider: "gcp", settings: []string{"providers:", "policy: {highAvailability: false}\n  providers:"},
	},
	{
		reason: "A policy that says less takes no second node away.",
		name:   "Policy", provider: "azure", settings: []string{"providers:", "policy: {highAvailability: false}\n  providers:"},
	},
}

// TestCacheEdits holds each row of what an edit may do, in both directions where there are
// two, on each cloud.
func TestCacheEdits(t *testing.T) {
	t.Parallel()
	for _, tc := range cacheEdits {
		t.Run(tc.name+"/"+tc.provider, func(t *testing.T) {
			t.Parallel()
			l := aliveCache(t, tc.provider, settingsCache, tc.from...)
			before := flat(composed(l.run(t)))
			if tc.settings != nil {
				settings := strings.NewReplacer(tc.settings...).Replace(settingsCache)
				if settings == settingsCache {
					t.Fatal("nothing to edit in the settings")
				}
				l.settle(t, settings)
			}
			if tc.edit != nil {
				l.edit(t, tc.edit...)
			}
			if !comesTo(t, tc.reason, tc.refused, before, tc.want, l.run(t)) {
				return
			}
			l.settled(t, 3) // and the other way
			l.settle(t, settingsCache)
			l.edit(t)
			l.settled(t, 3)
			if diff := cmp.Diff(before, flat(composed(l.run(t)))); diff != "" {
				t.Errorf("\n%s\nand back: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// comesTo fails the test unless an edit is refused as it has to be, or changes what was composed as
// it has to, where nil is what goes. It reports whether the edit was taken.
func comesTo(t *testing.T, reason, refused string, before, changes map[string]any, rsp *fnv1.RunFunctionResponse) bool {
	t.Helper()
	if got := fatal(rsp); refused != "" || got != "" {
		if refused == "" || !strings.HasPrefix(got, refused) {
			t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", reason, cmp.Diff(refused, got))
		}
		return false
	}
	want := maps.Clone(before)
	maps.Copy(want, changes)
	maps.DeleteFunc(want, func(_ string, v any) bool { return v == nil })
	if diff := cmp.Diff(want, flat(composed(rsp))); diff != "" {
		t.Errorf("\n%s\n-want, +got:\n%s", reason, diff)
	}
	return true
}

// flat are the fields of a body by their paths.
func flat(body map[string]any) map[string]any {
	out := map[string]any{}
	for name, v := range body {
		inner, ok := v.(map[string]any)
		if !ok {
			out[name] = v
			continue
		}
		for path, v := range flat(inner) {
			out[name+"."+path] = v
		}
	}
	return out
}
