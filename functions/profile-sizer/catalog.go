package main

import (
	"cmp"
	_ "embed" // The catalog is data.
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

//go:embed catalog.json
var rawCatalog []byte

// The catalog's offers, decoded once at start.
var (
	catalog            = decodeCatalog(rawCatalog)
	offerGCP           = catalog["gcp"]
	offerAWS           = catalog["aws"]
	offerAzurePostgres = catalog["azurePostgres"]
	offerAzureMySQL    = catalog["azureMySQL"]
	offerIBM           = catalog["ibm"]
	offerIBMGen2       = catalog["ibmGen2"]
)

// An offer is what one cloud sells of one kind of database.
type offer struct {
	key      string    // as profiles name it under skus
	Title    string    `json:"title"`
	Source   string    `json:"source"`
	Date     string    `json:"date"`
	Disk     disk      `json:"disk"`
	Families []*family `json:"families"`
	skus     []*sku    // the smallest first, by weight
}

// A family of SKUs has the same machines, and the same things it cannot do.
type family struct {
	Name               string `json:"name"`
	Arch               string `json:"arch"`    // x86 or arm
	Edition            string `json:"edition"` // of Cloud SQL
	NoHighAvailability bool   `json:"noHighAvailability"`
	MaxDiskGiB         int    `json:"maxDiskGiB"` // 0 means the offer's
	OnlyByName         string `json:"onlyByName"` // why no profile of numbers picks it; "" where one does
	Shared             bool   `json:"shared"`     // IBM: memory and CPU are given beside the name
	SKUs               []*sku `json:"skus"`
}

// A sku is an instance size of a cloud.
type sku struct {
	Name      string  `json:"name"`
	VCPU      float64 `json:"vcpu"`
	MemoryGiB float64 `json:"memoryGiB"`
	CPUCount  int     `json:"cpuCount"` // IBM's shared compute; 0 lets IBM choose by the memory
	family    *family
	value     *structpb.Value // of the name; answers share it, and nothing edits a value in place
}

func (s *sku) String() string {
	return fmt.Sprintf("%s with %g vCPU and %g GiB", s.Name, s.VCPU, s.MemoryGiB)
}

func (s *sku) holds(p *profile) bool { return s.VCPU >= p.vcpu && s.MemoryGiB >= p.memoryGiB }

// gibPerVCPU is what memory a vCPU costs as much as, by RDS's prices of m7g and
// r7g, which differ in memory only.
const gibPerVCPU = 5

// weight is what a SKU costs, as far as its figures tell.
func (s *sku) weight() float64 { return gibPerVCPU*s.VCPU + s.MemoryGiB }

// decodeCatalog panics on a catalog that does not fit: it is a part of the program.
func decodeCatalog(raw []byte) map[string]*offer {
	out := map[string]*offer{}
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&out); err != nil {
		panic(fmt.Sprintf("catalog.json: %v", err))
	}
	for key, o := range out {
		o.key = key
		for _, f := range o.Families {
			for _, s := range f.SKUs {
				s.family, s.value = f, object.Text(s.Name)
				o.skus = append(o.skus, s)
			}
		}
		slices.SortStableFunc(o.skus, func(a, b *sku) int {
			return cmp.Compare(a.weight(), b.weight())
		})
	}
	return out
}

// A need is what a SKU has to be able to, besides the profile's figures.
type need struct {
	ha      bool
	diskGiB int
	edition string // of Cloud SQL; "" takes any
}

func (n need) allows(s *sku) bool {
	f := s.family
	return (!n.ha || !f.NoHighAvailability) && (f.MaxDiskGiB == 0 || n.diskGiB <= f.MaxDiskGiB) && (n.edition == "" || n.edition == f.Edition)
}

// choose returns the SKU that the profile names, or else the smallest one that is
// no smaller than the profile in anything.
func (o *offer) choose(p *profile, n need) (*sku, error) {
	if name, ok := p.skus[o.key]; ok {
		return o.named(name, p, n)
	}
	return o.fit(p, n)
}

func (o *offer) fit(p *profile, n need) (*sku, error) {
	if p.vcpu == 0 || p.memoryGiB == 0 {
		return nil, o.noFigures(p)
	}
	fits, nearest := o.smallest(p, n)
	if fits == nil {
		return nil, o.tooLarge(p, nearest)
	}
	return fits, nil
}

// smallest returns the smallest SKU that holds the profile, or else nil and the
// one that comes nearest.
func (o *offer) smallest(p *profile, n need) (fits, nearest *sku) {
	for _, s := range o.skus {
		switch {
		case s.family.OnlyByName != "" || !n.allows(s):
		case s.holds(p):
			return s, nil
		case nearest == nil || p.shortfall(s) <= p.shortfall(nearest):
			nearest = s
		}
	}
	return nil, nearest
}

func (o *offer) noFigures(p *profile) error {
	return fmt.Errorf("%s: names no skus.%s, so it needs vcpu and memoryGiB", p.path, o.key)
}

func (o *offer) tooLarge(p *profile, nearest *sku) error {
	return fmt.Errorf(
		"%s: %q asks for %g vCPU and %g GiB of memory, which no size of %s gives; the nearest is %s", p.from, p.name, p.vcpu, p.memoryGiB,
		o.Title, nearest,
	)
}

// named returns the SKU of that name, once it can do what is needed.
func (o *offer) named(name named, p *profile, n need) (*sku, error) {
	var found *sku
	for _, s := range o.skus {
		// IBM's shared compute has one name for many sizes.
		if s.Name == name.sku && (found == nil || !found.holds(p)) {
			found = s
		}
	}
	switch {
	case found == nil:
		return nil, fmt.Errorf("%s: %q is no size of %s that the catalog knows%s", name.path, name.sku, o.Title, o.instead(p, n))
	case n.ha && found.family.NoHighAvailability:
		return nil, fmt.Errorf("%s: %q cannot have high availability, which is asked for%s", name.path, name.sku, o.instead(p, n))
	case found.family.MaxDiskGiB > 0 && n.diskGiB > found.family.MaxDiskGiB:
		return nil, fmt.Errorf("%s: %q cannot have a disk of %d GiB, only up to %d%s", name.path, name.sku, n.diskGiB, found.family.MaxDiskGiB, o.instead(p, n))
	}
	return found, nil
}

// instead suggests the SKU that the profile's figures would pick.
func (o *offer) instead(p *profile, n need) string {
	s, err := o.fit(p, n)
	if err != nil {
		return ""
	}
	return "; the profile's figures would give " + s.String()
}
