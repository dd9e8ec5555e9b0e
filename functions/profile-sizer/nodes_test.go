package profilesizer

import (
	"strings"
	"testing"
)

func nodesOnGCP(config string) string {
	return ofKind("container.gcp.m.upbound.io/v1beta1, kind: NodePool, spec: {forProvider: {cluster: x, nodeConfig: {diskSizeGb: 100"+comma(config)+"}", "")
}

func nodesOnAWS(fields string) string {
	return ofKind("ec2.aws.m.upbound.io/v1beta1, kind: LaunchTemplate, spec: {forProvider: {name: x"+comma(fields), "")
}

func nodesOnAzure(block string) string {
	return ofKind("containerservice.azure.m.upbound.io/v1beta1, kind: KubernetesCluster, metadata: {annotations: {"+requested+": cluster}}, "+
		"spec: {forProvider: {location: westeurope, defaultNodePool: {name: system"+comma(block)+"}", "")
}

func nodesOnIBM(fields string) string {
	return ofKind("opentofu.m.upbound.io/v1beta1, kind: Workspace, spec: {forProvider: {varmap: {service: containers-kubernetes"+comma(fields)+"}", "")
}

func comma(fields string) string {
	if fields == "" {
		return ""
	}
	return ", " + fields
}

func TestSizeNodes(t *testing.T) {
	const ours = "{apiVersion: container.gcp.m.upbound.io/v1beta1, kind: Cluster, metadata: {annotations: {platform.victor.onl/requested-type: cluster}}, " +
		"spec: {forProvider: {location: x}}}"
	sizings{
		"Nano": {
			reason: "The smallest machine that holds the system's pods is larger than nano.", xr: "{type: cluster, profile: nano}", desired: nodesOnGCP(""),
			want: nodesOnGCP("machineType: e2-medium, diskType: pd-balanced"), condition: "Sized: nano: e2-medium (1 vCPU, 4 GiB)",
		},
		"Medium": {
			reason: "A newer machine takes another kind of disk.", xr: "{type: cluster, profile: medium}", desired: nodesOnGCP(""),
			want: nodesOnGCP("machineType: n4-standard-4, diskType: hyperdisk-balanced"), condition: "Sized: medium: n4-standard-4 (4 vCPU, 16 GiB)",
		},
		"Smaller": {
			reason: "Nodes are made anew in both directions.", xr: "{type: cluster, profile: small}", desired: nodesOnGCP(""),
			observed: "{status: {atProvider: {id: x, nodeConfig: {machineType: n4-standard-4, diskType: hyperdisk-balanced}}}}",
			want:     nodesOnGCP("machineType: e2-standard-2, diskType: pd-balanced"),
		},
		"Named": {
			reason: "A profile names a machine of its own, with the disk that it takes.", xr: "{type: cluster, profile: medium}",
			environment: "profiles: {medium: {skus: {gcpNode: e2-standard-4}}}", desired: nodesOnGCP(""),
			want: nodesOnGCP("machineType: e2-standard-4, diskType: pd-balanced"),
		},
		"Unknown": {
			reason: "Of a machine that the catalog lacks nobody knows which disk it takes: Google chooses.", xr: "{type: cluster, profile: medium}",
			environment: "profiles: {medium: {skus: {gcpNode: {name: c4-standard-8, vcpu: 8, memoryGiB: 30}}}}", desired: nodesOnGCP(""),
			want: nodesOnGCP("machineType: c4-standard-8"),
		},
		"Template": {
			reason: "On AWS the machine stands in the launch template.", xr: "{type: cluster, profile: medium}", desired: nodesOnAWS(""),
			want: nodesOnAWS("instanceType: m7i.xlarge"), condition: "Sized: medium: m7i.xlarge (4 vCPU, 16 GiB)",
		},
		"TemplateNamed": {
			reason: "A profile names a machine there, too.", xr: "{type: cluster, profile: medium}",
			environment: "profiles: {medium: {skus: {awsNode: m6i.xlarge}}}", desired: nodesOnAWS(""), want: nodesOnAWS("instanceType: m6i.xlarge"),
		},
		"Workspace": {
			reason: "On IBM Cloud the size is a variable of the module.", xr: "{type: cluster, profile: nano}", desired: nodesOnIBM(""),
			want: nodesOnIBM("flavor: cx2.2x4"), condition: "Sized: nano: cx2.2x4 (1 vCPU, 4 GiB)",
		},
		"WorkspaceNamed": {
			reason: "A region without bx2 has its size named.", xr: "{type: cluster, profile: medium}",
			environment: "profiles: {medium: {skus: {ibmNode: bx3d.4x20}}}", desired: nodesOnIBM(""), want: nodesOnIBM("flavor: bx3d.4x20"),
		},
		"WorkspaceLive": {
			reason: "No edit of the settings makes a node of IBM Cloud anew: the module would refuse that for ever.", xr: "{type: cluster, profile: medium}",
			environment: "profiles: {medium: {skus: {ibmNode: bx2.8x32}}}", desired: nodesOnIBM(""),
			observed: `{spec: {forProvider: {varmap: {flavor: bx2.4x16}}}, status: {atProvider: {outputs: {flavor: bx2.4x16}}}}`,
			want:     nodesOnIBM("flavor: bx2.4x16"),
			condition: "HeldBack: medium: bx2.4x16 (4 vCPU, 16 GiB); its nodes keep that size, since IBM Cloud changes the size of none, and medium is " +
				"bx2.8x32 (8 vCPU, 32 GiB) by now",
		},
		"WorkspaceLost": {
			reason: "Where the module's outputs are lost, what was asked for last counts.", xr: "{type: cluster, profile: large}", desired: nodesOnIBM(""),
			observed: `{metadata: {annotations: {crossplane.io/external-create-succeeded: "2026-11-25T00:00:00Z"}}, spec: {forProvider: {varmap: {flavor: bx2.4x16}}}}`,
			want:     nodesOnIBM("flavor: bx2.4x16"),
		},
		"WorkspaceNeverMade": {
			reason: "A cluster whose creation failed gets the size that its claim is put right to.", xr: "{type: cluster, profile: large}", desired: nodesOnIBM(""),
			observed: `{metadata: {annotations: {crossplane.io/external-create-pending: "2026-11-25T00:00:00Z", crossplane.io/external-create-failed: ` +
				`"2026-11-25T00:00:01Z"}}, spec: {forProvider: {varmap: {flavor: bx2.4x16}}}}`,
			want: nodesOnIBM("flavor: bx2.8x32"),
		},
		"TemplateOfAnother": {
			reason: "A template with an image of its own makes no nodes.", xr: "{type: cluster, profile: medium}", desired: nodesOnAWS("imageId: ami-1"),
			want: nodesOnAWS("imageId: ami-1"),
		},
		"System": {
			reason: "AKS runs the system's pods on no small machine.", xr: "{type: cluster, profile: nano}", desired: nodesOnAzure(""),
			want:      nodesOnAzure("vmSize: Standard_D4ds_v5"),
			condition: "Sized: nano: Standard_D4ds_v5 (4 vCPU, 16 GiB); AKS takes no machine of less than 4 vCPU for the system's own pods",
		},
		"SystemLarge": {
			reason: "A large profile is no less than it says.", xr: "{type: cluster, profile: large}", desired: nodesOnAzure(""),
			want: nodesOnAzure("vmSize: Standard_D8ds_v5"), condition: "Sized: large: Standard_D8ds_v5 (8 vCPU, 32 GiB)",
		},
		"SystemNamed": {
			reason: "A profile names a machine there, too.", xr: "{type: cluster, profile: small}",
			environment: "profiles: {small: {skus: {azureNode: Standard_D4ads_v5}}}", desired: nodesOnAzure(""), want: nodesOnAzure("vmSize: Standard_D4ads_v5"),
		},
		"SystemTooSmall": {
			reason: "But none that AKS refuses.", xr: "{type: cluster, profile: small}", desired: nodesOnAzure(""),
			environment: "profiles: {small: {skus: {azureNode: {name: Standard_D2s_v5, vcpu: 2, memoryGiB: 8}}}}",
			fatal: `settings.profiles.small.skus.azureNode: "Standard_D2s_v5" is not allowed, since AKS runs the system's own pods on these nodes; ` +
				`allowed are machines of 4 vCPU at least`,
		},
		"SystemOfAnother": {
			reason: "The pool of a cluster that is no claim's keeps its machines.", xr: "{type: cluster, profile: large}",
			desired: strings.Replace(nodesOnAzure("vmSize: Standard_D2s_v5"), requested, "other", 1),
			want:    strings.Replace(nodesOnAzure("vmSize: Standard_D2s_v5"), requested, "other", 1),
		},
		"TooLarge": {
			reason: "What no machine has is refused.", xr: "{type: cluster, profile: x}", environment: "profiles: {x: {vcpu: 100, memoryGiB: 100}}",
			desired: nodesOnGCP(""), fatal: `spec.profile: "x" asks for 100 vCPU and 100 GiB of memory, which no size of GKE gives; ` +
				"the nearest is n4-highmem-80 with 80 vCPU and 640 GiB",
		},
		"Ahead": {
			reason: "Before there is a pool, the size is told, and nothing is written.", xr: "{type: cluster, profile: large}", desired: ours, want: ours,
			condition: "Sized: large: n4-standard-8 (8 vCPU, 32 GiB)",
		},
		"AheadNoSuch": {
			reason: "A profile that there is not is refused before the cluster is made.", xr: "{type: cluster, profile: huge}", desired: ours,
			fatal: `spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge`,
		},
	}.run(t)
}
