package database

// asFound are the fields that an adopted database keeps as they are, since its provider would
// reset them where they are left out: who reaches the database, how it is tuned, and what the
// cloud could only change by making another one. Terraform has them as optional and not
// computed, some with a default; or as computed, where neither the cloud nor a person changes
// them, or where another step writes them. A test holds against the CRDs that each field of a
// kind stands here or in left, or is composed. The keys are the kinds' API groups. IBM Cloud
// has no row: a module of its own is for adopted databases.
var asFound = map[string][]string{
	"sql.gcp": { // and what gcp_backup.go has
		"project", // that of the ProviderConfig where it is left out
		"settings.activationPolicy", "settings.activeDirectoryConfig", "settings.advancedMachineFeatures", "settings.autoUpgradeEnabled",
		"settings.collation", "settings.databaseFlags", "settings.denyMaintenancePeriod", "settings.diskAutoresize",
		"settings.diskAutoresizeLimit", "settings.diskType", "settings.edition", "settings.enableDataplexIntegration",
		"settings.enableGoogleMlIntegration", "settings.entraidConfig", "settings.ipConfiguration.allocatedIpRange",
		"settings.ipConfiguration.authorizedNetworks", "settings.ipConfiguration.customSubjectAlternativeNames",
		"settings.ipConfiguration.enablePrivatePathForGoogleCloudServices", "settings.ipConfiguration.ipv4Enabled",
		"settings.ipConfiguration.privateNetwork", "settings.ipConfiguration.serverCaPool",
		"settings.ipConfiguration.serverCertificateRotationMode", "settings.maintenanceWindow", "settings.passwordValidationPolicy",
		"settings.pricingPlan", "settings.timeZone",
	},
	"rds.aws": {
		"autoMinorVersionUpgrade", "backupTarget", "copyTagsToSnapshot", "customIamInstanceProfile", "customerOwnedIpEnabled", "dbName",
		"dedicatedLogVolume", "domain", "domainAuthSecretArn", "domainDnsIps", "domainIamRoleName", "domainOu", "enabledCloudwatchLogsExports",
		"iamDatabaseAuthenticationEnabled", "manageMasterUserPassword", "monitoringInterval", "performanceInsightsEnabled", "publiclyAccessible",
		"replicateSourceDb", "storageEncrypted", "username",
	},
	"dbforpostgresql.azure": {
		"administratorLogin", "autoGrowEnabled", "cluster", "customerManagedKey", "geoRedundantBackupEnabled", "identity.identityIds",
		"identity.type", "maintenanceWindow", "publicNetworkAccessEnabled", "sourceServerId",
	},
	"dbformysql.azure": {
		"administratorLogin", "customerManagedKey", "geoRedundantBackupEnabled", "identity.identityIds", "identity.type",
		"maintenanceWindow", "sourceServerId", "storage.ioScalingEnabled", "storage.logOnDiskEnabled",
	},
}

// left are the fields that an adopted database is not asked for at all: Terraform has them as
// optional and computed, so that what is left out is no difference, whatever the cloud or a
// person makes of it. Asked for as they were found, they would be set back by a provider that
// is quicker than the next reconcile, such as a zone after a failover. No kind with a row here
// is filled in by its provider while it is adopted, or the value would be pinned for good.
var left = map[string][]string{
	// google/services/sql/resource_sql_database_instance.go of terraform-provider-google 7.45.
	"sql.gcp": {
		"masterInstanceName", // none once somebody promotes the replica
		"settings.connectionPoolConfig", "settings.connectorEnforcement", "settings.dataApiAccess", "settings.dataCacheConfig",
		"settings.dataDiskProvisionedIops", "settings.dataDiskProvisionedThroughput", "settings.insightsConfig",
		"settings.ipConfiguration.serverCaMode", "settings.ipConfiguration.sslMode", "settings.locationPreference",
		"settings.readPoolAutoScaleConfig",
	},
	// aws_db_instance in config/schema.json of provider-upjet-aws v2.5.0. Of availabilityZone its
	// issue 1379 tells how instances went unsynced after a failover.
	"rds.aws": {
		"availabilityZone", "backupWindow", "caCertIdentifier", "databaseInsightsMode", "domainFqdn", "engineLifecycleSupport", "iops",
		"licenseModel", "maintenanceWindow", "masterUserSecretKmsKeyId", "monitoringRoleArn", "networkType", "optionGroupName",
		"parameterGroupName", "performanceInsightsKmsKeyId", "performanceInsightsRetentionPeriod", "port", "replicaMode", "storageThroughput",
		"storageType", "vpcSecurityGroupIds",
	},
	// internal/services/postgres and mysql, …flexible_server_resource.go of
	// terraform-provider-azurerm 4.80.
	"dbforpostgresql.azure": {"authentication"},
	"dbformysql.azure":      {"publicNetworkAccess", "storage.iops"},
}

// resets are the fields that gcp_backup.go and gcp.go have a rule for, and that the provider
// resets where they are left out: the other kinds' are fields of the type.
var resets = map[string][]string{
	"sql.gcp": {
		"settings.backupConfiguration.binaryLogEnabled", "settings.backupConfiguration.enabled", "settings.backupConfiguration.location",
		"settings.backupConfiguration.pointInTimeRecoveryEnabled", "settings.deletionProtectionEnabled",
		"settings.finalBackupConfig.enabled", "settings.finalBackupConfig.retentionDays", "settings.retainBackupsOnDelete",
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
