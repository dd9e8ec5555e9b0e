package profilesizer

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

var (
	azureSKU          = fieldAt("skuName")
	azureHA           = fieldAt("highAvailability")
	azureHAMode       = fieldAt("highAvailability", "mode")
	azurePostgresDisk = fieldAt("storageMb")
	azureMySQLDisk    = fieldAt("storage", "sizeGb")
)

// sizeAzurePostgres sizes a Flexible Server of PostgreSQL, whose disk is in MiB.
// A smaller disk would replace the server.
func sizeAzurePostgres(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	there := azurePostgresDisk.there(observed)
	s, err := sizeAzure(offerAzurePostgres, desired, observed, p, gibOf(float64(there)))
	if err != nil {
		return nil, err
	}
	if s.storageGiB == 0 {
		s.keepDisk(desired, azurePostgresDisk, there)
		return s, nil
	}
	s.putDisk(desired, s.storageGiB*mebibytes, azurePostgresDisk, false)
	s.raiseTier(desired, observed)
	return s, nil
}

// sizeAzureMySQL sizes a Flexible Server of MySQL, whose disk is in GiB. A smaller
// disk would replace the server.
func sizeAzureMySQL(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	there := azureMySQLDisk.there(observed)
	s, err := sizeAzure(offerAzureMySQL, desired, observed, p, there)
	if err != nil {
		return nil, err
	}
	if s.storageGiB == 0 {
		s.keepDisk(desired, azureMySQLDisk, there)
		return s, nil
	}
	s.putDisk(desired, s.storageGiB, azureMySQLDisk, false)
	return s, nil
}

func sizeAzure(o *offer, desired, observed *structpb.Struct, p *profile, there int) (*sized, error) {
	ha := availableAzure.isAsked(desired)
	s, err := plan(o, p, need{ha: ha}.sourceOf(o, desired, observed, there), there, (*offer).choose)
	if err != nil {
		return nil, err
	}
	holdAzure(o, s, desired, observed, p)
	s.write(desired, s.sku.value, azureSKU.forProvider)
	return s, nil
}

// holdAzure holds back either the tier or the high availability where both would
// change, which Azure refuses in one step. What was asked for already goes first;
// else high availability comes after the tier, which has to be able to it, and
// goes before it.
func holdAzure(o *offer, s *sized, desired, observed *structpb.Struct, p *profile) {
	tier, askedTier := text(observed, azureSKU.atProvider), text(observed, azureSKU.forProvider)
	mode, askedMode := modeAzure(observed, azureHAMode.atProvider), modeAzure(observed, azureHAMode.forProvider)
	if tier == "" && managed.Exists(observed) {
		tier, mode = askedTier, askedMode // Azure's report is lost
	}
	if tier == "" {
		return // nothing is there yet
	}
	wanted := modeAzure(desired, azureHAMode.forProvider)
	tierOnItsWay := askedTier != "" && askedTier != tier
	modeOnItsWay := askedMode != mode
	if s.sku.Name == tier && !tierOnItsWay || wanted == mode && !modeOnItsWay {
		return
	}
	if tierOnItsWay || !modeOnItsWay && mode == "" {
		s.ha = mode != ""
		if s.ha && s.sku.family.NoHighAvailability {
			s.take(o.known(askedTier, p)) // the tier that is on its way can have it
		}
		s.hold("high availability stays as it is until the tier is " + s.sku.Name)
		s.keepHA(desired, observed, mode)
		return
	}
	s.hold("the tier stays " + tier + " until high availability has changed; then it becomes " + s.sku.Name)
	s.take(o.known(tier, p))
}

// keepHA keeps high availability as it is, and with it where the standby is, which is
// in initProvider where it is known: that is part of the same block.
func (s *sized) keepHA(desired, observed *structpb.Struct, mode string) {
	if mode == "" {
		object.Remove(desired, azureHA.forProvider...)
		object.Remove(desired, azureHA.initProvider...)
		return
	}
	s.write(desired, object.Text(mode), azureHAMode.forProvider)
	for key, was := range object.One(object.Find(observed, azureHA.initProvider...)).GetFields() {
		s.write(desired, was, append(slices.Clone(azureHA.initProvider), key))
	}
}

// modeAzure returns the mode of high availability, "" for none.
func modeAzure(resource *structpb.Struct, path []string) string {
	if mode := text(resource, path); mode != "Disabled" {
		return mode
	}
	return ""
}
