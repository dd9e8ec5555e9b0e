package cluster

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// adminPolicy lets who has it do everything in the cluster
// (docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html).
const adminPolicy = ":eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"

// labelOf stands for a principal in the name of a part.
func labelOf(arn string) string {
	return claim.Label(arn[strings.LastIndex(arn, "/")+1:], arn)
}

// principalsOf are who administers the cluster: of the settings, or where these no longer say, of
// the entries that there are.
func principalsOf(l lifecycle.Live, said []string) []string {
	if len(said) > 0 {
		return said
	}
	var out []string
	for part, r := range l.Parts {
		if strings.HasPrefix(part, partEntry) {
			out = append(out, object.String(r.Object, "spec", "forProvider", "principalArn"))
		}
	}
	return slices.Sorted(slices.Values(out))
}

// addAccessAWS composes who administers the cluster: an entry for the principal, and the policy
// that it has by that. Both go with the cluster. No update changes anything of a policy's
// association, so that another principal is another part.
func addAccessAWS(in In, parts lifecycle.Parts) {
	for _, arn := range in.OfRegion.Cluster.AdminPrincipalARNs {
		parts[partEntry+labelOf(arn)] = lifecycle.Part{Kind: kindEntryAWS, Fate: lifecycle.Outlives, Body: object.Map{
			"region": in.Region, "clusterName": in.Name, "principalArn": arn, "type": "STANDARD",
		}}
		parts[partPolicy+labelOf(arn)] = lifecycle.Part{Kind: kindPolicyAWS, Fate: lifecycle.Outlives, Body: object.Map{
			"region": in.Region, "clusterName": in.Name, "principalArn": arn,
			"policyArn": "arn:" + aws.PartitionOf(in.Region).Name + adminPolicy, "accessScope": object.Map{"type": "cluster"},
		}}
	}
}

// isRevokedAWS reports whether a part lets in a principal whom settings that are whole, and have a
// list, no longer name.
func isRevokedAWS(in In, part string) bool {
	said := in.OfRegion.Cluster.AdminPrincipalARNs
	if !strings.HasPrefix(part, partEntry) && !strings.HasPrefix(part, partPolicy) || len(said) == 0 || in.Adopted() || !in.MayRevoke() {
		return false
	}
	return !slices.ContainsFunc(said, func(arn string) bool { return part == partEntry+labelOf(arn) || part == partPolicy+labelOf(arn) })
}

// onNodes are the add-ons whose pods are no part of each node: nodes have to be there before them.
var onNodes = []string{"coredns", settings.EBSCSIDriver}

// csiAccount is the account of Kubernetes that the driver of EBS's volumes runs as
// (docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html).
const csiAccount = "ebs-csi-controller-sa"

// addAddonsAWS composes the add-ons, each once what it needs is there; then it stays. Its version
// is the one that the settings have for the minor of the nodes, so that it follows these, which
// follow the control plane. The driver of EBS's volumes is one where the settings have a role for it.
func addAddonsAWS(in In, parts lifecycle.Parts, ready bool) {
	versions, role := in.OfRegion.Cluster.AddonVersions[minorOfNodes(in)], in.OfRegion.Cluster.EBSCSIRoleARN
	for _, name := range settings.Addons {
		part, isDriver := partAddon+name, name == settings.EBSCSIDriver
		waits := !ready || slices.Contains(onNodes, name) && !isThere(in, partNodes)
		if isDriver && role == "" || in.Object(part) == nil && waits {
			continue
		}
		body := object.Map{
			"region": in.Region, "clusterName": in.Name, "addonName": name,
			"resolveConflictsOnCreate": "OVERWRITE", // takes over what the cluster brought along
			"resolveConflictsOnUpdate": "PRESERVE",
			"addonVersion":             lifecycle.Optional(versions[name]),
		}
		if isDriver {
			body["podIdentityAssociation"] = []any{object.Map{"roleArn": role, "serviceAccount": csiAccount}}
		}
		parts[part] = lifecycle.Part{Kind: kindAddonAWS, Fate: lifecycle.Outlives, Body: body}
	}
}
