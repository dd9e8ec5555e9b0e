// Package kinds gives the claim's fields the frame of a Kubernetes kind, which
// controller-gen asks for. It stands apart from the fields, so that whoever
// imports those does not link apimachinery.
//
// +groupName=platform.victor.onl
// +versionName=v1alpha1
package kinds

import (
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/victor-onl/crossplane-resources/apis/v1alpha1"
)

// A Resource is cloud infrastructure that a team asks for.
type Resource struct {
	metav1.TypeMeta   `json:",inline"`
	metav1.ObjectMeta `json:"metadata,omitzero"`

	Spec   v1alpha1.ResourceSpec   `json:"spec"`
	Status v1alpha1.ResourceStatus `json:"status,omitzero"`
}
