package provider

import (
	"encoding/base64"
	"maps"
)

// clustersAWS are the kinds of EKS, by the same sources: internal/service/eks and
// internal/service/ec2 of terraform-provider-aws 6.34.
var clustersAWS = map[string]kind{
	"eks.aws/Cluster": {
		told:    true,
		fixed:   []string{"role_arn", "kubernetes_network_config", "bootstrap_self_managed_addons"},
		forbids: forbidsEKS,
		computed: []string{
			"accessConfig", "kubernetesNetworkConfig", "upgradePolicy", "version", "deletionProtection", "vpcConfig.publicAccessCidrs",
		},
		keeps: func(_ body, t Thing, c *Cloud) string {
			if c.things["NodeGroup/"+t.ID+"/main"] != nil {
				return failed("delete", "ResourceInUseException: Cluster has nodegroups attached")
			}
			return ""
		},
		status: func(b body, t Thing) map[string]any {
			return map[string]any{
				"id": t.ID, "arn": "arn:aws:eks:" + b.text("region") + ":" + awsAccount + ":cluster/" + t.ID, "status": "ACTIVE", "tagsAll": b["tags"],
				"endpoint":             "https://ABCDEF.gr7." + b.text("region") + ".eks.amazonaws.com",
				"certificateAuthority": []any{map[string]any{"data": base64.StdEncoding.EncodeToString([]byte(caCertificate))}},
				"identity":             []any{map[string]any{"oidc": []any{map[string]any{"issuer": "https://oidc.eks." + b.text("region") + ".amazonaws.com/id/ABCDEF"}}}},
			}
		},
		protected: flag("deletionProtection"),
	},
	"eks.aws/NodeGroup": {
		told:    true,
		name:    within("clusterName"),
		fixed:   []string{"cluster_name", "ami_type", "capacity_type", "node_role_arn", "subnet_ids"},
		inside:  inEKS,
		rejects: isAhead,
		forbids: func(has, asked body) string {
			if has.at("launchTemplate", "id") != asked.at("launchTemplate", "id") {
				return failed("update", "refuse to update the external resource because the following update requires replacing it: launch_template.0.id")
			}
			return ""
		},
		status: inEKSAs("main"),
	},
	"eks.aws/Addon": {
		told: true, name: func(b body, _ string) string { return b.text("clusterName") + "/" + b.text("addonName") },
		fixed: []string{"cluster_name", "addon_name"}, inside: inEKS, status: inEKSAs("addonName"),
	},
	"eks.aws/AccessEntry": {
		told: true, name: principalIn, fixed: []string{"cluster_name", "principal_arn", "type"}, inside: inEKS, status: inEKSAs("principalArn"),
	},
	"eks.aws/AccessPolicyAssociation": {
		told: true, name: principalIn, fixed: []string{"cluster_name", "principal_arn", "policy_arn", "access_scope"}, status: inEKSAs("principalArn"),
		inside: func(b body) (string, string) { return "AccessEntry", principalIn(b, "") },
	},
	"ec2.aws/LaunchTemplate": {
		told: true, name: func(b body, _ string) string { return b.text("name") }, id: numbered("lt"), fixed: []string{"name"},
		status: func(_ body, t Thing) map[string]any { return map[string]any{"id": t.ID, "latestVersion": float64(1)} },
	},
}

func init() { maps.Copy(clusters, clustersAWS) } //nolint:gochecknoinits // One table of two clouds.

func principalIn(b body, _ string) string {
	return b.text("clusterName") + "/" + b.text("principalArn")
}

func inEKS(b body) (kind, name string) { return "Cluster", b.text("clusterName") }

// inEKSAs is the id of what stands in a cluster, which ends in a field, or in the word itself.
func inEKSAs(field string) func(body, Thing) map[string]any {
	return func(b body, _ Thing) map[string]any {
		last := b.text(field)
		if last == "" {
			last = field
		}
		return map[string]any{"id": b.text("clusterName") + ":" + last, "tagsAll": b["tags"]}
	}
}

// forbidsEKS is what EKS says of a version that is older, or two minors ahead.
func forbidsEKS(has, asked body) string {
	was, is := minor(has.text("version")), minor(asked.text("version"))
	if is != 0 && was != 0 && (is < was || is > was+1) {
		return failed("update", "InvalidParameterException: Unsupported Kubernetes minor version update from "+has.text("version")+" to "+asked.text("version"))
	}
	return ""
}

// isAhead is what EKS says of nodes that are newer than their control plane.
func isAhead(asked body, c *Cloud) string {
	plane := c.things["Cluster/"+asked.text("clusterName")]
	if plane != nil && minor(asked.text("version")) > minor(plane.has.text("version")) {
		return "InvalidParameterException: Requested Nodegroup version " + asked.text("version") + " is newer than the control plane's"
	}
	return ""
}
