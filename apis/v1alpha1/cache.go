package v1alpha1

// A Cache is what a claim says of its cache, which speaks the Redis protocol. All of it has
// defaults. The engine and its version are the platform's.
type Cache struct {
	// Which keys make room once the memory is full: allkeys-lru drops what was used
	// longest ago, allkeys-lfu what is used least, volatile-lru and volatile-ttl only
	// keys that have a time to live, and noeviction refuses writes. allkeys-lru when
	// left out.
	// +kubebuilder:title="Eviction policy"
	// +kubebuilder:validation:Enum=allkeys-lru;allkeys-lfu;volatile-lru;volatile-ttl;noeviction
	// +optional
	EvictionPolicy string `json:"evictionPolicy,omitempty"`

	// Whether a replica in another zone takes over when the primary fails. By env when
	// left out: on in prod and mgmt, off in staging and dev; always on at IBM. Cannot
	// change later on GCP and Azure.
	// +kubebuilder:title="High availability"
	// +optional
	HighAvailability *bool `json:"highAvailability,omitempty"`

	// Whether the keys outlive a restart, as far as the cloud's snapshots reach. By env
	// when left out: on in prod and mgmt, off in staging and dev.
	// +kubebuilder:title="Persistence"
	// +optional
	Persistence *bool `json:"persistence,omitempty"`
}
