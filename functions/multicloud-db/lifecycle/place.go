package lifecycle

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// A Place is the name of a resource at its cloud, and where the resource is.
type Place struct {
	Name   string // of the cloud's resource
	Region string // the provider's own
	// OfRegion is what the settings say of the region.
	OfRegion settings.Region

	entryLate bool // the settings have an entry that is for new resources only
}

// regionKey is the record that a resource was made by an entry of the settings whose key
// spells the region otherwise than its cloud does.
const regionKey = "region-key"

// place finds the name and the region of a resource. Both stay as they were last asked
// for: a new default moves nothing, nor does it matter that settings which knew a region
// are gone.
func place[S any](t Type[S], l Live) (Place, error) {
	region, err := regionOf(l)
	if err != nil {
		return Place{}, err
	}
	p := Place{Name: l.Claim.External(), Region: region}
	if err := p.find(l); err != nil {
		return Place{}, err
	}
	if was := l.Last("external-name"); was != "" && !l.adopted {
		p.Name = was
		return p, nil
	}
	if t.NameOf != nil && !l.adopted {
		p.Name, err = t.NameOf(l.Call)
	}
	return p, err
}

func regionOf(l Live) (string, error) {
	c, asked, path := l.Claim, l.Claim.Region, "spec.region"
	if was := l.Last("region"); was != "" && (asked == "" || asked == was) {
		return was, nil
	}
	if asked == "" {
		asked, path = l.Provider().Region, l.Setting("region")
	}
	if asked == "" && !l.Answered {
		return "", nil // the settings may say
	}
	if asked == "" {
		return "", fmt.Errorf(
			"spec.region: is missing, and the settings have no providers.%s.region; allowed are %s", c.Provider,
			strings.Join(cloud.NeutralRegions(), ", "),
		)
	}
	region, err := cloud.Region(c.Provider, asked, l.Provider().RegionNames())
	if err != nil && !l.Answered {
		return asked, nil //nolint:nilerr // The settings may know the region: Crossplane asks again with them.
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return region, nil
}

// find takes what the settings say of the region. Entries whose keys spell a region
// otherwise than its cloud does had no effect once: a resource that was made then stays
// as it is, and the entry is for new ones, until somebody spells its key as the cloud does.
func (p *Place) find(l Live) error {
	entry, there := l.Provider().Regions[p.Region]
	if there && entry.Key != "" && entry.Key != p.Region && l.lasts && l.Annotated(regionKey) == "" {
		p.OfRegion, p.entryLate = settings.Region{Key: entry.Key}, true
		return nil
	}
	p.OfRegion = entry
	if there || l.Life != New || p.Region == "" {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(l.Provider().Regions)) {
		if key := l.Provider().Regions[name].Key; cloud.IsMisspelt(l.Claim.Provider, name, p.Region) {
			return fmt.Errorf("%s: is no region that is known here, and the claim's %s has no entry; did you mean %q? Where both are meant, give %s an entry "+
				"of its own, which may be {}", l.Setting("regions."+key), p.Region, p.Region, p.Region)
		}
	}
	return nil
}

// Regional is the name of a setting of the resource's region, as the settings spell it.
func (r *Resource) Regional(name string) string {
	return "regions." + cmp.Or(r.OfRegion.Key, r.Region) + "." + name
}

// holdEntry records by which key the settings of the region were found, and notes an entry
// that came too late.
func (r *Resource) holdEntry() {
	switch key := r.OfRegion.Key; {
	case r.entryLate:
		r.Notes = append(r.Notes, r.Setting("regions."+key)+fmt.Sprintf(" (for new %ss only, until its key is %s)", r.Noun, r.Region))
	case key != "" && key != r.Region:
		r.record[Requested+regionKey] = key
	case key == "" && r.Annotated(regionKey) != "":
		r.record[Requested+regionKey] = r.Annotated(regionKey) // the settings are gone for the moment
	}
}

// remarkKey says that other regions of the cloud have a key that encrypts, and this one
// has none: no database can be given one later.
func (r *Resource) remarkKey(path, held string, of func(settings.Region) string) {
	if held != "" || r.entryLate || r.adopted || of == nil {
		return
	}
	regions := r.Provider().Regions
	for _, name := range slices.Sorted(maps.Keys(regions)) {
		if name != r.Region && of(regions[name]) != "" {
			r.Remarks = append(r.Remarks, fmt.Sprintf(
				"%s is set, and %s is not: the %s is encrypted by the cloud's own key", r.Setting("regions."+regions[name].Key+"."+path),
				r.Setting(r.Regional(path)), r.Noun,
			))
			return
		}
	}
}
