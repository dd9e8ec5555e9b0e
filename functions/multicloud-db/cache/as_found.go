package cache

// asFound are the fields that an adopted cache keeps as they are, since its provider would
// reset them where they are left out, or could only change them by making another cache. A
// test holds against the CRDs that each field of a kind stands here or in left, or is
// composed. The keys are the kinds' API groups.
var asFound = map[string][]string{
	// google/services/redis/resource_redis_instance.go of terraform-provider-google 7.45.
	"redis.gcp": {
		"authEnabled", "authorizedNetwork", "connectMode", "customerManagedKey", "displayName", "maintenancePolicy.description",
		"project", // that of the ProviderConfig where it is left out
	},
	// internal/service/elasticache/replication_group.go of terraform-provider-aws 6.34.
	"elasticache.aws": {
		"atRestEncryptionEnabled", "autoMinorVersionUpgrade", "dataTieringEnabled", "description", "durability", "engine", "kmsKeyId",
		"logDeliveryConfiguration", "notificationTopicArn", "port", "preferredCacheClusterAzs", "snapshotArns", "snapshotName",
		"transitEncryptionEnabled", "transitEncryptionMode", "userGroupIds",
	},
	// internal/services/managedredis/managed_redis_resource.go of terraform-provider-azurerm 4.80.
	"cache.azure": {
		"customerManagedKey", "defaultDatabase.accessKeysAuthenticationEnabled", "defaultDatabase.clientProtocol", "identity.identityIds",
		"identity.type", "publicNetworkAccess",
	},
}

// left are the fields that an adopted cache is not asked for at all: optional and computed, so
// that what is left out is no difference. Of ElastiCache, replicas and shards by node group
// contradict the number of nodes, and a strategy without a token is an error.
var left = map[string][]string{
	"redis.gcp": {
		"alternativeLocationId", "deletionProtection", "locationId", "maintenanceVersion", "readReplicasMode", "replicaCount", "reservedIpRange",
		"secondaryIpRange",
	},
	"elasticache.aws": {
		"authTokenUpdateStrategy", "autoGenerateAuthToken", "clusterMode", "globalReplicationGroupId", "ipDiscovery", "maintenanceWindow",
		"networkType", "nodeGroupConfiguration", "numNodeGroups", "parameterGroupName", "replicasPerNodeGroup", "securityGroupIds",
		"securityGroupNames", "snapshotWindow",
	},
}
