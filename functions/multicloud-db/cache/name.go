package cache

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// maxNames are the lengths of names where a cloud takes less than for a database: of an
// instance of Memorystore (name in resource_redis_instance.go of terraform-provider-google),
// and of a replication group (replication_group.go of terraform-provider-aws).
var maxNames = map[string]int{cloud.GCP: 40, cloud.AWS: 40}

// maxUnique is the length of the name of an Azure Managed Redis, of which its host is made
// (managed_redis_resource.go of terraform-provider-azurerm).
const maxUnique = 63

// nameOf is the external name of a new cache. Azure's is unique worldwide.
func nameOf(call lifecycle.Call) (string, error) {
	name, c := call.Claim.External(), call.Claim
	if c.Provider == cloud.Azure {
		return call.Unique(maxUnique)
	}
	if most, less := maxNames[c.Provider]; less && len(name) > most {
		return claim.Shorten(name, c.Namespace+"/"+c.Name, most), nil
	}
	return name, nil
}
