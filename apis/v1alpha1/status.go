package v1alpha1

// A ResourceStatus is what became of the request.
type ResourceStatus struct {
	// The cloud resource behind the claim.
	// +optional
	Resource *ResourceInfo `json:"resource,omitempty"`

	// What the profile came to on this cloud.
	// +optional
	Size *Size `json:"size,omitempty"`

	// How long a database's data can be had back.
	// +optional
	Backup *Backup `json:"backup,omitempty"`

	// What the cloud's bill can be read by.
	// +optional
	Cost *Cost `json:"cost,omitempty"`
}

// A Backup is how long a database's data can be had back, as the database is asked for.
type Backup struct {
	// For how many days a daily backup is kept.
	// +optional
	DaysKept int32 `json:"daysKept,omitempty"`

	// How many days back a point in time can be restored: fewer than backups are kept for
	// on Google Cloud and IBM Cloud. Left out where none can.
	// +optional
	PointInTimeDays int32 `json:"pointInTimeDays,omitempty"`
}

// A ResourceInfo says what runs, and where it is reached.
type ResourceInfo struct {
	// Whether the cloud has the resource: made for this claim, or found and taken over.
	// From then on what cannot change is refused at admission; until then a mistake is
	// put right by an edit. Once true it stays true as long as the resource may be there,
	// also while its provider cannot be asked.
	// +optional
	Made bool `json:"made,omitempty"`

	// The resource's name at the cloud.
	// +optional
	Name string `json:"name,omitempty"`

	// The catalog entity that stands for the resource.
	// +optional
	Entity string `json:"entity,omitempty"`

	// The cloud that the resource runs in.
	// +kubebuilder:validation:MaxLength=63
	// +optional
	Provider string `json:"provider,omitempty"`

	// The cloud's own name of the region.
	// +kubebuilder:validation:MaxLength=63
	// +optional
	Region string `json:"region,omitempty"`

	// The database engine.
	// +kubebuilder:validation:MaxLength=63
	// +optional
	Engine string `json:"engine,omitempty"`

	// The version that runs.
	// +kubebuilder:validation:MaxLength=63
	// +optional
	Version string `json:"version,omitempty"`

	// Where to connect to: a database's host name or address, or a bucket's URL.
	// +optional
	Endpoint string `json:"endpoint,omitempty"`

	// When its provider made what the claim has; "found" of what was there before, and on IBM
	// Cloud its CRN. It stays where another one of its name takes the place of that, which
	// Provisioned says by MadeAgain. A later time is of an attempt that the cloud refused, since
	// the resource was there.
	// +kubebuilder:validation:MaxLength=253
	// +optional
	Since string `json:"since,omitempty"`

	// The port to connect to.
	// +optional
	Port int32 `json:"port,omitempty"`

	// The EnvironmentConfigs that the settings were read from, the strongest last.
	// +kubebuilder:validation:MaxItems=3
	// +listType=atomic
	// +optional
	Settings []string `json:"settings,omitempty"`

	// The Secret that the connection was published in, of a namespaced resource. Its name
	// cannot change from then on.
	// +kubebuilder:validation:MaxLength=253
	// +optional
	ConnectionSecret string `json:"connectionSecret,omitempty"`
}

// A Size is a profile in the cloud's own terms. Small sizes have parts of a CPU or
// of a GiB, hence the floats.
type Size struct {
	// The profile that was asked for.
	// +optional
	Profile string `json:"profile,omitempty"`

	// The cloud's own name of the size.
	// +optional
	Instance string `json:"instance,omitempty"`

	// Virtual CPUs.
	// +optional
	VCPU float64 `json:"vcpu,omitempty"`

	// Memory in GiB.
	// +optional
	MemoryGiB float64 `json:"memoryGiB,omitempty"`

	// Memory of a cache that data can have, in GiB. The cloud keeps the rest for itself.
	// +optional
	UsableMemoryGiB float64 `json:"usableMemoryGiB,omitempty"`

	// Disk in GiB.
	// +optional
	StorageGiB int32 `json:"storageGiB,omitempty"`

	// Connections that a database takes by its parameters, else by its cloud's default for the size,
	// those that the cloud keeps for itself among them. Missing where the cloud publishes no number.
	// +optional
	MaxConnections int32 `json:"maxConnections,omitempty"`

	// Reads and writes a second that the disk gives, on IBM that of one member. Missing of a disk
	// whose type is not the usual one. A small machine may not reach them.
	// +optional
	IOPS int32 `json:"iops,omitempty"`

	// Whether a standby takes over when the primary fails.
	// +optional
	HighAvailability *bool `json:"highAvailability,omitempty"`
}

// A Cost says which tags the bill carries, and what could not be tagged.
type Cost struct {
	// The tags as they were meant, before a cloud's own encoding.
	// +optional
	Tags map[string]string `json:"tags,omitempty"`

	// The same, in place of them, while nothing carries any of them: what is composed is only
	// observed, is paused, is not updated yet, or takes no tags.
	// +optional
	Pending map[string]string `json:"pending,omitempty"`

	// Keys of tags that come from the platform's settings. They stay as they are
	// where the settings are gone.
	// +optional
	Inherited []string `json:"inherited,omitempty"`

	// Kinds of composed resources that have no field for tags, or one that is not written to.
	// +optional
	Untagged []string `json:"untagged,omitempty"`

	// Keys of tags that were dropped or written differently for a cloud, resources that carry
	// none of the tags and what they lack, and what takes no tags from the kind that makes it.
	// +optional
	Adjusted []string `json:"adjusted,omitempty"`
}
