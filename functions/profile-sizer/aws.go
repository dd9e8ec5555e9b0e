package main

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// skusAWS are RDS instance classes on Graviton, the cheapest first (the Amazon
// RDS user guide, DB instance classes).
//
//nolint:gochecknoglobals // A table.
var skusAWS = []sku{
	{"db.t4g.small", 2, 2},
	{"db.t4g.medium", 2, 4},
	{"db.m7g.large", 2, 8},
	{"db.r7g.large", 2, 16},
	{"db.m7g.xlarge", 4, 16},
	{"db.r7g.xlarge", 4, 32},
	{"db.m7g.2xlarge", 8, 32},
	{"db.r7g.2xlarge", 8, 64},
	{"db.m7g.4xlarge", 16, 64},
	{"db.r7g.4xlarge", 16, 128},
	{"db.m7g.8xlarge", 32, 128},
	{"db.r7g.8xlarge", 32, 256},
	{"db.m7g.12xlarge", 48, 192},
	{"db.r7g.12xlarge", 48, 384},
	{"db.m7g.16xlarge", 64, 256},
	{"db.r7g.16xlarge", 64, 512},
}

// growth is how far RDS may grow a disk by itself.
const growth = 2

// headroom that RDS wants between a disk and the limit of its growth.
const headroom = 1.1

// maxDisk of RDS for PostgreSQL and MySQL, in GiB.
const maxDisk = 65536

// sizeAWS sizes an RDS instance. RDS never shrinks a disk, so a smaller one is
// never asked for than is there.
func sizeAWS(desired, observed *structpb.Struct, p profile) (*sized, error) {
	ha, _ := object.Bool(desired, "spec", "forProvider", "multiAz")
	s := &sized{profile: p.name, storageGiB: p.storageGiB, ha: ha}
	var err error
	if s.sku, err = fit(skusAWS, p); err != nil {
		return nil, err
	}
	if there, ok := object.Number(observed, "status", "atProvider", "allocatedStorage"); ok && int(there) > p.storageGiB {
		s.keep(int(there))
	}
	s.ok = object.Set(desired, s.sku.name, "spec", "forProvider", "instanceClass")
	if object.Get(desired, "spec", "forProvider", "replicateSourceDb") != nil {
		return s, nil // a replica has its source's disk
	}
	s.ok = s.ok && object.Set(desired, s.storageGiB, "spec", "forProvider", "allocatedStorage")
	// The limit comes from what is asked for: one that followed the disk would
	// never bind. RDS wants it a tenth above the disk; past that, growth ends.
	if limit := min(growth*p.storageGiB, maxDisk); float64(limit) >= headroom*float64(s.storageGiB) {
		s.ok = s.ok && object.Set(desired, limit, "spec", "forProvider", "maxAllocatedStorage")
	}
	return s, nil
}
