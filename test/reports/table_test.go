package reports

const (
	sizer  = "function-profile-sizer"
	tagger = "function-cost-tagger"
)

// reports are the inputs by the names of their files. A second row of one file has an edit
// of the XR behind its name.
var reports = map[string]report{
	// A takeover changes nothing that the claim does not say.
	"adopt-switches-storage-autoscaling-off": {
		reason: "The limit up to which RDS grows a disk by itself stays on a database that is taken over: a full disk stops a database.",
		want: []want{
			fine, says("Composed", "True", "Adopted"),
			has("instance", "spec.forProvider.maxAllocatedStorage", "1000"), has("instance", "spec.forProvider.allocatedStorage", "500"),
		},
	},
	"adopt-keeps-crossplane-tags": {
		reason: "Three tags are written by provider-aws from the managed resource's own name, and would be changed without end if they came from an older one.",
		want: []want{
			fine, has("instance", "spec.forProvider.tags.Name", `"legacy-db"`), lacks("instance", "xsqlinstance-7d9f2-rds"),
			has("instance", "spec.forProvider.tags.crossplane-name", ""), has("instance", "spec.forProvider.tags.crossplane-kind", ""),
			has("instance", "spec.forProvider.tags.crossplane-providerconfig", ""), has("instance", "spec.forProvider.tags.project", `"payments"`),
		},
	},
	"adopt-size-is-not-compared": {
		reason: "While a database is only looked at, its claim says what runs and what the profile comes to.",
		want: []want{
			fine, says("Composed", "True", "Observed"),
			says("Sized", "True", "Observed", "db.r6i.2xlarge (8 vCPU, 64 GiB)", "db.m7g.xlarge (4 vCPU, 16 GiB)"),
		},
	},
	"adopt-size-is-not-compared, adopt: Manage": {
		reason: "A database keeps the class that it was found with until its claim says otherwise.",
		edit:   "adopt: Manage",
		want: []want{
			fine, has("instance", "spec.forProvider.instanceClass", `"db.r6i.2xlarge"`), has("instance", "spec.forProvider.allocatedStorage", "500"),
			has("instance", "spec.forProvider.maxAllocatedStorage", "1000"), has("instance", "spec.forProvider.storageType", `"gp3"`),
			says("Sized", "True", "Kept", "db.r6i.2xlarge (8 vCPU, 64 GiB)", "db.m7g.xlarge (4 vCPU, 16 GiB)"),
		},
	},
	"sizer-c4a-hyperdisk": {
		reason: "The type of a disk cannot change, so that an instance with a Hyperdisk gets a machine that takes one.",
		step:   sizer,
		want: []want{
			fine, has("db", "spec.forProvider.settings.diskType", `"HYPERDISK_BALANCED"`), lacks("db", "db-perf-optimized"), lacks("db", "PD_SSD"),
		},
	},

	// A report of what did not happen.
	"rds-failed-status-is-available": {
		reason: "A database that RDS reports as full does not serve, though its managed resource is Ready.",
		want:   []want{fine, says("Provisioned", "False", "Unavailable", `"storage-full"`)},
	},
	"observe-only-is-tagged": {
		reason: "A database that is only looked at gets no tags, and its claim does not say that it has them.",
		want: []want{
			fine, says("CostTagged", "False", "Observed", "only observed: instance"), has("instance", "spec.forProvider.tags", ""),
		},
	},
	"observe-only-is-tagged-alone": {
		reason: "Management policies without Create and Update keep tags from the cloud, also in somebody else's pipeline.",
		step:   tagger,
		want: []want{
			fine, says("CostTagged", "False", "Observed", "0 resources tagged", "only observed: subnet, vpc"),
			has("vpc", "spec.forProvider.tags", ""), has("subnet", "spec.forProvider.tags", ""),
		},
	},
	"paused-is-provider-error": {
		reason: "Whoever pauses a managed resource has made no error of its provider.",
		want:   []want{fine, says("Provisioned", "False", "Paused", "crossplane.io/paused"), silent("Provisioned", "ReconcilePaused")},
	},
	"community-provider-tag-list": {
		reason: "A kind whose tags are a list of keys and values is tagged, and what the list has already stays.",
		step:   tagger,
		want: []want{
			fine, says("CostTagged", "True", "Tagged", "1 resource tagged"),
			has("db", "spec.forProvider.tags", `[{"key":"owner","value":"x"},{"key":"project","value":"shop"}]`),
		},
	},

	// Shapes of the same field.
	"sizer-v1beta1-breaks-cloud-sql": {
		reason: "In v1beta1 of Cloud SQL settings are a list of one, also where a size is added to them.",
		step:   sizer,
		want: []want{
			fine, says("Sized", "True", "Sized"), has("DBInstance", "spec.forProvider.settings.0.tier", `"db-custom-2-4096"`),
			has("DBInstance", "spec.forProvider.settings.0.edition", `"ENTERPRISE"`), has("DBInstance", "spec.forProvider.settings.0.diskType", `"PD_SSD"`),
			has("DBInstance", "spec.initProvider.settings.0.diskSize", "64"), has("DBInstance", "spec.initProvider.settings.diskSize", ""),
		},
	},
	"sizer-v1beta1-high-availability": {
		reason: "Azure refuses high availability on a burstable size, which a list of one says in v1beta1.",
		step:   sizer,
		want:   []want{fine, says("Sized", "True", "Sized"), has("server", "spec.forProvider.skuName", `"GP_Standard_D2ds_v5"`)},
	},
	"sizer-replica-null": {
		reason: "A field that a template leaves null makes no read replica of a database, which would get no disk.",
		step:   sizer,
		want: []want{
			fine, says("Sized", "True", "Sized"), has("rds", "spec.forProvider.allocatedStorage", "64"), has("rds", "spec.forProvider.maxAllocatedStorage", "128"),
		},
	},
	"sizer-replicas-of-cloud-sql-and-azure": {
		reason: "A read replica has the disk of its source, and on Azure no burstable size.",
		step:   sizer,
		want: []want{
			fine, lacks("gcp-replica", "diskSize"), has("az-replica", "spec.forProvider.storageMb", ""),
			has("az-replica", "spec.initProvider.storageMb", ""), lacks("az-replica", "B_Standard"),
		},
	},
	"sizer-autoscaling-limit-of-small-disk": {
		reason: "RDS gives 20 GiB where less is asked for, and a limit below that would end the growth of a new disk.",
		step:   sizer,
		want: []want{
			fine, has("RDSInstance", "spec.forProvider.allocatedStorage", "20"), has("RDSInstance", "spec.forProvider.maxAllocatedStorage", "40"),
		},
	},

	// Settings that are used, or refused.
	"settings-region-key": {
		reason: "A key below regions means the same region as it means elsewhere in the settings.",
		want: []want{
			fine, has("instance", "spec.forProvider.encryptionKeyName", `"projects/acme/locations/europe-west1/keyRings/prod/cryptoKeys/databases"`),
		},
	},
	"settings-region-key, provider: aws": {
		reason: "Two keys that mean one region are refused: nobody can tell which of the two is meant.",
		edit:   "provider: aws",
		want:   []want{fatal("settings", "providers.aws.regions", "eu-west-1"), says("Composed", "False", "InvalidSettings")},
	},
	"settings-region-key, provider: azure": {
		reason: "A region's display name means the region.",
		edit:   "provider: azure",
		want:   []want{fine, has("instance", "spec.forProvider.customerManagedKey.keyVaultKeyId", `"https://v.example/keys/k"`)},
	},
	"policy-retention-of-one-cloud": {
		reason: "One figure for all clouds becomes the most that a cloud has, and the claim says so.",
		want:   []want{fine, says("Composed", "True", "NoNetwork", "policy.backupRetentionDays: 35 becomes 30")},
	},
	"environment-of-others": {
		reason: "An environment of other steps is no settings, whatever it has beside its tags.",
		want:   []want{fine, says("Composed", "True", "NoNetwork")},
	},
	"sku-not-in-catalog": {
		reason: "A size that somebody has a reservation for can be named by the settings.",
		want: []want{
			fine, says("Sized", "True", "Sized", "db.r6g.xlarge (4 vCPU, 32 GiB)"), has("instance", "spec.forProvider.instanceClass", `"db.r6g.xlarge"`),
		},
	},

	// Nonsense that could not be mended once it was accepted.
	"connection-secret-name": {
		reason: "A name that no Secret can have is refused before anything is made under it.",
		want:   []want{fatal("spec.writeConnectionSecretToRef.name", `"My_Secret"`, "allowed"), says("Composed", "False", "InvalidClaim")},
	},
	"password-with-newline": {
		reason: "A line end behind a password comes from an editor or a shell, and would change the password of the server.",
		want: []want{
			fatal("gcp-payments-dev-main-password", "password", "line end"), says("Composed", "False", "PasswordLost"), silent("Composed", "oldPassword123"),
		},
	},
	"earlier-step-same-name": {
		reason: "A composed resource of an earlier step is not written over.",
		want: []want{
			fatal(`"instance"`, "Instance", "ec2.aws.upbound.io"), has("instance", "spec.forProvider.ami", `"ami-1"`),
			has("user", "apiVersion", `"iam.aws.upbound.io/v1beta1"`),
		},
	},

	// What is legal.
	"ibm-adopt-default-name": {
		reason: "A database with the name that IBM's console gives is taken over, under a Secret that Kubernetes takes.",
		want: []want{
			fine, says("Composed", "True", "Adopted"), has("instance", "spec.forProvider.varmap.name", `"Databases for PostgreSQL-76"`),
			lacks("instance", `"Databases for PostgreSQL-76-server"`),
		},
	},
	"xr-without-claim": {
		reason: "An XResource without a claim has no namespace for its Secrets, which no field can mend.",
		want:   []want{fatal("XResource", "claim"), says("Composed", "False", "InvalidClaim"), silent("Composed", "set spec.project")},
	},

	// Tags by a rule of another kind.
	"iam-tag-keys-differ-in-case": {
		reason: "IAM takes no two tags whose keys differ in case only.",
		step:   tagger,
		want: []want{
			fine, has("role", "spec.forProvider.tags.Project", ""), has("role", "spec.forProvider.tags.project", `"shop"`),
			has("role", "spec.forProvider.tags.Environment", ""), has("policy", "spec.forProvider.tags.PROJECT", ""),
			has("policy", "spec.forProvider.tags.project", `"shop"`),
		},
	},
	"launch-template-instances-untagged": {
		reason: "The money of a node group is in its machines and disks, which have the tags of a launch template and no others.",
		step:   tagger,
		want: []want{
			fine, has("lt", "spec.forProvider.tagSpecifications.0.resourceType", `"instance"`),
			has("lt", "spec.forProvider.tagSpecifications.0.tags.project", `"shop"`),
			has("lt", "spec.forProvider.tagSpecifications.1.resourceType", `"volume"`), has("lt", "spec.forProvider.tagSpecifications.1.tags.project", `"shop"`),
		},
	},

	// Versions.
	"rds-class-of-old-engine": {
		reason: "MySQL 5.7 does not run on the classes of today, and a database that was taken over keeps its own.",
		want:   []want{fine, has("instance", "spec.forProvider.instanceClass", `"db.m5.xlarge"`)},
	},
}
