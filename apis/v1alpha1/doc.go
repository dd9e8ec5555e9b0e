// Package v1alpha1 has the fields of a Resource, the one claim by which a team
// asks for cloud infrastructure. Both XRDs are generated from it, so that a
// claim and a namespaced composite resource take the same manifest.
//
// It imports nothing of Kubernetes: a function may use it and stay small.
//
// +groupName=platform.victor.onl
package v1alpha1
