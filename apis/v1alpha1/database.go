package v1alpha1

// A Database is what a claim says of its database.
type Database struct {
	// The database engine. Cannot change later.
	// +kubebuilder:title="Engine"
	// +kubebuilder:validation:Enum=postgres;mysql
	Engine string `json:"engine"`

	// The engine's major version, such as 17 for PostgreSQL or 8.4 for MySQL. A
	// current one when left out. Only goes up.
	// +kubebuilder:title="Version"
	// +kubebuilder:validation:Pattern=`^[0-9]+(\.[0-9]+)?$`
	// +kubebuilder:validation:MaxLength=7
	// +optional
	Version string `json:"version,omitempty"`

	// The logical database to create. The project's name when left out. Cannot
	// change later.
	// +kubebuilder:title="Database name"
	// +kubebuilder:validation:Pattern=`^[a-z][a-z0-9_]{0,62}$`
	// +kubebuilder:validation:MaxLength=63
	// +optional
	Name string `json:"name,omitempty"`

	// The disk in GiB. The profile's when left out. Only grows.
	// +kubebuilder:title="Storage (GiB)"
	// +kubebuilder:validation:Minimum=20
	// +kubebuilder:validation:Maximum=65536
	// +optional
	StorageGiB int32 `json:"storageGiB,omitempty"`

	// Whether a standby in another zone takes over when the primary fails. By env
	// when left out: on in prod and mgmt, off in staging and dev; always on at IBM.
	// +kubebuilder:title="High availability"
	// +optional
	HighAvailability *bool `json:"highAvailability,omitempty"`

	// How many days backups are kept. By env when left out: 30 in prod and mgmt,
	// 7 in staging, 1 (or the cloud's minimum) in dev. Clouds differ in what they
	// offer: up to 365 on GCP, 35 on AWS and Azure (7 at least for PostgreSQL there),
	// always 30 on IBM.
	// +kubebuilder:title="Backup retention (days)"
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=365
	// +optional
	BackupRetentionDays int32 `json:"backupRetentionDays,omitempty"`

	// The database that a new one is made of: its data at a point in time, or as a backup
	// has them, or the latest without either. Cannot change later, and can be given to no
	// live database.
	// +kubebuilder:title="Restore from"
	// +optional
	RestoreFrom *RestoreFrom `json:"restoreFrom,omitempty"`

	// How the engine is tuned, in words that mean the same on every cloud that has them. What is
	// left out stays as it is; what a cloud cannot is refused. Null is none: a server-side apply
	// leaves it where the last parameter is taken out of an object that stays.
	// +kubebuilder:title="Parameters"
	// +nullable
	// +optional
	Parameters *Parameters `json:"parameters,omitempty"`

	// The extensions of PostgreSQL that the administrator is to be able to create by CREATE EXTENSION,
	// such as pg_trgm or vector: the cloud is told to allow and to load them. Nobody creates them here.
	// One that is taken away stays allowed. One that the server has to load takes a restart.
	// +kubebuilder:title="Extensions"
	// +kubebuilder:validation:MaxItems=32
	// +kubebuilder:validation:items:MaxLength=63
	// +kubebuilder:validation:items:Pattern=`^[a-z][a-z0-9_-]{0,62}$`
	// +listType=set
	// +optional
	Extensions []string `json:"extensions,omitempty"`
}

// Parameters are those of the engine that a claim may say.
type Parameters struct {
	// How many connections the server takes: max_connections. Of PostgreSQL it takes a restart.
	// +kubebuilder:title="Connections"
	// +kubebuilder:validation:Minimum=25
	// +kubebuilder:validation:Maximum=100000
	// +optional
	MaxConnections int32 `json:"maxConnections,omitempty"`

	// After how long a statement is ended, such as 30s: statement_timeout of PostgreSQL, and
	// max_execution_time of MySQL, which is of SELECT alone. Not on IBM Cloud.
	// +kubebuilder:title="Statement timeout"
	// +kubebuilder:validation:Pattern=`^[1-9][0-9]{0,7}(ms|s|min|h)$`
	// +kubebuilder:validation:MaxLength=11
	// +optional
	StatementTimeout string `json:"statementTimeout,omitempty"`

	// After how long a statement that waits for a lock is ended, such as 5s: lock_timeout of
	// PostgreSQL, and innodb_lock_wait_timeout of MySQL, in whole seconds. Not on IBM Cloud.
	// +kubebuilder:title="Lock timeout"
	// +kubebuilder:validation:Pattern=`^[1-9][0-9]{0,7}(ms|s|min|h)$`
	// +kubebuilder:validation:MaxLength=11
	// +optional
	LockTimeout string `json:"lockTimeout,omitempty"`

	// From how long on a statement is written to the log, with its text, such as 500ms:
	// log_min_duration_statement of PostgreSQL, and the slow query log of MySQL. On IBM Cloud of
	// PostgreSQL alone, from 100ms on.
	// +kubebuilder:title="Slow query threshold"
	// +kubebuilder:validation:Pattern=`^[1-9][0-9]{0,7}(ms|s|min|h)$`
	// +kubebuilder:validation:MaxLength=11
	// +optional
	SlowQueryThreshold string `json:"slowQueryThreshold,omitempty"`
}

// RestoreFrom is the database that a new one is made of.
type RestoreFrom struct {
	// The claim whose database it is, of the same namespace, or of the one of env.
	// +kubebuilder:title="Claim"
	// +kubebuilder:validation:MaxLength=253
	// +optional
	Name string `json:"name,omitempty"`

	// The database as its cloud names it, where no claim is to be named: Cloud SQL's
	// instance, RDS's identifier, Azure's server or its whole id, IBM Cloud's CRN.
	// +kubebuilder:title="Database at its cloud"
	// +kubebuilder:validation:MaxLength=255
	// +optional
	ExternalName string `json:"externalName,omitempty"`

	// The env of the claim, where it is another one of the same project.
	// +kubebuilder:title="Env of the claim"
	// +kubebuilder:validation:Enum=dev;staging;prod;mgmt
	// +optional
	Env string `json:"env,omitempty"`

	// The time to restore, with its zone, such as 2026-11-26T09:30:00Z.
	// +kubebuilder:title="Point in time"
	// +kubebuilder:validation:Pattern=`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$`
	// +kubebuilder:validation:MaxLength=35
	// +optional
	PointInTime string `json:"pointInTime,omitempty"`

	// The backup to restore: a snapshot of RDS, or the CRN of a backup of IBM Cloud.
	// +kubebuilder:title="Backup"
	// +kubebuilder:validation:MaxLength=255
	// +optional
	Backup string `json:"backup,omitempty"`
}
