package profilesizer

import (
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// keepSaid keeps the disk that is there, or asks for the larger one that the XR says.
func (s *sized) keepSaid(l *layout, desired, observed *structpb.Struct, p *profile) {
	o := l.offer(desired)
	there := l.disk.there(observed)
	has := (there + l.unit - 1) / l.unit
	if there == 0 || o.isReplica(desired, observed) {
		return
	}
	s.storageGiB = has
	said, ok := o.Disk.round(p.saidGiB, "")
	most := s.mostGiB()
	switch {
	case p.saidGiB == 0:
	case p.saidGiB < has:
		s.notes = append(s.notes, fmt.Sprintf("the disk keeps its %d GiB although %d are asked for, since a disk never shrinks", has, p.saidGiB))
	case said > has && most > 0 && said > most:
		s.hold(fmt.Sprintf("%s cannot have a disk of %d GiB, only up to %d; it keeps its %d until %s names a size that can", s.sku.Name, said, most, has, p.from))
	case said > has && ok:
		s.storageGiB, s.askedGiB = said, said
		s.notes = append(s.notes, fmt.Sprintf("the disk grows from %d to %d GiB, as %s says", has, said, p.storageFrom))
		if l.grows != nil {
			l.grows(s, desired, observed)
		}
	}
	if l.silent && s.askedGiB == 0 && there%l.unit != 0 {
		return // to ask for whole GiB would be to ask for more
	}
	steady := l.steady != nil && l.steady(desired) && s.storageGiB == has
	s.putDisk(desired, max(there, s.storageGiB*l.unit), l.disk, steady)
}

// growAWS raises the limit of the disk's growth, where there is one, to where RDS takes it, and
// gives a volume that is striped now what it comes with.
func (s *sized) growAWS(desired, observed *structpb.Struct) {
	if limit := awsDiskLimit.asked(desired); limit > 0 && !s.fitsBelow(limit) {
		s.write(desired, object.Count(min(growth*s.storageGiB, offerAWS.Disk.MaxGiB)), awsDiskLimit.forProvider)
	}
	s.putStriped(desired, observed)
}

// mostGiB is the largest disk of a machine; 0 where only the cloud's own limit counts.
func (s *sized) mostGiB() int {
	if s.sku == nil {
		return 0
	}
	return s.sku.family.MaxDiskGiB
}
