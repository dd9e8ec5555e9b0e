package main

import (
	"fmt"
	"slices"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Who composes a database that was taken over from outside asks by an annotation of the desired
// resource to leave its size as it was found.
const (
	keepAnnotation = "platform.victor.onl/requested-size"
	keepWord       = "kept"
)

func isKept(desired *structpb.Struct) bool {
	return object.String(desired, "metadata", "annotations", keepAnnotation) == keepWord
}

// keep leaves the size of a database as it is: its class, and what belongs to it. Only a disk
// that the XR itself asks for, and that is larger, changes. Where nobody knows the size yet, none
// is asked for, or of a kind that has to have one the profile's.
func (k pick) keep(observed *structpb.Struct, p *profile) (*sized, error) {
	d := k.database
	live := d.live(k.resource, observed, p)
	if live == nil && d.silent && d.offer(k.resource) != nil {
		s := &sized{profile: p.name, database: true, kept: true, line: "keeps the size that it was found with, of which the cloud does not tell enough"}
		s.keepSaid(d, k.resource, observed, p)
		return s, nil
	}
	if live == nil {
		return k.size(k.resource, observed, p)
	}
	would, err := k.size(proto.CloneOf(k.resource), settled(observed), p)
	if err != nil {
		would = nil // the profile decides nothing here
	}
	s := &sized{profile: p.name, database: true, ha: would != nil && would.ha, kept: true}
	s.take(live)
	s.line = "keeps " + s.figures() + ", as it was found" + would.instead(live)
	s.write(k.resource, live.value, d.class.forProvider)
	for _, f := range d.beside {
		if v := f.live(observed); v != nil {
			s.write(k.resource, v, f.forProvider)
		}
	}
	s.keepSaid(d, k.resource, observed, p)
	return s, nil
}

// live returns the value of a field that the cloud reports, or where it does not the one that
// was asked for last; nil without either, and for a text of nothing.
func (f field) live(observed *structpb.Struct) *structpb.Value {
	for _, path := range [][]string{f.atProvider, f.forProvider, f.initProvider} {
		v := object.Find(observed, path...)
		if s, isText := v.GetKind().(*structpb.Value_StringValue); v != nil && (!isText || s.StringValue != "") {
			return v
		}
	}
	return nil
}

// keepSaid keeps the disk that is there, or asks for the larger one that the XR says.
func (s *sized) keepSaid(d *database, desired, observed *structpb.Struct, p *profile) {
	o := d.offer(desired)
	there := d.disk.there(observed)
	has := (there + d.unit - 1) / d.unit
	if there == 0 || o.isReplica(desired, observed) {
		return
	}
	s.storageGiB = has
	said, ok := o.Disk.round(p.saidGiB, "")
	if p.saidGiB > 0 && ok && said > has {
		s.storageGiB, s.askedGiB = said, said
		s.notes = append(s.notes, fmt.Sprintf("the disk grows from %d to %d GiB, as %s says", has, said, p.storageFrom))
		if d.grows != nil {
			d.grows(s, desired, observed)
		}
	} else if p.saidGiB > 0 && p.saidGiB < has {
		s.notes = append(s.notes, fmt.Sprintf("the disk keeps its %d GiB although %d are asked for, since a disk never shrinks", has, p.saidGiB))
	}
	if d.silent && s.askedGiB == 0 && there%d.unit != 0 {
		return // to ask for whole GiB would be to ask for more
	}
	steady := d.steady != nil && d.steady(desired) && s.storageGiB == has
	s.putDisk(desired, max(there, s.storageGiB*d.unit), d.disk, steady)
}

// growAWS raises the limit of the disk's growth, where there is one, to where RDS takes it, and
// gives a volume that is striped now what it comes with.
func (s *sized) growAWS(desired, observed *structpb.Struct) {
	if limit := awsDiskLimit.asked(desired); limit > 0 && !s.fitsBelow(limit) {
		s.write(desired, object.Count(min(growth*s.storageGiB, offerAWS.Disk.MaxGiB)), awsDiskLimit.forProvider)
	}
	s.putStriped(desired, observed)
}

// instead says what a profile would make of a database that has a size; "" where nobody knows.
func (s *sized) instead(live *sku) string {
	switch {
	case s == nil || s.sku == nil || s.held:
		return ""
	case s.sku.Name == live.Name && s.sku.MemoryGiB == live.MemoryGiB:
		return ", which is what " + s.profile + " would be"
	}
	return "; " + s.profile + " would be " + s.figures()
}

// freeze says the truth of a resource that may not be changed, and why: what the profile makes
// of it is written, since its kind asks for a size, and reaches nothing. It reports whether
// there was something to say.
func (s *sized) freeze(d *database, desired, observed *structpb.Struct, p *profile, why string) (said bool) {
	live := d.live(desired, observed, p)
	there := (d.disk.there(observed) + d.unit - 1) / d.unit
	if live == nil || live.Name == s.sku.Name && live.MemoryGiB == s.sku.MemoryGiB && there == s.storageGiB {
		return false
	}
	would := *s
	s.take(live)
	s.storageGiB, s.notes, s.held, s.kept = there, nil, false, true
	s.line = "keeps " + s.figures() + ", " + why + would.instead(live)
	return true
}

// looks says what runs of a database that is only observed, and what the profile would make of it.
func (k pick) looks(observed *structpb.Struct, p *profile) string {
	live := k.database.live(k.resource, observed, p)
	if live == nil {
		return ""
	}
	s := &sized{}
	s.take(live)
	as := asIs(proto.CloneOf(k.resource), proto.CloneOf(observed))
	if !slices.ContainsFunc(sizers[object.String(as, "kind")], func(z sizer) bool { return z.group == groupOf(as) && (z.is == nil || z.is(as)) }) {
		return s.figures() + " runs"
	}
	would, err := k.size(as, settled(observed), p)
	if err != nil {
		would = nil
	}
	return s.figures() + " runs" + would.instead(live)
}
