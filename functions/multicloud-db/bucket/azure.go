package bucket

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

func replicationOf(p lifecycle.Policy, region string) string {
	if p.HighAvailability && cloud.Zones(cloud.Azure, region) {
		return "ZRS"
	}
	return "LRS"
}
