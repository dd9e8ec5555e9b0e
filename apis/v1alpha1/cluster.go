package v1alpha1

// A Cluster is what a claim says of its Kubernetes cluster. All of it has defaults. The profile
// is the size of one node.
type Cluster struct {
	// The minor version of Kubernetes, such as 1.35. A current one when left out. Only goes
	// up, one minor at a time.
	// +kubebuilder:title="Version"
	// +kubebuilder:validation:Pattern=`^1\.[0-9]{2}$`
	// +kubebuilder:validation:MaxLength=4
	// +optional
	Version string `json:"version,omitempty"`

	// Whether the nodes are spread evenly over three zones, so that the loss of one leaves
	// the others. By env when left out: on in prod and mgmt, off in staging and dev.
	// +kubebuilder:title="High availability"
	// +optional
	HighAvailability *bool `json:"highAvailability,omitempty"`

	// How many nodes there are, in all zones together.
	// +kubebuilder:title="Nodes"
	// +optional
	Nodes *ClusterNodes `json:"nodes,omitempty"`
}

// ClusterNodes are the bounds within which nodes are added and taken away by what is asked of
// them.
type ClusterNodes struct {
	// The least number of nodes, in all zones together. With high availability a multiple
	// of three. 3 when left out with high availability, else 1, on Azure 2.
	// +kubebuilder:title="Least"
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=1000
	// +optional
	Min int32 `json:"min,omitempty"`

	// The largest number of nodes, in all zones together. With high availability a multiple
	// of three. Twice the least when left out with high availability, else 3.
	// +kubebuilder:title="Most"
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=1000
	// +optional
	Max int32 `json:"max,omitempty"`
}
