package provider

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	redis       = "redis.gcp.upbound.io/v1beta2"
	elasticache = "elasticache.aws.m.upbound.io/v1beta1"
	azureCache  = "cache.azure.upbound.io/v1beta1"
	cacheID     = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Cache/redisEnterprise/c"
)

func onMemorystore(fields string) try {
	return try{
		redis, "Instance", "c",
		"{region: europe-west1, tier: BASIC, redisVersion: REDIS_7_2, transitEncryptionMode: SERVER_AUTHENTICATION, " + fields + "}",
	}
}

func onElastiCache(fields string) try {
	return try{elasticache, "ReplicationGroup", "c", "{region: eu-west-1, engine: valkey, parameterGroupName: c-valkey8, port: 6379, " + fields + "}"}
}

func onManagedRedis(sku, database string) try {
	return try{
		azureCache, "ManagedRedis", "c",
		"{location: westeurope, resourceGroupName: rg, skuName: " + sku + ", highAvailabilityEnabled: true" + database + "}",
	}
}

// TestCacheKinds holds what the clouds refuse of caches.
func TestCacheKinds(t *testing.T) {
	t.Parallel()
	const one, enterprise = `engineVersion: "8.2", numCacheClusters: 1`, ", defaultDatabase: {clusteringPolicy: EnterpriseCluster}"
	group := try{elasticache, "ParameterGroup", "c-valkey8", "{region: eu-west-1, name: c-valkey8, family: valkey8}"}
	lock := try{"authorization.azure.upbound.io/v1beta1", "ManagementLock", "", "{scope: " + cacheID + ", name: keep, lockLevel: CanNotDelete}"}
	endpoint := func(subnet string) try {
		return try{
			"network.azure.upbound.io/v1beta2", "PrivateEndpoint", "c", "{resourceGroupName: rg, subnetId: " + subnet +
				", privateServiceConnection: {name: c, privateConnectionResourceId: " + cacheID + "}}",
		}
	}
	trials{
		"Memory": {
			"Memorystore's memory goes in both directions.", []try{onMemorystore("memorySizeGb: 6")}, nil, onMemorystore("memorySizeGb: 1"), false, "",
		},
		"Tier": {
			"A basic instance gets no standby.",
			[]try{onMemorystore("memorySizeGb: 6")},
			nil,
			try{redis, "Instance", "c", "{region: europe-west1, tier: STANDARD_HA, redisVersion: REDIS_7_2, transitEncryptionMode: SERVER_AUTHENTICATION}"},
			false, `the argument "tier" from "BASIC" to "STANDARD_HA"`,
		},
		"OlderRedis": {
			"Memorystore goes to no older version.",
			[]try{onMemorystore("memorySizeGb: 6")},
			nil,
			try{redis, "Instance", "c", "{region: europe-west1, tier: BASIC, redisVersion: REDIS_6_X, transitEncryptionMode: SERVER_AUTHENTICATION}"},
			false, `the argument "redis_version"`,
		},
		"NoParameterGroup": {"A group of nodes needs its parameters.", nil, nil, onElastiCache(one), false, "ParameterGroup c-valkey8 does not exist"},
		"OlderValkey": {
			"ElastiCache upgrades by itself, and what the spec says still is then a downgrade.",
			[]try{group, onElastiCache(one)},
			func(c *Cloud) { c.Alter("ReplicationGroup", "c", map[string]any{"engineVersion": "8.3"}) },
			onElastiCache(one), false, `the argument "engine_version" from "8.3" to "8.2"`,
		},
		"Followed": {
			"A version that ElastiCache chose itself can be asked for.",
			[]try{group, onElastiCache(one)},
			func(c *Cloud) { c.Alter("ReplicationGroup", "c", map[string]any{"engineVersion": "8.3"}) },
			onElastiCache(`engineVersion: "8.3", numCacheClusters: 1`), false, "",
		},
		"FailoverAlone": {
			"One node has none that takes over.",
			[]try{group, onElastiCache(one)},
			nil, onElastiCache(one + ", automaticFailoverEnabled: true"), false, "must be at least 2",
		},
		"Available": {
			"A node is added, and takes over.",
			[]try{group, onElastiCache(one)},
			nil,
			onElastiCache(`engineVersion: "8.2", numCacheClusters: 2, automaticFailoverEnabled: true, multiAzEnabled: true`), false, "",
		},
		"ParametersInUse": {"A parameter group that is used stays.", []try{group, onElastiCache(one)}, nil, group, true, "InvalidCacheParameterGroupState"},
		"SubnetGroup": {
			"Nodes stay in their subnets.",
			[]try{group, onElastiCache(one)},
			nil, onElastiCache(one + ", subnetGroupName: other"), false, `the argument "subnet_group_name"`,
		},
		"AvailableForEver": {
			"Azure Managed Redis keeps its high availability.",
			[]try{onManagedRedis("Balanced_B5", enterprise)},
			nil,
			try{azureCache, "ManagedRedis", "c", "{location: westeurope, resourceGroupName: rg, skuName: Balanced_B5, highAvailabilityEnabled: false}"},
			false, `the argument "high_availability_enabled"`,
		},
		"Larger": {"A cache gets larger.", []try{onManagedRedis("Balanced_B5", enterprise)}, nil, onManagedRedis("Balanced_B50", enterprise), false, ""},
		"Smaller": {
			"Azure lists no smaller size.",
			[]try{onManagedRedis("Balanced_B5", enterprise)},
			nil, onManagedRedis("Balanced_B3", enterprise), false, "sku_name",
		},
		"LockedDatabase": {
			"A lock keeps the database that an update would delete.",
			[]try{onManagedRedis("Balanced_B5", enterprise), lock},
			nil,
			onManagedRedis("Balanced_B5", ", defaultDatabase: {clusteringPolicy: OSSCluster}"), false, "ScopeLocked",
		},
		"Locked": {
			"A cache that has a lock is not deleted.",
			[]try{onManagedRedis("Balanced_B5", enterprise), lock},
			nil, onManagedRedis("Balanced_B5", ""), true, "ScopeLocked",
		},
		"NoCache":    {"An endpoint is for a cache that is there.", nil, nil, endpoint("a"), false, "ManagedRedis c does not exist"},
		"OtherPlace": {"An endpoint stays in its subnet.", []try{onManagedRedis("Balanced_B5", ""), endpoint("a")}, nil, endpoint("b"), false, "subnet_id"},
	}.run(t)
}

