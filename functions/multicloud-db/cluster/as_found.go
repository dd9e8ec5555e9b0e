package cluster

// asFound are the fields that a cluster which was taken over keeps as they are, since its provider
// would reset them where they are left out, or could only change them by making another cluster. A
// test holds against the CRDs that each field of a kind stands here or in left, or is composed. The
// keys are the kinds' API groups.
var asFound = map[string][]string{
	// google/services/container/resource_container_cluster.go of terraform-provider-google: what is
	// optional there and not computed. Blocks that have fields which the provider only reports stand
	// here field by field.
	"container.gcp": {
		"binaryAuthorization", "dataplaneOptimizationMode", "description", "disableL4LbFirewallReconciliation", "dnsConfig",
		"enableCiliumClusterwideNetworkPolicy", "enableFqdnNetworkPolicy", "enableK8SBetaApis", "enableKubernetesAlpha", "enableL4IlbSubsetting",
		"enableLegacyAbac", "enableMultiNetworking", "enableTpu", "fleet.membershipType", "fleet.project", "inTransitEncryptionConfig",
		"initialNodeCount", "maintenancePolicy.dailyMaintenanceWindow.startTime", "maintenancePolicy.disruptionBudget.minorVersionDisruptionInterval",
		"maintenancePolicy.disruptionBudget.patchVersionDisruptionInterval", "maintenancePolicy.maintenanceExclusion",
		"maintenancePolicy.recurringMaintenanceWindow", // of providers that are newer than 7.39
		"maintenancePolicy.recurringWindow", "network", "networkPerformanceConfig", "networkPolicy", "resourceUsageExportConfig",
		"secretManagerConfig", "secretSyncConfig", "userManagedKeysConfig.aggregationCa", "userManagedKeysConfig.clusterCa",
		"userManagedKeysConfig.controlPlaneDiskEncryptionKey", "userManagedKeysConfig.etcdApiCa", "userManagedKeysConfig.etcdPeerCa",
		"userManagedKeysConfig.gkeopsEtcdBackupEncryptionKey", "userManagedKeysConfig.serviceAccountSigningKeys",
		"userManagedKeysConfig.serviceAccountVerificationKeys",
	},
	// internal/service/eks/cluster.go of terraform-provider-aws. The networks that the public endpoint
	// lets in are computed where they are left out; said, they would undo who narrows them by hand.
	"eks.aws": {
		"computeConfig", "controlPlaneScalingConfig", "enabledClusterLogTypes", "encryptionConfig", "kubernetesNetworkConfig.elasticLoadBalancing",
		"kubernetesNetworkConfig.ipFamily", "kubernetesNetworkConfig.serviceIpv4Cidr", "remoteNetworkConfig", "roleArn", "storageConfig",
		"vpcConfig.endpointPrivateAccess", "vpcConfig.endpointPublicAccess", "vpcConfig.securityGroupIds", "vpcConfig.subnetIds", "zonalShiftConfig",
	},
}

// whole are those of asFound that every cluster has. Left out, they would become the provider's
// default: another network, or an endpoint that is open to the internet.
var whole = map[string][]string{
	"container.gcp": {"network"},
	"eks.aws":       {"roleArn", "vpcConfig.endpointPrivateAccess", "vpcConfig.endpointPublicAccess", "vpcConfig.subnetIds"},
}

// left are the fields of the settings that a cluster which was taken over is not asked for: computed
// where they are left out, so that this is no difference.
var left = map[string][]string{
	"container.gcp": {
		"controlPlaneEndpointsConfig.dnsEndpointConfig.allowExternalTraffic", "databaseEncryption.keyName",
		"ipAllocationPolicy.clusterSecondaryRangeName", "ipAllocationPolicy.servicesSecondaryRangeName", "subnetwork",
		"workloadIdentityConfig.workloadPool",
	},
}
