package database

// asFound are the fields that an adopted database keeps as they are: who reaches the
// database, how it is tuned, and what the cloud could only change by making another one.
// Upjet's providers reset many a field that a managed resource leaves out, so each such
// field stands here, or is composed: a test holds that against the CRDs. The keys are the
// kinds' API groups. IBM Cloud has no row: a module of its own is for adopted databases.
var asFound = map[string][]string{
	"sql.gcp": { // and what gcp_backup.go has
		"masterInstanceName", "project",
		"settings.activationPolicy", "settings.activeDirectoryConfig", "settings.advancedMachineFeatures", "settings.autoUpgradeEnabled",
		"settings.collation", "settings.connectionPoolConfig", "settings.connectorEnforcement", "settings.dataApiAccess",
		"settings.dataCacheConfig", "settings.dataDiskProvisionedIops", "settings.dataDiskProvisionedThroughput", "settings.databaseFlags",
		"settings.denyMaintenancePeriod", "settings.diskAutoresize", "settings.diskAutoresizeLimit", "settings.diskType", "settings.edition",
		"settings.enableDataplexIntegration", "settings.enableGoogleMlIntegration", "settings.entraidConfig", "settings.insightsConfig",
		"settings.ipConfiguration.allocatedIpRange", "settings.ipConfiguration.authorizedNetworks",
		"settings.ipConfiguration.customSubjectAlternativeNames", "settings.ipConfiguration.enablePrivatePathForGoogleCloudServices",
		"settings.ipConfiguration.ipv4Enabled", "settings.ipConfiguration.privateNetwork", "settings.ipConfiguration.serverCaMode",
		"settings.ipConfiguration.serverCaPool", "settings.ipConfiguration.serverCertificateRotationMode", "settings.ipConfiguration.sslMode",
		"settings.locationPreference", "settings.maintenanceWindow", "settings.passwordValidationPolicy", "settings.pricingPlan",
		"settings.readPoolAutoScaleConfig", "settings.timeZone", "settings.userLabels",
	},
	"rds.aws": {
		"autoMinorVersionUpgrade", "availabilityZone", "backupTarget", "backupWindow", "caCertIdentifier", "copyTagsToSnapshot", "customIamInstanceProfile",
		"customerOwnedIpEnabled", "databaseInsightsMode", "dbName", "dedicatedLogVolume", "domain", "domainAuthSecretArn", "domainDnsIps",
		"domainFqdn", "domainIamRoleName", "domainOu", "enabledCloudwatchLogsExports", "engineLifecycleSupport",
		"iamDatabaseAuthenticationEnabled", "iops", "licenseModel", "maintenanceWindow", "manageMasterUserPassword",
		"masterUserSecretKmsKeyId", "monitoringInterval", "monitoringRoleArn", "networkType", "optionGroupName", "parameterGroupName",
		"performanceInsightsEnabled", "performanceInsightsKmsKeyId", "performanceInsightsRetentionPeriod", "port", "publiclyAccessible",
		"replicaMode", "replicateSourceDb", "storageEncrypted", "storageThroughput", "storageType", "tags", "username", "vpcSecurityGroupIds",
	},
	"dbforpostgresql.azure": {
		"administratorLogin", "authentication", "autoGrowEnabled", "cluster", "customerManagedKey", "geoRedundantBackupEnabled",
		"identity.identityIds", "identity.type", "maintenanceWindow", "publicNetworkAccessEnabled", "sourceServerId", "tags",
	},
	"dbformysql.azure": {
		"administratorLogin", "customerManagedKey", "geoRedundantBackupEnabled", "identity.identityIds", "identity.type",
		"maintenanceWindow", "publicNetworkAccess", "sourceServerId", "storage.ioScalingEnabled", "storage.iops",
		"storage.logOnDiskEnabled", "tags",
	},
}

// sizes are the fields that say how large an adopted database is, but for its disk, which
// may grow by itself: the step that sizes asks for no less than what is there.
var sizes = map[string][]string{
	"sql.gcp":               {"settings.tier"},
	"rds.aws":               {"instanceClass", "maxAllocatedStorage"},
	"dbforpostgresql.azure": {"skuName", "storageTier"},
	"dbformysql.azure":      {"skuName"},
}

// ours are the fields that no cloud has: how a provider goes about a change, and what it
// does at a deletion (the documentation of Terraform's google, aws and azurerm).
var ours = map[string][]string{
	"sql.gcp": {"deletionProtection"},
	"rds.aws": {
		"allowMajorVersionUpgrade", "applyImmediately", "deleteAutomatedBackups", "finalSnapshotIdentifier", "skipFinalSnapshot",
	},
	"dbforpostgresql.azure": {"createMode"},
}