// TestDestroyed holds that what an update takes with it, and no provider refuses, stands in
// the cloud's history.
func TestDestroyed(t *testing.T) {
	t.Parallel()
	const alone = "{location: westeurope, resourceGroupName: rg, skuName: Balanced_B5, highAvailabilityEnabled: false, " +
		"defaultDatabase: {clusteringPolicy: EnterpriseCluster}}"
	edited := func(old, with string) string { return strings.Replace(alone, old, with, 1) }
	cases := map[string]struct{ reason, before, after, want string }{
		"Same": {"What is asked for again destroys nothing.", alone, alone, ""},
		"Eviction": {
			"Another eviction policy destroys nothing.", alone, edited("clusteringPolicy", "evictionPolicy: NoEviction, clusteringPolicy"), "",
		},
		"Clustering": {
			"Another policy of clustering makes another database.", alone, edited("EnterpriseCluster", "OSSCluster"), "database by clusteringPolicy",
		},
		"Group": {
			"Another group of replication makes another database.", alone, edited("EnterpriseCluster", "EnterpriseCluster, geoReplicationGroupName: g"),
			"database by geoReplicationGroupName",
		},
		"Module": {
			"A module that is added makes another database.", alone, edited("EnterpriseCluster", "EnterpriseCluster, module: [{name: RediSearch}]"),
			"database by module",
		},
		"NoDatabase": {
			"A block that is left out is a database that is not wanted.", alone, edited(", defaultDatabase: {clusteringPolicy: EnterpriseCluster}", ""),
			"database by",
		},
		"Size": {"A cache without a second node is made anew in another size.", alone, edited("B5", "B10"), "keys by skuName"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCloud()
			for _, forProvider := range []string{tc.before, tc.after} {
				if refusal := (try{azureCache, "ManagedRedis", "c", forProvider}).made(t, c); refusal != "" {
					t.Fatal(refusal)
				}
			}
			got := strings.Join(c.History()[1:], "")
			if diff := cmp.Diff(tc.want != "", strings.HasPrefix(got, "destroy "+tc.want)); diff != "" {
				t.Errorf("\n%s\nHistory(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}
