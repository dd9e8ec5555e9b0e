package main

import (
	"slices"
	"testing"
)

// TestCalls holds what providers and clouds were seen to ask for and nobody would think of: each row was
// missing once, and a claim would have stopped half-way.
func TestCalls(t *testing.T) {
	for name, tc := range map[string]struct{ reason, cloud, kind, use, action, on string }{
		"PoolCounted": {
			"GKE's machines are counted by a list of groups, not by one group.",
			"gcp", "container.gcp NodePool", look, "compute.instanceGroupManagers.list", "",
		},
		"PlaneCounted": {"A cluster of GKE is read with its pools.", "gcp", "container.gcp Cluster", look, "compute.instanceGroupManagers.list", ""},
		"RoleRead":     {"EKS reads the role of a cluster in the name of who makes it.", "aws", "eks.aws Cluster", makes, "iam:GetRole", "role.any"},
		"NodeRoleRead": {"EKS reads the role of nodes, too.", "aws", "eks.aws NodeGroup", makes, "iam:ListAttachedRolePolicies", "role.any"},
		"Subnets":      {"EKS looks at the subnets in the name of who makes nodes.", "aws", "eks.aws NodeGroup", makes, "ec2:DescribeSubnets", "*"},
		"MachineTags": {
			"A launch template that tags machines takes the right to tag them.",
			"aws", "eks.aws NodeGroup", makes, "ec2:CreateTags", "machine.new",
		},
		"PodIdentity": {
			"An add-on is read with the role of its pods.",
			"aws", "eks.aws Addon", look, "eks:DescribePodIdentityAssociation", "eks.pod",
		},
		"PodRole": {
			"Another role of the settings becomes that of the add-on's pods.",
			"aws", "eks.aws Addon", change, "eks:UpdatePodIdentityAssociation", "eks.pod",
		},
		"Registry": {
			"Nodes of IBM Cloud pull the system's images.",
			"ibm", "ibm_container_vpc_cluster", makes, "Administrator", "container-registry",
		},
		"Machines": {
			"Nodes are machines of the VPC, and Editor does not make them.",
			"ibm", "ibm_container_vpc_cluster", makes, "Administrator", "is",
		},
		"RootKey": {
			"A key that encrypts Secrets takes Administrator on its service.",
			"ibm", "ibm_container_vpc_cluster", makes, "Administrator", "kms",
		},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := read(tc.cloud)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(rows, func(r row) bool {
				return r.kind == tc.kind && r.use == tc.use && r.action == tc.action && (tc.on == "" || slices.Contains(r.on, tc.on))
			}) {
				t.Errorf("%s\nno row says that %s takes %s on %q", tc.reason, tc.kind, tc.action, tc.on)
			}
		})
	}
}
