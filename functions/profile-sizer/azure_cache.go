package profilesizer

import (
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
)

// hasStandby reports whether a cache of Azure Managed Redis is to be highly available, which is
// so where nobody says (high_availability_enabled of azurerm_managed_redis). It is so for ever:
// no change of it meets one of the size.
func hasStandby(desired *structpb.Struct) bool {
	on, said := cacheHA.truthAsked(desired)
	return on || !said
}

// spareData keeps the size of a cache that loses all data by another one: Azure makes the only
// node anew where there is no high availability, for a larger size too (Azure Managed Redis,
// how-to-scale). What goes with its claim is changed all the same, and that is said. A step
// before that asks for the size to be kept has decided already.
func (s *sized) spareData(desired, observed *structpb.Struct, p *profile) {
	runs, asked := azureSKU.textThere(observed), azureSKU.textAsked(observed)
	has, said := truth(observed, cacheHA.atProvider)
	if !said {
		has = hasStandby(desired)
	}
	if runs == "" || runs == s.sku.Name || has {
		return
	}
	loses := fmt.Sprintf("a cache without high availability loses all data when its size changes from %s to %s", runs, s.sku.Name)
	if !managed.IsOrphan(desired) || asked == s.sku.Name {
		s.notes = append(s.notes, loses)
		return
	}
	s.hold(loses + ", and this one outlives its claim; it keeps " + runs + " until it may be deleted with it")
	s.take(offerCacheAzure.known(runs, p))
	s.write(desired, s.sku.value, azureSKU.forProvider)
}
