package v1alpha1

// A ResourceSpec is what a team asks for.
//
// The rules compare both sides with has(): a field that appears on a live claim
// is as much of a change as one whose value differs. Their messages are the guard's of
// function-multicloud-db, word by word, which knows the values.
//
// +kubebuilder:validation:XValidation:rule="self.type != 'database' || has(self.database)",message="spec.database is required when spec.type is database; give at least spec.database.engine"
// +kubebuilder:validation:XValidation:rule="self.type == oldSelf.type",messageExpression=`'spec.type: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([oldSelf.type, self.type, oldSelf.type])`
// +kubebuilder:validation:XValidation:rule="has(self.provider) == has(oldSelf.provider) && (!has(self.provider) || self.provider == oldSelf.provider)",messageExpression=`'spec.provider: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([(has(oldSelf.provider) ? oldSelf.provider : ""), (has(self.provider) ? self.provider : ""), (has(oldSelf.provider) ? oldSelf.provider : "")])`
// +kubebuilder:validation:XValidation:rule="has(self.region) == has(oldSelf.region) && (!has(self.region) || self.region == oldSelf.region)",messageExpression=`'spec.region: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([(has(oldSelf.region) ? oldSelf.region : ""), (has(self.region) ? self.region : ""), (has(oldSelf.region) ? oldSelf.region : "")])`
// +kubebuilder:validation:XValidation:rule="has(self.project) == has(oldSelf.project) && (!has(self.project) || self.project == oldSelf.project)",messageExpression=`'spec.project: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([(has(oldSelf.project) ? oldSelf.project : ""), (has(self.project) ? self.project : ""), (has(oldSelf.project) ? oldSelf.project : "")])`
// +kubebuilder:validation:XValidation:rule="has(self.env) == has(oldSelf.env) && (!has(self.env) || self.env == oldSelf.env)",messageExpression=`'spec.env: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([(has(oldSelf.env) ? oldSelf.env : ""), (has(self.env) ? self.env : ""), (has(oldSelf.env) ? oldSelf.env : "")])`
// +kubebuilder:validation:XValidation:rule="has(self.externalName) == has(oldSelf.externalName) && (!has(self.externalName) || self.externalName == oldSelf.externalName)",messageExpression=`'spec.externalName: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([(has(oldSelf.externalName) ? oldSelf.externalName : ""), (has(self.externalName) ? self.externalName : ""), (has(oldSelf.externalName) ? oldSelf.externalName : "")])`
// +kubebuilder:validation:XValidation:rule="has(self.database) == has(oldSelf.database) && (!has(self.database) || self.database.engine == oldSelf.database.engine)",messageExpression=`'spec.database.engine: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([(has(oldSelf.database) && has(oldSelf.database.engine) ? oldSelf.database.engine : ""), (has(self.database) && has(self.database.engine) ? self.database.engine : ""), (has(oldSelf.database) && has(oldSelf.database.engine) ? oldSelf.database.engine : "")])`
// +kubebuilder:validation:XValidation:rule="!has(self.database) || !has(oldSelf.database) || (has(self.database.name) == has(oldSelf.database.name) && (!has(self.database.name) || self.database.name == oldSelf.database.name))",messageExpression=`'spec.database.name: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([(has(oldSelf.database) && has(oldSelf.database.name) ? oldSelf.database.name : ""), (has(self.database) && has(self.database.name) ? self.database.name : ""), (has(oldSelf.database) && has(oldSelf.database.name) ? oldSelf.database.name : "")])`
// +kubebuilder:validation:XValidation:rule="!has(self.database) || !has(oldSelf.database) || !has(oldSelf.database.storageGiB) || (has(self.database.storageGiB) && self.database.storageGiB >= oldSelf.database.storageGiB)",messageExpression=`'spec.database.storageGiB: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([string(oldSelf.database.storageGiB), (has(self.database) && has(self.database.storageGiB) ? string(self.database.storageGiB) : ""), string(oldSelf.database.storageGiB)])`
// +kubebuilder:validation:XValidation:rule="!has(self.database) || !has(oldSelf.database) || !has(oldSelf.database.version) || (has(self.database.version) && (int(self.database.version.split('.')[0]) > int(oldSelf.database.version.split('.')[0]) || (int(self.database.version.split('.')[0]) == int(oldSelf.database.version.split('.')[0]) && (self.database.version.contains('.') ? int(self.database.version.split('.')[1]) : 0) >= (oldSelf.database.version.contains('.') ? int(oldSelf.database.version.split('.')[1]) : 0))))",messageExpression=`'spec.database.version: "%s" cannot become "%s" on a live database; set it back to "%s", or make a second claim and migrate'.format([oldSelf.database.version, (has(self.database) && has(self.database.version) ? self.database.version : ""), oldSelf.database.version])`
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

	// How big the resource is: nano, small, medium, large or xlarge, or one of the
	// profiles that the platform added in its settings. Each comes to a size of the
	// cloud's own; it can change at any time, which may restart the resource.
	// +kubebuilder:title="Size"
	// +kubebuilder:example=medium
	// +kubebuilder:validation:Pattern=`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`
	// +kubebuilder:validation:MaxLength=63
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
