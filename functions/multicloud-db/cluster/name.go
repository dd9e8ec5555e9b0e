package cluster

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// maxNames are the lengths of names where a cloud takes less than for a database: of a cluster
// of GKE name in resource_container_cluster.go of terraform-provider-google; of AKS dns_prefix in
// kubernetes_cluster_resource.go of terraform-provider-azurerm, which is the name here; of one on IBM
// Cloud from memory, where its pages say 35 and its API counted 32.
var maxNames = map[string]int{cloud.GCP: 40, cloud.Azure: 54, cloud.IBM: 32}

// nameOf is the external name of a new cluster.
func nameOf(call lifecycle.Call) (string, error) {
	name, c := call.Claim.External(), call.Claim
	if most, less := maxNames[c.Provider]; less && len(name) > most {
		return claim.Shorten(name, c.Namespace+"/"+c.Name, most), nil
	}
	return name, nil
}
