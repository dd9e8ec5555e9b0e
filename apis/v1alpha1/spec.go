package v1alpha1

// A ResourceSpec is what a team asks for.
//
// The rules compare both sides with has(): a field that appears on a live claim
// is as much of a change as one whose value differs.
//
// +kubebuilder:validation:XValidation:rule="self.type != 'database' || has(self.database)",message="spec.database is required when spec.type is database; give at least spec.database.engine"
// +kubebuilder:validation:XValidation:rule="self.type == oldSelf.type",message="spec.type cannot change on a live claim; make a second claim"
// +kubebuilder:validation:XValidation:rule="has(self.provider) == has(oldSelf.provider) && (!has(self.provider) || self.provider == oldSelf.provider)",message="spec.provider cannot change on a live claim; make a second claim and migrate"
// +kubebuilder:validation:XValidation:rule="has(self.region) == has(oldSelf.region) && (!has(self.region) || self.region == oldSelf.region)",message="spec.region cannot change on a live claim; make a second claim and migrate"
// +kubebuilder:validation:XValidation:rule="has(self.project) == has(oldSelf.project) && (!has(self.project) || self.project == oldSelf.project)",message="spec.project cannot change on a live claim; make a second claim and migrate"
// +kubebuilder:validation:XValidation:rule="has(self.env) == has(oldSelf.env) && (!has(self.env) || self.env == oldSelf.env)",message="spec.env cannot change on a live claim; make a second claim and migrate"
// +kubebuilder:validation:XValidation:rule="has(self.externalName) == has(oldSelf.externalName) && (!has(self.externalName) || self.externalName == oldSelf.externalName)",message="spec.externalName cannot change on a live claim; make a second claim that adopts the other resource"
// +kubebuilder:validation:XValidation:rule="has(self.database) == has(oldSelf.database) && (!has(self.database) || self.database.engine == oldSelf.database.engine)",message="spec.database.engine cannot change on a live claim; make a second claim and migrate"
// +kubebuilder:validation:XValidation:rule="!has(self.database) || !has(oldSelf.database) || (has(self.database.name) == has(oldSelf.database.name) && (!has(self.database.name) || self.database.name == oldSelf.database.name))",message="spec.database.name cannot change on a live claim; make a second claim and migrate"
// +kubebuilder:validation:XValidation:rule="!has(self.database) || !has(oldSelf.database) || !has(oldSelf.database.storageGiB) || (has(self.database.storageGiB) && self.database.storageGiB >= oldSelf.database.storageGiB)",message="spec.database.storageGiB only grows; keep it at its value or above, or make a second claim and migrate"
// +kubebuilder:validation:XValidation:rule="!has(self.database) || !has(oldSelf.database) || !has(oldSelf.database.version) || (has(self.database.version) && (int(self.database.version.split('.')[0]) > int(oldSelf.database.version.split('.')[0]) || (int(self.database.version.split('.')[0]) == int(oldSelf.database.version.split('.')[0]) && (self.database.version.contains('.') ? int(self.database.version.split('.')[1]) : 0) >= (oldSelf.database.version.contains('.') ? int(oldSelf.database.version.split('.')[1]) : 0))))",message="spec.database.version only goes up; keep it at its value or above, or make a second claim and migrate"
type ResourceSpec struct {
	// The cloud that the resource runs in. May be left out when
	// compositionSelector.matchLabels.provider names it. Cannot change later.
	// +kubebuilder:title="Cloud provider"
	// +kubebuilder:validation:Enum=gcp;aws;azure;ibm
	// +optional
	Provider string `json:"provider,omitempty"`

	// What kind of resource this is. Cannot change later.
	// +kubebuilder:title="Resource type"
	// +kubebuilder:validation:Enum=database
	// +kubebuilder:default=database
	// +optional
	Type string `json:"type,omitempty"`

	// How big the resource is. The platform maps a profile to the cloud's own
	// sizes; it can change at any time, which may restart the resource.
	// +kubebuilder:title="Size"
	// +kubebuilder:validation:Enum=nano;small;medium;large;xlarge
	Profile string `json:"profile"`

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

	// What happens to the cloud resource when the claim is deleted: Orphan keeps
	// it, Delete removes it with its data. The env's policy when left out.
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
	// it over. Only with externalName.
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
