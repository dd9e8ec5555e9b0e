package v1alpha1

// A ResourceSpec is what a team asks for.
type ResourceSpec struct {
	// The cloud that the resource runs in. May be left out when
	// compositionSelector.matchLabels.provider names it. Cannot change later.
	// +kubebuilder:title="Cloud provider"
	// +kubebuilder:validation:Enum=gcp;aws;azure;ibm
	// +optional
	Provider string `json:"provider,omitempty"`

	// What kind of resource this is; its own fields stand in the section of that name.
	// Cannot change later.
	// +kubebuilder:title="Resource type"
	// +kubebuilder:default=database
	// +optional
	Type string `json:"type,omitempty"`

	// How big the resource is: nano, small, medium, large or xlarge, or one of the
	// profiles that the platform added in its settings. Each comes to a size of the
	// cloud's own; it can change at any time, which may restart the resource, but of a
	// cluster on IBM Cloud. Required for a database, for a cache, of which it is the
	// memory, and for a cluster, of which it is one node; a bucket has no size, and a
	// queue may do without.
	// +kubebuilder:title="Size"
	// +kubebuilder:example=medium
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`
	// +kubebuilder:validation:MaxLength=63
	// +optional
	Profile string `json:"profile,omitempty"`

	// Where the data lives: a neutral name such as eu-west, or the cloud's own
	// such as europe-west1. The env's default when left out. Cannot change later.
	// +kubebuilder:title="Region"
	// +kubebuilder:validation:Pattern=`^[a-z][a-z0-9-]*$`
	// +kubebuilder:validation:MaxLength=63
	// +optional
	Region string `json:"region,omitempty"`

	// The project that pays for the resource. Taken from the namespace
	// {project}-{env}-infra when left out. Cannot change later.
	// +kubebuilder:title="Project"
	// +kubebuilder:validation:Pattern=`^[a-z]([a-z0-9-]*[a-z0-9])?$`
	// +kubebuilder:validation:MaxLength=63
	// +optional
	Project string `json:"project,omitempty"`

	// The environment, which decides on backups and protection. Taken from the
	// namespace {project}-{env}-infra when left out. Cannot change later.
	// +kubebuilder:title="Environment"
	// +kubebuilder:validation:Enum=dev;staging;prod;mgmt
	// +optional
	Env string `json:"env,omitempty"`

	// The database, required when the type is database.
	// +kubebuilder:title="Database"
	// +optional
	Database *Database `json:"database,omitempty"`

	// The bucket, only when the type is bucket. All of it has defaults.
	// +kubebuilder:title="Bucket"
	// +optional
	Bucket *Bucket `json:"bucket,omitempty"`

	// The cache, only when the type is cache. All of it has defaults.
	// +kubebuilder:title="Cache"
	// +optional
	Cache *Cache `json:"cache,omitempty"`

	// The queue, only when the type is queue. All of it has defaults.
	// +kubebuilder:title="Queue"
	// +optional
	Queue *Queue `json:"queue,omitempty"`

	// The Kubernetes cluster, only when the type is cluster. All of it has defaults.
	// +kubebuilder:title="Cluster"
	// +optional
	Cluster *Cluster `json:"cluster,omitempty"`

	// What happens to the cloud resource when the claim is deleted: Orphan keeps
	// it, Delete removes it with its data. A bucket that is not empty is not deleted
	// until the claim has the annotation platform.victor.onl/allow-delete. The env's
	// policy when left out.
	// +kubebuilder:title="Deletion policy"
	// +kubebuilder:validation:Enum=Orphan;Delete
	// +optional
	DeletionPolicy string `json:"deletionPolicy,omitempty"`

	// The name of an existing cloud resource to adopt, as the cloud spells it.
	// Cannot change later.
	// +kubebuilder:title="Existing resource"
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=255
	// +optional
	ExternalName string `json:"externalName,omitempty"`

	// What to do with the existing resource: Observe only reads it, Manage takes
	// it over. Only with externalName. A database that was taken over publishes the
	// login that its owner writes into the Secret {externalName}-password, on IBM Cloud
	// one of its own.
	// +kubebuilder:title="Adoption"
	// +kubebuilder:validation:Enum=Observe;Manage
	// +optional
	Adopt string `json:"adopt,omitempty"`

	// The catalog entity that stands for the resource.
	// resource:default/{provider}-{project}-{env}-{name} when left out.
	// +kubebuilder:title="Catalog entity"
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=253
	// +optional
	Entity string `json:"entity,omitempty"`

	// More cost tags, next to those that the platform sets on every resource.
	// +kubebuilder:title="Cost tags"
	// +kubebuilder:validation:MaxProperties=40
	// +optional
	Tags map[string]TagValue `json:"tags,omitempty"`
}

// A TagValue is the value of a cost tag.
// +kubebuilder:validation:MaxLength=255
type TagValue string
