package v1alpha1

// A Bucket is what a claim says of its bucket. All of it has defaults.
type Bucket struct {
	// Whether what is overwritten or deleted stays as an older version. By env when
	// left out: on in prod, mgmt and staging, off in dev. Once on, it stays on.
	// +kubebuilder:title="Versioning"
	// +optional
	Versioning *bool `json:"versioning,omitempty"`

	// How many days what was overwritten or deleted can be had back, with versioning;
	// on Azure, and on GCP without versioning, by soft delete too. When left out it is
	// the settings' figure, else by env: 30 in prod and mgmt, 7 in staging, 1 in dev.
	// +kubebuilder:title="Retention (days)"
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=365
	// +optional
	RetentionDays int32 `json:"retentionDays,omitempty"`
}
