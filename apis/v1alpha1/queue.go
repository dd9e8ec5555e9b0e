package v1alpha1

// A Queue is what a claim says of its queue. All of it has defaults. On every cloud a
// message is delivered at least once, in no promised order, to one of the consumers that
// pull.
type Queue struct {
	// For how many seconds a message that a consumer took is hidden from the others,
	// unless the consumer acknowledges it before. 60 when left out. On IBM Cloud a
	// message is held until it is acknowledged or the consumer is gone.
	// +kubebuilder:title="Visibility timeout (seconds)"
	// +kubebuilder:validation:Minimum=10
	// +kubebuilder:validation:Maximum=300
	// +optional
	VisibilityTimeoutSeconds int32 `json:"visibilityTimeoutSeconds,omitempty"`

	// For how many days a message that nobody acknowledges is kept. 7 when left out.
	// Fewer days delete older messages, and are refused where the queue is protected.
	// +kubebuilder:title="Retention (days)"
	// +kubebuilder:validation:Minimum=1
	// +kubebuilder:validation:Maximum=14
	// +optional
	RetentionDays int32 `json:"retentionDays,omitempty"`

	// How often a message is delivered before it goes to the dead-letter queue, which
	// keeps it for 14 days or longer. 5 when left out.
	// +kubebuilder:title="Delivery attempts"
	// +kubebuilder:validation:Minimum=5
	// +kubebuilder:validation:Maximum=100
	// +optional
	MaxDeliveryAttempts int32 `json:"maxDeliveryAttempts,omitempty"`

	// Who may send and receive, by an identity of their own. An entry that is taken out
	// takes its right away. Not on IBM Cloud, where the server has one user.
	// +kubebuilder:title="Access"
	// +kubebuilder:validation:MaxItems=20
	// +listType=atomic
	// +optional
	Access []QueueAccess `json:"access,omitempty"`
}

// A QueueAccess lets one identity of the cloud use the queue.
type QueueAccess struct {
	// The identity as its cloud names it: serviceAccount:… or principal://… on GCP, the
	// ARN of an IAM role on AWS, an object id on Azure. It is of the queue's own account,
	// or one that the settings allow.
	// +kubebuilder:title="Principal"
	// +kubebuilder:validation:MinLength=1
	// +kubebuilder:validation:MaxLength=512
	Principal string `json:"principal"`

	// What the identity does: send, or receive, which reads the dead-letter queue too.
	// +kubebuilder:title="Role"
	// +kubebuilder:validation:Enum=send;receive
	Role string `json:"role"`
}
