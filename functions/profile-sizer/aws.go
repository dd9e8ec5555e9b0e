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

// stripedMBps is the throughput of a gp3 volume that RDS stripes over four, as it does
// from the size on at which the catalog has more IOPS (Amazon RDS user guide, gp3
// storage).
const stripedMBps = 500

var (
	awsClass     = fieldAt("instanceClass")
	awsDisk      = fieldAt("allocatedStorage")
	awsDiskLimit = fieldAt("maxAllocatedStorage")
	awsEngine    = fieldAt("engine")
	awsIOPS      = fieldAt("iops")
	awsStorage   = fieldAt("storageType")
	awsMBps      = fieldAt("storageThroughput")
	awsMultiAZ   = fieldAt("multiAz")
	// Engines that run on Graviton; a replica names none.
	awsEngines = []string{"", "postgres", "mysql", "mariadb"}
)

// isAWS says whether the engine runs on the classes of the catalog.
func isAWS(desired *structpb.Struct) bool {
	return slices.Contains(awsEngines, text(desired, awsEngine.forProvider))
}

// sizeAWS sizes an RDS instance. RDS never shrinks a disk, so a smaller one is
// never asked for than is there.
func sizeAWS(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	ha, _ := truth(desired, awsMultiAZ.forProvider)
	s, err := plan(offerAWS, p, need{ha: ha}, awsDisk.there(observed), (*offer).choose)
	if err != nil {
		return nil, err
	}
	s.write(desired, s.sku.value, awsClass.forProvider)
	if isReplica(desired) {
		s.withoutDisk() // it has its source's
		return s, nil
	}
	s.putDisk(desired, s.storageGiB, awsDisk, false)
	s.putStriped(desired, observed)
	// The limit comes from what is asked for: one that followed the disk would
	// never bind. RDS wants it a tenth above the disk; past that, growth ends. A limit
	// that is left out stays at the old one, which the provider fills in again; 0 ends it
	// (max_allocated_storage of aws_db_instance).
	limit := min(growth*p.storageGiB, offerAWS.Disk.MaxGiB)
	if float64(limit) < headroom*float64(s.storageGiB) {
		if limit < offerAWS.Disk.MaxGiB {
			s.notes = append(s.notes, fmt.Sprintf("it grows no further by itself, since it may up to %d GiB, twice what is asked for", limit))
		}
		limit = 0
	}
	s.write(desired, object.Count(limit), awsDiskLimit.forProvider)
	return s, nil
}

// putStriped gives a striped volume at least the IOPS and the throughput that it comes
// with. The provider sends both with each change of the disk, and those of a smaller
// volume, which it has filled in, are refused there (hashicorp/terraform-provider-aws
// issue 28382). More that was bought stays. A smaller volume can have no others.
func (s *sized) putStriped(desired, observed *structpb.Struct) {
	least := offerAWS.Disk.iops(s.storageGiB)
	if least == offerAWS.Disk.iops(0) || text(desired, awsStorage.forProvider) != "gp3" || text(desired, awsEngine.forProvider) == "" {
		return // of an engine that nobody names, RDS may stripe from another size on
	}
	s.write(desired, object.Count(max(least, awsIOPS.asked(desired), awsIOPS.there(observed))), awsIOPS.forProvider)
	s.write(desired, object.Count(max(stripedMBps, awsMBps.asked(desired), awsMBps.there(observed))), awsMBps.forProvider)
}

func isReplica(desired *structpb.Struct) bool {
	for _, key := range []string{"replicateSourceDb", "replicateSourceDbRef", "replicateSourceDbSelector"} {
		if object.Find(desired, "spec", "forProvider", key) != nil {
			return true
		}
	}
	return false
}
