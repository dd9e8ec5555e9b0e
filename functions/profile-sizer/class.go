package profilesizer

import (
	"google.golang.org/protobuf/types/known/structpb"
)

// Where the sizes of caches and queues stand that are a class, and have no disk to ask for.
var (
	cacheMemory   = fieldAt("memorySizeGb")
	cacheTier     = fieldAt("tier")
	cacheNode     = fieldAt("nodeType")
	cacheFailover = fieldAt("automaticFailoverEnabled")
	cacheHA       = fieldAt("highAvailabilityEnabled")
	queueSKU      = fieldAt("sku")
	queueCapacity = fieldAt("capacity")

	cacheGCP = &layout{
		offer: always(offerCacheGCP), class: cacheMemory, counts: offerCacheGCP.Unit, unit: 1,
		ha: available{isAsked: func(desired *structpb.Struct) bool { return cacheTier.textAsked(desired) == "STANDARD_HA" }},
	}
	cacheAWS = &layout{
		offer: always(offerCacheAWS), class: cacheNode, unit: 1,
		ha: available{isAsked: func(desired *structpb.Struct) bool {
			on, _ := cacheFailover.truthAsked(desired)
			return on
		}},
	}
	cacheAzure = &layout{offer: always(offerCacheAzure), class: azureSKU, unit: 1, ha: available{isAsked: hasStandby}, waits: (*sized).spareData}
	queueAzure = &layout{offer: always(offerQueueAzure), class: queueCapacity, counts: offerQueueAzure.Unit, unit: 1}
)

// sizeClass sizes what a class is the whole size of.
func sizeClass(l *layout) sizeFunc {
	return func(desired, _ *structpb.Struct, p *profile) (*sized, error) {
		o := l.offer(desired)
		s, err := plan(o, p, need{ha: l.ha.asked(desired), noDisk: true}, 0, (*offer).choose)
		if err != nil {
			return nil, err
		}
		s.stands = l.ha.isAsked != nil
		s.mention(o, p)
		s.write(desired, s.sku.value, l.class.forProvider)
		return s, nil
	}
}

// mention says which figures of the settings decided nothing.
func (s *sized) mention(o *offer, p *profile) {
	if _, byName := p.skus[o.key]; byName {
		return
	}
	if text := p.passedOver(); text != "" {
		s.notes = append(s.notes, text)
	}
}

// isAlone reports whether a replication group has a size of its own: a secondary of a global
// one has its primary's (nodeType in the CRD of ReplicationGroup: it cannot be set where
// globalReplicationGroupId is).
func isAlone(desired *structpb.Struct) bool {
	for _, m := range sources("globalReplicationGroupId") {
		if m.on(desired, m.field.forProvider) || m.on(desired, m.field.initProvider) {
			return false
		}
	}
	return true
}

// isPremium reports whether a namespace of Service Bus has messaging units. An update of
// another with a capacity fails (servicebus_namespace_resource.go of terraform-provider-azurerm).
func isPremium(desired *structpb.Struct) bool { return queueSKU.textAsked(desired) == "Premium" }
