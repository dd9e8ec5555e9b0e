package profilesizer

import (
	"fmt"
	"slices"
	"strings"
)

// A need is what a SKU has to be able to, besides the profile's figures.
type need struct {
	ha       bool
	replica  bool // it is a read replica
	noDisk   bool // its disk is its source's, and not the profile's
	diskGiB  int
	diskType string // that it has, which cannot change, or gets; "" takes any
	edition  string // of Cloud SQL; "" takes any
	versions []version
	runs     *sku    // the size that it keeps where none fits; nil where there is none
	proven   *family // of what the cloud reports, which runs the version that is there, whatever the catalog says
}

func (n need) allows(s *sku) bool {
	return n.lacks(s) == "" && (n.edition == "" || n.edition == s.family.Edition)
}

// lacks says what a SKU cannot do of what is needed; "" where it can do all.
func (n need) lacks(s *sku) string {
	f := s.family
	switch {
	case n.ha && f.NoHighAvailability:
		return "cannot have high availability, which is asked for"
	case n.replica && f.NoReplica:
		return "cannot be a read replica"
	case f.MaxDiskGiB > 0 && n.diskGiB > f.MaxDiskGiB:
		return fmt.Sprintf("cannot have a disk of %d GiB, only up to %d", n.diskGiB, f.MaxDiskGiB)
	}
	return n.bars(s)
}

// bars is lacks of what nobody can change on a live resource to make a SKU fit.
func (n need) bars(s *sku) string {
	f := s.family
	if n.diskType != "" && len(f.DiskTypes) > 0 && !slices.Contains(f.DiskTypes, n.diskType) {
		return fmt.Sprintf("takes no disk of %s, only of %s", n.diskType, strings.Join(f.DiskTypes, ", "))
	}
	for _, v := range n.versions {
		if f != n.proven && !f.runs.run(v) {
			return "does not run " + v.String()
		}
	}
	return ""
}

// An unfit error says that no size can do what the resource is: no profile can mend that.
type unfit struct{ path, text string }

func (u *unfit) Error() string { return u.path + ": " + u.text }

// unfit returns the error where it is the disk's type or the engine's version that leaves no
// size for a profile; nil where the figures are too large for them all.
func (o *offer) unfit(p *profile, n need) error {
	fits := func(n need) bool { s, _ := o.smallest(p, n); return s != nil || o.customFits(p, n) }
	of := fmt.Sprintf("size of %g vCPU and %g GiB", p.vcpu, p.memoryGiB)
	word := o.word()
	free := n
	if free.versions = nil; len(n.versions) > 0 && fits(free) {
		for _, v := range n.versions {
			one := n
			if one.versions = []version{v}; !fits(one) {
				if one.versions = nil; slices.ContainsFunc(o.skus, func(s *sku) bool { return one.allows(s) && s.family.runs.run(v) }) {
					word += strings.TrimPrefix(of, "size")
				}
				return &unfit{p.from, fmt.Sprintf("no %s of the catalog runs %s", word, v)}
			}
		}
	}
	if free.diskType = ""; n.diskType != "" && fits(free) {
		if slices.ContainsFunc(o.skus, n.allows) {
			word += strings.TrimPrefix(of, "size")
		}
		return &unfit{p.from, fmt.Sprintf("the catalog has no %s for %s", word, n.diskType)}
	}
	return nil
}

// word is how the cloud calls a size.
func (o *offer) word() string {
	if o.Word != "" {
		return o.Word
	}
	return "size"
}
