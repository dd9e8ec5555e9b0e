package cache

import (
	"cmp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// maxEndpointName is the length of a private endpoint's name (naming rules of Azure resources,
// learn.microsoft.com).
const maxEndpointName = 80

// endpointOf is the part that stands in a subnet. An endpoint cannot move: one in another
// subnet is another one, under another name.
func endpointOf(subnetID string) string {
	return partEndpoint + claim.Shorten("", subnetID, maxEndpointName)
}

// addEndpoint composes the private endpoint by which alone the cache is reached. It names the
// cache by its id, which is known once there is one. A cache takes one endpoint
// (learn.microsoft.com/azure/redis/private-link), so that the one in an earlier subnet goes
// before another is made. It holds no data, and outlives its claim as the cache does.
func addEndpoint(in In, group string, parts lifecycle.Parts) {
	subnet, id := in.Want.SubnetID, in.At("id")
	if subnet == "" || id == "" {
		return
	}
	waits := false
	for part, r := range in.Parts {
		if !strings.HasPrefix(part, partEndpoint) || part == endpointOf(subnet) || r.Object == nil {
			continue
		}
		waits = true
		if old := object.Struct(r.Object, "spec", "forProvider"); lifecycle.IsOrphan(r.Object) { // told first to go at Azure as well
			p := endpoint(in, group, cmp.Or(object.String(old, "subnetId"), subnet), id)
			p.Fate = lifecycle.Goes
			parts[part] = p
		}
	}
	if !waits {
		parts[endpointOf(subnet)] = endpoint(in, group, subnet, id)
	}
}

func endpoint(in In, group, subnet, id string) lifecycle.Part {
	body := object.Map{
		"location":          in.Region,
		"resourceGroupName": group,
		"subnetId":          subnet,
		"privateServiceConnection": object.Map{
			"name":                        in.Name,
			"isManualConnection":          false,
			"privateConnectionResourceId": id,
			"subresourceNames":            []string{"redisEnterprise"},
		},
	}
	if zone := in.Want.PrivateDNSZoneID; zone != "" {
		body["privateDnsZoneGroup"] = object.Map{"name": "default", "privateDnsZoneIds": []string{zone}}
	}
	return lifecycle.Part{Kind: kindEndpoint, Name: claim.Shorten(in.Name, subnet, maxEndpointName), Body: body}
}
