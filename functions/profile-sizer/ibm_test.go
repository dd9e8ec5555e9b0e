package profilesizer

import (
	"strings"
	"testing"
)

func ibmWorkspace(varmap string) string {
	return `{apiVersion: opentofu.m.upbound.io/v1beta1, kind: Workspace, spec: {forProvider: {varmap: {service: databases-for-postgresql, ` +
		`plan: standard, members: 2` + varmap + `}}}}`
}

func TestSizeIBM(t *testing.T) {
	gen2 := func(s string) string { return strings.Replace(s, "plan: standard", "plan: standard-gen2", 1) }
	sizings{
		"SharedAuto": {
			reason:  "The smallest profile shares a machine; IBM gives a CPU for 8 GiB.",
			xr:      "{profile: nano}",
			desired: ibmWorkspace(""),
			want:    ibmWorkspace(", host_flavor: multitenant, memory_mb: 8192, cpu_count: 0, disk_mb: 32768"),
		},
		"SharedCustom": {
			reason:  "Two CPUs are asked for by number.",
			xr:      "{profile: small}",
			desired: ibmWorkspace(""),
			want:    ibmWorkspace(", host_flavor: multitenant, memory_mb: 8192, cpu_count: 2, disk_mb: 65536"),
		},
		"Isolated": {
			reason:  "An isolated machine has its own memory and CPUs, so no earlier ones stay beside it.",
			xr:      "{profile: medium}",
			desired: ibmWorkspace(", memory_mb: 4096, cpu_count: 2"),
			want:    ibmWorkspace(", host_flavor: b3c.4x16.encrypted, disk_mb: 131072"),
		},
		"Gen2": {
			reason:    "Gen2 has no machine as small as that.",
			xr:        "{profile: nano}",
			desired:   gen2(ibmWorkspace("")),
			want:      gen2(ibmWorkspace(", host_flavor: bx3d.4x20, disk_mb: 32768")),
			condition: "Sized: nano: bx3d.4x20 (4 vCPU, 20 GiB), 32 GiB of disk",
		},
		"GrownOutput": {
			reason:    "The module's output says how large the disk is.",
			xr:        "{profile: small}",
			desired:   ibmWorkspace(""),
			observed:  "{spec: {forProvider: {varmap: {disk_mb: 65536}}}, status: {atProvider: {outputs: {disk_mb: 262144}}}}",
			want:      ibmWorkspace(", host_flavor: multitenant, memory_mb: 8192, cpu_count: 2, disk_mb: 262144"),
			condition: "Sized: small: multitenant (2 vCPU, 8 GiB), 256 GiB of disk; the disk keeps its 256 GiB although 64 are asked for, since a disk never shrinks",
		},
		"GrownSpec": {
			reason:   "Where the module's output is lost, what was asked for last counts.",
			xr:       "{profile: small}",
			desired:  ibmWorkspace(""),
			observed: `{spec: {forProvider: {varmap: {disk_mb: 131072}}}, status: {conditions: [{type: Synced, status: "True"}]}}`,
			want:     ibmWorkspace(", host_flavor: multitenant, memory_mb: 8192, cpu_count: 2, disk_mb: 131072"),
		},
		"NeverMade": {
			reason:  "A database whose creation failed has no disk to keep, so that a mistake in its size is mended by an edit.",
			xr:      "{profile: small}",
			desired: ibmWorkspace(""),
			observed: `{metadata: {annotations: {crossplane.io/external-create-pending: "2026-11-25T00:00:00Z", crossplane.io/external-create-failed: ` +
				`"2026-11-25T00:00:01Z"}}, spec: {forProvider: {varmap: {disk_mb: 1048576}}}}`,
			want: ibmWorkspace(", host_flavor: multitenant, memory_mb: 8192, cpu_count: 2, disk_mb: 65536"),
		},
		"PartOfGiB": {
			reason:   "A disk of parts of a GiB is not asked to lose them.",
			xr:       "{profile: nano}",
			desired:  ibmWorkspace(""),
			observed: "{status: {atProvider: {outputs: {disk_mb: 40961}}}}",
			want:     ibmWorkspace(", host_flavor: multitenant, memory_mb: 8192, cpu_count: 0, disk_mb: 41984"),
		},
		"SharedNamed": {
			reason:      "A flavor of many sizes takes the one that fits.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {vcpu: 2, memoryGiB: 12, storageGiB: 32, skus: {ibm: multitenant}}}",
			desired:     ibmWorkspace(""),
			want:        ibmWorkspace(", host_flavor: multitenant, memory_mb: 16384, cpu_count: 0, disk_mb: 32768"),
		},
		"SharedByCPUs": {
			reason:      "More CPUs than IBM gives by itself are asked for by number.",
			xr:          "{profile: medium}",
			environment: "profiles: {medium: {skus: {ibm: multitenant}}}",
			desired:     ibmWorkspace(""),
			want:        ibmWorkspace(", host_flavor: multitenant, memory_mb: 16384, cpu_count: 4, disk_mb: 131072"),
		},
		"Memory": {
			reason:      "The smallest that holds much memory is not the one of the fewest vCPUs.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {vcpu: 8, memoryGiB: 100, storageGiB: 64}}",
			desired:     ibmWorkspace(""),
			want:        ibmWorkspace(", host_flavor: b3c.32x128.encrypted, disk_mb: 65536"),
		},
		"OtherPlan": {
			reason:  "A plan whose sizes are not known is refused.",
			xr:      "{profile: small}",
			desired: strings.Replace(ibmWorkspace(""), "plan: standard", "plan: enterprise", 1),
			fatal:   `spec.forProvider.varmap.plan: "enterprise" has no sizes here; allowed are standard, standard-gen2`,
		},
		"TooLarge": {
			reason:      "What the plan cannot give is refused, with the nearest.",
			xr:          "{profile: x}",
			environment: "profiles: {x: {vcpu: 48, memoryGiB: 128, storageGiB: 64}}",
			desired:     ibmWorkspace(""),
			fatal: `spec.profile: "x" asks for 48 vCPU and 128 GiB of memory, which no size of IBM Classic gives; the nearest is ` +
				`b3c.32x128.encrypted with 32 vCPU and 128 GiB`,
		},
		"DiskTooLarge": {
			reason:  "So is a disk, by the field that asks for it.",
			xr:      "{profile: small, database: {storageGiB: 5000}}",
			desired: ibmWorkspace(""),
			fatal:   `spec.database.storageGiB: 5000 is more than the 4096 GiB that a disk of IBM Classic can have`,
		},
		"OtherWorkspace": {
			reason:  "A Workspace of something else passes through.",
			xr:      "{}",
			desired: `{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace, spec: {forProvider: {varmap: {service: cloud-object-storage}}}}`,
			want:    `{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace, spec: {forProvider: {varmap: {service: cloud-object-storage}}}}`,
		},
	}.run(t)
}
