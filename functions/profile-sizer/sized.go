package profilesizer

import (
	"errors"
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// sized is what became of one resource.
type sized struct {
	profile    string
	sku        *sku // nil of what no cloud sells, such as a Deployment
	vcpu       float64
	memoryGiB  float64
	usableGiB  float64 // of a cache's memory
	askedGiB   int     // of disk, as the cloud gives it
	storageGiB int     // 0 of what has no disk of its own
	replicas   string  // of an autoscaler
	stands     bool    // highly available or not, which some kinds do not tell
	ha         bool
	notes      []string // what differs from what is asked for, and why
	held       bool     // something waits for another change
	unwritten  bool     // a field on the way to a size is no object
	kept       bool     // nothing of the profile took effect
	ahead      bool     // of something that is made later
	line       string   // what is said instead of the size; "" says that

	connections, iops int // of a database; 0 where nobody knows
}

// A chooser picks the SKU of a profile that can do what is needed.
type chooser func(o *offer, p *profile, n need) (*sku, error)

// plan chooses the SKU and the disk of a database. There is the disk that it has
// now, which never shrinks; 0 where it has none yet.
func plan(o *offer, p *profile, n need, there int, choose chooser) (*sized, error) {
	asked := 0
	if !n.noDisk {
		var err error
		if asked, err = o.storage(p, n.diskType); err != nil {
			return nil, err
		}
	}
	if err := p.within(asked, there); err != nil {
		return nil, err
	}
	n.diskGiB = max(asked, there)
	s := &sized{profile: p.name, askedGiB: asked, storageGiB: n.diskGiB, stands: true, ha: n.ha}
	chosen, err := choose(o, p, n)
	var none *unfit
	switch {
	case errors.As(err, &none) && n.runs != nil:
		chosen = n.runs
		s.hold(none.text + "; it keeps " + chosen.Name)
		if most := chosen.family.MaxDiskGiB; most > 0 && there > 0 && asked > max(most, there) {
			s.hold(fmt.Sprintf("%s cannot have a disk of %d GiB, only up to %d; it keeps its %d", chosen.Name, asked, most, there))
			asked, s.askedGiB, s.storageGiB = there, there, there
		}
	case err != nil:
		return nil, err
	}
	s.take(chosen)
	switch {
	case n.noDisk:
		s.storageGiB = 0
	case there > asked:
		s.notes = append(s.notes, fmt.Sprintf("the disk keeps its %d GiB although %d are asked for, since a disk never shrinks", there, p.storageGiB))
	case asked > p.storageGiB:
		s.notes = append(s.notes, fmt.Sprintf("%s has no disk of %d GiB, and %d is the next larger", o.Title, p.storageGiB, asked))
	}
	return s, nil
}

// hold says what waits, and for what.
func (s *sized) hold(note string) {
	s.notes, s.held = append(s.notes, note), true
}

func (s *sized) take(chosen *sku) {
	s.sku, s.vcpu, s.memoryGiB, s.usableGiB = chosen, chosen.VCPU, chosen.MemoryGiB, chosen.usableGiB
}

// put writes one field of a resource.
func (s *sized) put(o *structpb.Struct, value *structpb.Value, path []string) {
	if !object.Put(o, value, path...) {
		s.unwritten = true
	}
}

// figures of a size; the name alone where the catalog does not have it, or nothing is left to say.
func (s *sized) figures() string {
	if s.vcpu == 0 {
		return s.sku.Name
	}
	usable := ""
	if s.usableGiB > 0 {
		usable = fmt.Sprintf(", %g usable", s.usableGiB)
	}
	return fmt.Sprintf("%s (%g vCPU, %g GiB%s)", s.sku.Name, s.vcpu, s.memoryGiB, usable)
}

func (s *sized) String() string {
	figures := fmt.Sprintf("%g vCPU, %g GiB", s.vcpu, s.memoryGiB)
	switch {
	case s.line != "":
		return s.line
	case s.replicas != "":
		return s.profile + ": " + s.replicas
	case s.sku == nil:
		return s.profile + ": " + figures
	default:
		figures = s.figures()
	}
	if s.storageGiB > 0 {
		figures += fmt.Sprintf(", %d GiB of disk", s.storageGiB)
	}
	return s.profile + ": " + figures
}
