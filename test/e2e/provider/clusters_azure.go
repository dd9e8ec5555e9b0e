package provider

import (
	"maps"
	"strings"
)

// clustersAzure are the kinds of AKS, by the same sources: kubernetes_cluster_resource.go and
// kubernetes_nodepool.go of terraform-provider-azurerm 4.80.
var clustersAzure = map[string]kind{
	"containerservice.azure/KubernetesCluster": {
		told: true,
		fixed: []string{
			"location", "resource_group_name", "dns_prefix", "node_resource_group", "private_cluster_enabled", "private_dns_zone_id", "disk_encryption_set_id",
			"role_based_access_control_enabled", "network_profile",
		},
		forbids: forbidsAKS,
		rejects: rejectsAKS,
		keeps:   lockedAt(clusterID),
		status: func(b body, t Thing) map[string]any {
			pool, _ := b["defaultNodePool"].(map[string]any)
			pool = maps.Clone(pool)
			if pool != nil && pool["orchestratorVersion"] == nil {
				pool["orchestratorVersion"] = b.text("kubernetesVersion") // new nodes have the cluster's
			}
			return map[string]any{
				"id": clusterID(b, t), "currentKubernetesVersion": b.text("kubernetesVersion") + ".4", "defaultNodePool": pool,
				"privateFqdn": t.ID + ".privatelink." + b.text("location") + ".azmk8s.io", "fqdn": t.ID + ".hcp." + b.text("location") + ".azmk8s.io",
				"oidcIssuerUrl": "https://" + b.text("location") + ".oic.prod-aks.azure.com/tenant/" + t.ID + "/",
			}
		},
		details: func(_ body, t Thing) map[string]string {
			return map[string]string{"kubeconfig.clustercacertificate": caCertificate, "kubeconfig": "of " + t.ID}
		},
	},
}

func init() { maps.Copy(clusters, clustersAzure) } //nolint:gochecknoinits // One table of three clouds.

func clusterID(b body, t Thing) string { return azureAt(b, "ContainerService/managedClusters/") + t.ID }

// forbidsAKS is what AKS says of a version that is older, or two minors ahead, and of nodes that are
// newer than their control plane.
func forbidsAKS(has, asked body) string {
	was, is := minor(has.text("kubernetesVersion")), minor(asked.text("kubernetesVersion"))
	if is != 0 && was != 0 && (is < was || is > was+1) {
		return failed("update", "OperationNotAllowed: Upgrading Kubernetes version "+has.text("kubernetesVersion")+" to "+
			asked.text("kubernetesVersion")+" is not allowed")
	}
	if nodes, _ := asked.at("defaultNodePool", "orchestratorVersion").(string); minor(nodes) > was {
		return failed("update", "NodePoolMcVersionIncompatible: Node pool version "+nodes+" and control plane version "+
			has.text("kubernetesVersion")+" are incompatible")
	}
	if has.at("defaultNodePool", "name") != asked.at("defaultNodePool", "name") {
		return replaces("default_node_pool.0.name", "", "")
	}
	return ""
}

// cycled are the fields of the pool that the provider makes it anew for.
var cycled = strings.Fields("vmSize zones vnetSubnetId maxPods osDiskType osDiskSizeGb")

// rejectsAKS is what becomes of a pool that is to be made anew in a locked cluster, and of a number of
// nodes that the autoscaler has.
func rejectsAKS(asked body, c *Cloud) string {
	if asked.at("defaultNodePool", "nodeCount") != nil {
		return "cannot change `node_count` when `auto_scaling_enabled` is set to `true`"
	}
	for key, t := range c.things {
		if !strings.HasPrefix(key, "KubernetesCluster/") || t.has.text("dnsPrefix") != asked.text("dnsPrefix") {
			continue
		}
		for _, field := range cycled {
			was, is := t.has.at("defaultNodePool", field), asked.at("defaultNodePool", field)
			if text(body{"is": was}) == text(body{"is": is}) {
				continue
			}
			if locked := lockedAt(clusterID)(asked, *t, c); locked != "" {
				return locked
			}
		}
	}
	return ""
}
