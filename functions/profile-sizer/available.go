package profilesizer

import (
	"cmp"

	"google.golang.org/protobuf/types/known/structpb"
)

// available says what high availability is on a cloud.
type available struct {
	isAsked func(desired *structpb.Struct) bool // nil of what does not tell
	// is reports whether a database has it, by the cloud's report or else by what was asked for.
	is func(observed *structpb.Struct) bool
	// stay writes high availability as it is; nil where every size can have it.
	stay func(s *sized, desired, observed *structpb.Struct)
}

// On Cloud SQL it is the type of availability, of which the provider takes ZONAL for none.
const (
	regional = "REGIONAL"
	zonal    = "ZONAL"
)

var (
	availableGCP = available{
		isAsked: func(desired *structpb.Struct) bool { return gcpAvailability.textAsked(desired) == regional },
		is:      func(observed *structpb.Struct) bool { return gcpAvailability.textThere(observed) == regional },
		stay: func(s *sized, desired, observed *structpb.Struct) {
			s.write(desired, structpb.NewStringValue(cmp.Or(gcpAvailability.textThere(observed), zonal)), gcpAvailability.forProvider)
		},
	}
	availableAWS = available{isAsked: func(desired *structpb.Struct) bool {
		ha, _ := truth(desired, awsMultiAZ.forProvider)
		return ha
	}}
	availableAzure = available{
		isAsked: func(desired *structpb.Struct) bool {
			return modeAzure(desired, azureHAMode.forProvider) != "" || modeAzure(desired, azureHAMode.initProvider) != ""
		},
		is: func(observed *structpb.Struct) bool { return azureModeThere(observed) != "" },
		stay: func(s *sized, desired, observed *structpb.Struct) {
			s.keepHA(desired, observed, azureModeThere(observed))
		},
	}
	availableIBM = available{isAsked: func(desired *structpb.Struct) bool {
		members, _ := number(desired, ibmMembers.forProvider)
		return members > 1
	}}
)

// asked reports whether high availability is asked for.
func (a available) asked(desired *structpb.Struct) bool {
	return a.isAsked != nil && a.isAsked(desired)
}

// azureModeThere is the mode that Azure reports, or where its report is lost the one that was
// asked for last.
func azureModeThere(observed *structpb.Struct) string {
	if text(observed, azureSKU.atProvider) != "" {
		return modeAzure(observed, azureHAMode.atProvider)
	}
	if mode := azureHAMode.textThere(observed); mode != "Disabled" {
		return mode
	}
	return ""
}

// without leaves a database without high availability where the size that it keeps cannot have
// it: the machine stays, and what waits is said. One that has it all the same proves the catalog
// wrong, and keeps it.
func (s *sized) without(l *layout, desired, observed *structpb.Struct, p *profile) {
	if s.sku == nil || !s.sku.family.NoHighAvailability || l.ha.stay == nil || !l.ha.asked(desired) || l.ha.is(observed) {
		return
	}
	s.ha = false
	s.hold(s.sku.Name + " cannot have high availability; it stays without until " + p.from + " names a size that can")
	l.ha.stay(s, desired, observed)
}
