package profilesizer

import (
	"strings"
	"testing"
)

// TestPaused holds that a resource which is paused keeps what it asks for, so that nothing of it
// goes and comes, and that it is said to be paused.
func TestPaused(t *testing.T) {
	const (
		empty  = "metadata: {annotations: {crossplane.io/external-name: db}}, spec: {managementPolicies: [], "
		marked = "metadata: {annotations: {crossplane.io/paused: 'true'}}, spec: {"
		larger = "{status: {atProvider: {id: x, instanceClass: db.m7g.2xlarge, allocatedStorage: 64, maxAllocatedStorage: 128}}}"
		figure = "{status: {atProvider: {id: x, instanceClass: db.t4g.medium, allocatedStorage: 64, maxAllocatedStorage: 128}}}"
		size   = ", instanceClass: db.t4g.medium, allocatedStorage: 64, maxAllocatedStorage: 128}}}"
		fits   = "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 64 GiB of disk"
		note   = "; it is paused, so that nothing of it is changed"
		keeps  = "Kept: keeps db.m7g.2xlarge (8 vCPU, 32 GiB), since it is paused; small would be db.t4g.medium (2 vCPU, 4 GiB)"
	)
	instance := func(head string) string {
		return "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, " + head + "forProvider: {engine: postgres}}}"
	}
	sized := func(head string) string { return strings.TrimSuffix(instance(head), "}}}") + size }
	deployment := strings.Replace(deployment, "kind: Deployment", "kind: Deployment, metadata: {annotations: {crossplane.io/paused: 'true'}}", 1)
	sizings{
		"Empty": {
			reason: "An empty list of policies leaves the size of a resource that runs in what is desired.", xr: "{profile: small}",
			desired: instance(empty), observed: figure, want: sized(empty), condition: fits + note,
		},
		"EmptyNew": {
			reason: "A resource that is not made yet is sized for the day that it is.", xr: "{profile: small}",
			desired: instance(empty), want: sized(empty), condition: fits + note,
		},
		"EmptyOther": {
			reason: "A size that waits is not said to run.", xr: "{profile: small}",
			desired: instance(empty), observed: larger, want: sized(empty), condition: keeps,
		},
		"Marked": {
			reason: "The annotation of a step before pauses in the same way.", xr: "{profile: small}",
			desired: instance(marked), observed: larger, want: sized(marked), condition: keeps,
		},
		"MarkedLive": {
			reason: "Somebody who pauses the managed resource in the cluster pauses it, too.", xr: "{profile: small}", desired: instance("spec: {"),
			observed: strings.Replace(larger, "{", "{metadata: {annotations: {crossplane.io/paused: 'true'}}, ", 1), want: sized("spec: {"), condition: keeps,
		},
		"NotMarked": {
			reason: "An annotation that says false pauses nothing.", xr: "{profile: small}",
			desired: instance(strings.Replace(marked, "true", "false", 1)), observed: larger, condition: fits,
		},
		"Pods": {
			reason: "What is no managed resource is paused by nothing.", xr: "{profile: small}", desired: deployment,
			condition: "Sized: small: 2 vCPU, 4 GiB",
		},
		"PodsElsewhere": {
			reason: "An Object of provider-kubernetes is a managed resource.", xr: "{profile: small}",
			desired: "{apiVersion: kubernetes.crossplane.io/v1alpha2, kind: Object, spec: {managementPolicies: [], forProvider: {manifest: " +
				deployment + "}}}", condition: "Sized: small: 2 vCPU, 4 GiB" + note,
		},
		"Kept": {
			reason: "A kept size of what is paused is said to be paused.", xr: "{profile: small}",
			desired:  instance(strings.Replace(marked, "{crossplane.io", "{"+keepAnnotation+": "+keepWord+", crossplane.io", 1)),
			observed: figure, condition: "Kept: keeps db.t4g.medium (2 vCPU, 4 GiB), which runs; small would be the same" + note,
		},
	}.run(t)
}
