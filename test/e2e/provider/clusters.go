package provider

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// clusters are the kinds of clusters by group, without scope and domain, and kind: facts are from
// the providers' CRDs, and what no update changes from the resources of Terraform's providers
// (resource_container_cluster.go, resource_container_node_pool.go, node_config.go).
var clusters = map[string]kind{
	"container.gcp/Cluster": {
		told: true,
		fixed: []string{
			"location", "network", "subnetwork", "networking_mode", "ip_allocation_policy", "datapath_provider", "enable_autopilot",
			"default_max_pods_per_node",
		},
		forbids: forbidsCluster,
		computed: []string{
			"minMasterVersion", "subnetwork", "ipAllocationPolicy", "networkingMode", "releaseChannel", "privateClusterConfig", "datapathProvider",
			"controlPlaneEndpointsConfig", "masterAuthorizedNetworksConfig", "workloadIdentityConfig", "databaseEncryption", "costManagementConfig",
			"loggingConfig", "monitoringConfig",
		},
		status: func(b body, t Thing) map[string]any {
			endpoint := "10.9.8.6"
			return map[string]any{
				"id":            "projects/" + project(t.ID) + "/locations/" + b.text("location") + "/clusters/" + t.ID,
				"endpoint":      endpoint,
				"masterVersion": b.text("minMasterVersion") + ".4-gke.1000", "effectiveLabels": b["resourceLabels"],
				"masterAuth":           map[string]any{"clusterCaCertificate": base64.StdEncoding.EncodeToString([]byte(caCertificate))},
				"privateClusterConfig": map[string]any{"enablePrivateNodes": true, "enablePrivateEndpoint": true, "privateEndpoint": endpoint},
			}
		},
		protected: flag("deletionProtection"),
	},
	"container.gcp/NodePool": {
		told:   true,
		name:   within("cluster"),
		fixed:  []string{"location", "cluster"},
		inside: func(b body) (string, string) { return "Cluster", b.text("cluster") },
		status: func(b body, t Thing) map[string]any {
			return map[string]any{"id": "projects/acme/locations/" + b.text("location") + "/clusters/" + b.text("cluster") + "/nodePools/" + t.ID}
		},
		forbids: func(has, asked body) string {
			if was, is := has.at("nodeConfig", "serviceAccount"), asked.at("nodeConfig", "serviceAccount"); was != is {
				return failed("update", "refuse to update the external resource because the following update requires replacing it: "+
					"node_config.0.service_account")
			}
			return ""
		},
	},
}

// forbidsCluster is what GKE says of a version that is older, or two minors ahead.
func forbidsCluster(has, asked body) string {
	was, is := minor(has.text("minMasterVersion")), minor(asked.text("minMasterVersion"))
	if is != 0 && was != 0 && (is < was || is > was+1) {
		return failed("update", "googleapi: Error 400: Master cannot be upgraded to \""+asked.text("minMasterVersion")+
			"\": cannot upgrade the master by more than one minor version")
	}
	return ""
}

func minor(version string) int {
	_, text, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
