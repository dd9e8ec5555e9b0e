package database

// asFound are the fields that an adopted database keeps as they are: who reaches the
// database, how it is tuned, and what the cloud could only change by making another one.
// Upjet's providers reset many a field that a managed resource leaves out, so each such
// field stands here, or is composed: a test holds that against the CRDs. The keys are the
// kinds' API groups. IBM Cloud has no row: a module of its own is for adopted databases.
var asFound = map[string][]string{
	"sql.gcp": {
		"masterInstanceName", "project",
		"settings.activationPolicy", "settings.activeDirectoryConfig", "settings.advancedMachineFeatures", "settings.autoUpgradeEnabled",
		"settings.backupConfiguration.location", "settings.backupConfiguration.startTime",
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
		"autoMinorVersionUpgrade", "availabilityZone", "backupTarget", "backupWindow", "caCertIdentifier", "customIamInstanceProfile",
		"customerOwnedIpEnabled", "databaseInsightsMode", "dbName", "dedicatedLogVolume", "domain", "domainAuthSecretArn", "domainDnsIps",
		"domainFqdn", "domainIamRoleName", "domainOu", "enabledCloudwatchLogsExports", "engineLifecycleSupport",
		"iamDatabaseAuthenticationEnabled", "iops", "licenseModel", "maintenanceWindow", "manageMasterUserPassword",
		"masterUserSecretKmsKeyId", "monitoringInterval", "monitoringRoleArn", "networkType", "optionGroupName", "parameterGroupName",
		"performanceInsightsEnabled", "performanceInsightsKmsKeyId", "performanceInsightsRetentionPeriod", "port", "publiclyAccessible",
		"replicaMode", "replicateSourceDb", "storageEncrypted", "storageThroughput", "storageType", "tags", "username", "vpcSecurityGroupIds",
	},
	"dbforpostgresql.azure": {
		"administratorLogin", "authentication", "cluster", "customerManagedKey", "geoRedundantBackupEnabled",
		"identity.identityIds", "identity.type", "maintenanceWindow", "publicNetworkAccessEnabled", "replicationRole",
		"sourceServerId", "tags",
	},
	"dbformysql.azure": {
		"administratorLogin", "customerManagedKey", "geoRedundantBackupEnabled", "identity.identityIds", "identity.type",
		"maintenanceWindow", "publicNetworkAccess", "replicationRole", "sourceServerId", "storage.ioScalingEnabled",
		"storage.iops", "storage.logOnDiskEnabled", "tags",
	},
}
