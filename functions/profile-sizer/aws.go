package profilesizer

import (
	"cmp"
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
	awsVersion   = fieldAt("engineVersion")
	awsActual    = fieldAt("engineVersionActual")
	// Engines that run on Graviton; a replica names none.
	awsEngines = []string{"", "postgres", "mysql", "mariadb"}
)

// isAWS says whether the engine runs on the classes of the catalog.
func isAWS(desired *structpb.Struct) bool {
	return slices.Contains(awsEngines, awsEngine.textAsked(desired))
}

// sizeAWS sizes an RDS instance. RDS never shrinks a disk, so a smaller one is
// never asked for than is there.
func sizeAWS(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	there := awsDisk.there(observed)
	ha, _ := truth(desired, awsMultiAZ.forProvider)
	n := need{ha: ha, diskType: cmp.Or(text(observed, awsStorage.atProvider), awsStorage.textAsked(desired))}
	n.versions = awsVersions(desired, observed)
	n.runs, n.proven = offerAWS.running(awsClass, desired, observed, p)
	s, err := plan(offerAWS, p, n.sourceOf(offerAWS, desired, observed, there), there, (*offer).choose)
	if err != nil {
		return nil, err
	}
	s.write(desired, s.sku.value, awsClass.forProvider)
	s.dropInsights(desired, observed)
	if s.storageGiB == 0 {
		s.keepDisk(desired, awsDisk, there)
		return s, nil
	}
	s.putDisk(desired, s.storageGiB, awsDisk, false)
	s.putStriped(desired, observed)
	s.limitAWS(desired, observed)
	return s, nil
}

// limitAWS says how far the disk may grow by itself: to twice what is asked for, as RDS gives
// it, since a limit that followed the disk would never bind. RDS wants it a tenth above the
// disk; past that, growth ends. A limit that is left out stays at the old one, which the
// provider fills in again; 0 ends growth (max_allocated_storage of aws_db_instance).
//
// A higher limit that is there, and has room, stays: a smaller profile shrinks no disk, and a
// disk that may grow no more is a database that stops. Nobody can tell a limit that somebody
// set at the cloud from one that a larger profile had; neither costs anything until it is used.
func (s *sized) limitAWS(desired, observed *structpb.Struct) {
	limit := min(growth*s.askedGiB, offerAWS.Disk.MaxGiB)
	if has := awsDiskLimit.there(observed); has > limit && s.fitsBelow(has) {
		limit = has
	}
	if !s.fitsBelow(limit) {
		if limit < offerAWS.Disk.MaxGiB {
			s.notes = append(s.notes, fmt.Sprintf("it grows no further by itself, since it may up to %d GiB, twice what is asked for", limit))
		}
		limit = 0
	}
	s.write(desired, object.Count(limit), awsDiskLimit.forProvider)
}

// fitsBelow reports whether RDS takes a limit above the disk.
func (s *sized) fitsBelow(limit int) bool { return float64(limit) >= headroom*float64(s.storageGiB) }

// awsVersions are those that a class has to run: the one that is asked for, and the one that
// runs until then.
func awsVersions(desired, observed *structpb.Struct) []version {
	engine := cmp.Or(awsEngine.textAsked(desired), text(observed, awsEngine.atProvider))
	actual := cmp.Or(text(observed, awsActual.atProvider), text(observed, awsVersion.atProvider))
	var out []version
	for _, v := range []string{awsVersion.textAsked(desired), actual} {
		if v != "" {
			out = append(out, versionOf(engine, v))
		}
	}
	return out
}

// putStriped gives a striped volume at least the IOPS and the throughput that it comes
// with. The provider sends both with each change of the disk, and those of a smaller
// volume, which it has filled in, are refused there (hashicorp/terraform-provider-aws
// issue 28382). More that was bought stays. A smaller volume can have no others.
func (s *sized) putStriped(desired, observed *structpb.Struct) {
	least := offerAWS.Disk.iops(s.storageGiB)
	if least == offerAWS.Disk.iops(0) || awsStorage.textAsked(desired) != "gp3" || awsEngine.textAsked(desired) == "" {
		return // of an engine that nobody names, RDS may stripe from another size on
	}
	s.write(desired, object.Count(max(least, awsIOPS.asked(desired), awsIOPS.there(observed))), awsIOPS.forProvider)
	s.write(desired, object.Count(max(stripedMBps, awsMBps.asked(desired), awsMBps.there(observed))), awsMBps.forProvider)
}
