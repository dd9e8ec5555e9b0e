// Package same holds docs/same.md, which says what is the same of a type on four clouds, to what is
// composed: each promise stands there beside the field that carries it.
package same

// A row is a promise, and what carries it on gcp, aws, azure and ibm: a part and a path below its
// forProvider or initProvider, whose value is read of the golden, or in words behind "=" what no
// field says. Who holds the words is said on the page.
type row struct {
	promise  string
	carriers [4]string
}

// A kind is a type with an example of prod on each cloud.
type kind struct {
	marker   string
	examples [4]string
	rows     []row
}

var kinds = []kind{
	{"DATABASE", [4]string{"cloudsql-main", "rds-main", "azure-main", "ibm-main"}, []row{
		{"the version that was asked for", [4]string{
			"instance:databaseVersion", "instance:engineVersion", "instance:version", "instance:varmap.engine_version",
		}},
		{"the profile, or the next larger size", [4]string{
			"instance:settings.tier", "instance:instanceClass", "instance:skuName", "instance:varmap.host_flavor",
		}},
		{"the disk, which only grows", [4]string{
			"instance:settings.diskSize", "instance:allocatedStorage", "instance:storageMb", "instance:varmap.disk_mb",
		}},
		{"a standby that takes over", [4]string{
			"instance:settings.availabilityType", "instance:multiAz", "instance:highAvailability.mode", "instance:varmap.members",
		}},
		{"backups, for so many days", [4]string{
			"instance:settings.backupConfiguration.backupRetentionSettings.retainedBackups", "instance:backupRetentionPeriod",
			"instance:backupRetentionDays", "=IBM Cloud's own 30",
		}},
		{"no public address", [4]string{
			"instance:settings.ipConfiguration.ipv4Enabled", "instance:publiclyAccessible", "instance:publicNetworkAccessEnabled",
			"=`service_endpoints` of the module is `private`",
		}},
		{"in the platform's network", [4]string{
			"instance:settings.ipConfiguration.privateNetwork", "instance:dbSubnetGroupName", "instance:delegatedSubnetId", "instance:varmap.allowlist",
		}},
		{"TLS", [4]string{
			"instance:settings.ipConfiguration.sslMode", "parameter-group-postgres17:parameter.name", "=Azure's own, unless a parameter is switched off",
			"=IBM Cloud's own",
		}},
		{"protected in prod", [4]string{
			"instance:deletionProtection", "instance:deletionProtection", "=a `ManagementLock`, once the server is there", "instance:varmap.deletion_protection",
		}},
		{"what the bill is read by", [4]string{"instance:settings.userLabels.project", "instance:tags.project", "instance:tags.project", "instance:varmap.tags"}},
	}},
	{"BUCKET", [4]string{"gcs-main", "s3-main", "blob-main", "cos-main"}, []row{
		{"nothing in it is public", [4]string{
			"instance:publicAccessPrevention", "public-access:restrictPublicBuckets", "instance:allowNestedItemsToBePublic", "=**no switch**",
		}},
		{"what is overwritten stays", [4]string{
			"instance:versioning.enabled", "versioning:versioningConfiguration.status", "instance:blobProperties.versioningEnabled", "instance:varmap.versioning",
		}},
		{"for so many days", [4]string{
			"instance:lifecycleRule.condition.daysSinceNoncurrentTime", "lifecycle:rule.noncurrentVersionExpiration.noncurrentDays",
			"instance:blobProperties.deleteRetentionPolicy.days", "instance:varmap.retention_days",
		}},
		{"a full one is not deleted", [4]string{
			"instance:forceDestroy", "instance:forceDestroy", "=a `ManagementLock`, once the account is there", "instance:varmap.allow_delete",
		}},
		{"plain HTTP is refused", [4]string{"=**answered**", "=by the bucket's policy", "instance:httpsTrafficOnlyEnabled", "=**answered**"}},
	}},
	{"CACHE", [4]string{"memorystore-main", "elasticache-main", "managedredis-main", "redis-main"}, []row{
		{"TLS", [4]string{
			"instance:transitEncryptionMode", "instance:transitEncryptionEnabled", "instance:defaultDatabase.clientProtocol", "=IBM Cloud's own",
		}},
		{"a password", [4]string{
			"instance:authEnabled", "instance:authTokenSecretRef.key", "instance:defaultDatabase.accessKeysAuthenticationEnabled", "=IBM Cloud's own",
		}},
		{"which keys make room", [4]string{
			"instance:redisConfigs.maxmemory-policy", "parameter-group-valkey8:parameter.value", "instance:defaultDatabase.evictionPolicy",
			"instance:varmap.eviction_policy",
		}},
		{"a replica that takes over", [4]string{
			"instance:tier", "instance:automaticFailoverEnabled", "instance:highAvailabilityEnabled", "=two members, always",
		}},
		{"keys outlive a restart", [4]string{
			"instance:persistenceConfig.persistenceMode", "instance:snapshotRetentionLimit", "instance:defaultDatabase.persistenceRedisDatabaseBackupFrequency",
			"instance:varmap.persistence",
		}},
		{"in the platform's network", [4]string{
			"instance:authorizedNetwork", "instance:subnetGroupName", "=a `PrivateEndpoint`, once the cache is there", "instance:varmap.allowlist",
		}},
	}},
	{"QUEUE", [4]string{"pubsub-main", "sqs-main", "servicebus-main", "rabbitmq-main"}, []row{
		{"a message is held for so long", [4]string{
			"instance:ackDeadlineSeconds", "instance:visibilityTimeoutSeconds", "instance:lockDuration", "=until it is acknowledged",
		}},
		{"and kept for so long", [4]string{
			"instance:messageRetentionDuration", "instance:messageRetentionSeconds", "instance:defaultMessageTtl", "=as the app declares",
		}},
		{"after so many deliveries it is a dead letter", [4]string{
			"=`deadLetterPolicy`, once the topic of dead letters is there", "=`redrivePolicy`, once the queue of dead letters is there",
			"instance:maxDeliveryCount", "=as the app declares",
		}},
		{"dead letters are kept for 14 days or longer", [4]string{
			"dead-letter-subscription:messageRetentionDuration", "dead-letter-queue:messageRetentionSeconds", "=until somebody takes them",
			"=as the app declares",
		}},
	}},
}
