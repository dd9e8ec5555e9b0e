package profilesizer

import (
	"slices"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
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
// that the XR itself asks for, and that is larger, changes. The profile decides nothing, and may
// be one that there is not, as the error says. Where nobody has made a database yet, the profile
// decides.
func (k pick) keep(observed *structpb.Struct, p *profile, noProfile error) (*sized, error) {
	l := k.layout
	live := l.live(k.resource, observed, p)
	lost := live == nil && (l.silent && l.offer(k.resource) != nil || !l.silent && managed.Exists(observed))
	if live == nil && !lost {
		if noProfile != nil {
			return nil, noProfile
		}
		return k.size(k.resource, observed, p)
	}
	var would *sized
	err := noProfile
	if err == nil {
		would, err = k.size(proto.CloneOf(k.resource), settled(observed), p)
	}
	s := &sized{profile: p.name, stands: l.ha.isAsked != nil, ha: l.ha.asked(k.resource), kept: true}
	switch {
	case lost && l.silent:
		s.line = "keeps the size that it has, of which the cloud does not tell enough"
	case lost && err != nil:
		return nil, err // its kind may have to have a size
	case lost:
		s.line = "keeps the size that it has, which nobody reports"
		s.writeOnce(l, k.resource, would)
	default:
		s.take(live)
		s.line = "keeps " + s.figures() + ", which " + l.tense(observed) + would.instead(live)
		s.write(k.resource, live.value, l.class.forProvider)
	}
	if noProfile != nil {
		s.notes = append(s.notes, noProfile.Error()+"; it decides nothing while the size is kept")
	}
	if !l.silent || !lost {
		for _, f := range l.beside {
			if v := f.live(observed); v != nil {
				s.write(k.resource, v, f.forProvider)
			}
		}
	}
	s.keepSaid(l, k.resource, observed, p)
	return s, nil
}

// tense says where a class is known from: what was asked for may not run yet.
func (l *layout) tense(observed *structpb.Struct) string {
	if l.name(observed, l.class.atProvider) == "" {
		return "was asked for last"
	}
	return "runs"
}

// writeOnce gives a kind that has to have a class one that counts at creation only, so that
// nothing of what is there changes. One that a step before asks for stays.
func (s *sized) writeOnce(l *layout, desired *structpb.Struct, would *sized) {
	if l.nameAsked(desired) == "" {
		s.write(desired, would.sku.value, l.class.initProvider)
	}
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

// instead says what a profile would make of a database that has a size; "" where nobody knows.
func (s *sized) instead(live *sku) string {
	switch {
	case s == nil || s.sku == nil || s.held:
		return ""
	case s.sku.Name == live.Name && s.sku.MemoryGiB == live.MemoryGiB:
		return "; " + s.profile + " would be the same"
	}
	return "; " + s.profile + " would be " + s.figures()
}

// freeze says the truth of a resource that may not be changed, and why: what the profile makes
// of it is written, since its kind asks for a size, and reaches nothing. It reports whether
// there was something to say.
func (s *sized) freeze(l *layout, desired, observed *structpb.Struct, p *profile, why string) (said bool) {
	live := l.live(desired, observed, p)
	there := (l.disk.there(observed) + l.unit - 1) / l.unit
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
	live := k.layout.live(k.resource, observed, p)
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
