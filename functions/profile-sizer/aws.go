package main

import (
	"fmt"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// growth is how far RDS may grow a disk by itself.
const growth = 2

// headroom that RDS wants between a disk and the limit of its growth.
const headroom = 1.1

//nolint:gochecknoglobals // Tables, built once.
var (
	awsClass     = fieldAt("instanceClass")
	awsDisk      = fieldAt("allocatedStorage")
	awsDiskLimit = fieldAt("maxAllocatedStorage")
	awsEngine    = fieldAt("engine")
	// Engines that run on Graviton; a replica names none.
	awsEngines = []string{"", "postgres", "mysql", "mariadb"}
)

// isAWS says whether the engine runs on the classes of the catalog.
func isAWS(desired *structpb.Struct) bool {
	return slices.Contains(awsEngines, object.String(desired, awsEngine.forProvider...))
}

// sizeAWS sizes an RDS instance. RDS never shrinks a disk, so a smaller one is
// never asked for than is there.
func sizeAWS(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	ha, _ := object.Bool(desired, "spec", "forProvider", "multiAz")
	s, err := plan(offerAWS, p, need{ha: ha}, awsDisk.there(observed), (*offer).choose)
	if err != nil {
		return nil, err
	}
	s.put(desired, s.sku.value, awsClass.forProvider)
	if isReplica(desired) {
		s.withoutDisk() // it has its source's
		return s, nil
	}
	s.putDisk(desired, s.storageGiB, awsDisk, false)
	// The limit comes from what is asked for: one that followed the disk would
	// never bind. RDS wants it a tenth above the disk; past that, growth ends.
	limit := min(growth*p.storageGiB, offerAWS.Disk.MaxGiB)
	switch {
	case float64(limit) >= headroom*float64(s.storageGiB):
		s.put(desired, object.Count(limit), awsDiskLimit.forProvider)
	case limit < offerAWS.Disk.MaxGiB:
		s.notes = append(s.notes, fmt.Sprintf("it grows no further by itself, since it may up to %d GiB, twice what is asked for", limit))
	}
	return s, nil
}

func isReplica(desired *structpb.Struct) bool {
	fields := object.Struct(desired, "spec", "forProvider").GetFields()
	for _, key := range []string{"replicateSourceDb", "replicateSourceDbRef", "replicateSourceDbSelector"} {
		if fields[key] != nil {
			return true
		}
	}
	return false
}
