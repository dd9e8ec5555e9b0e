package profilesizer

import (
	"cmp"
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The editions that have sizes here.
const (
	enterprise     = "ENTERPRISE"
	enterprisePlus = "ENTERPRISE_PLUS"
)

var (
	gcpVersion      = fieldAt("databaseVersion")
	gcpAvailability = fieldAt("settings", "availabilityType")
	gcpLimit        = fieldAt("settings", "diskAutoresizeLimit")
	gcpTier         = fieldAt("settings", "tier")
	gcpEdition      = fieldAt("settings", "edition")
	gcpDisk         = fieldAt("settings", "diskSize")
	gcpDiskType     = fieldAt("settings", "diskType")
	gcpAutoresize   = fieldAt("settings", "diskAutoresize")
)

// isGCP says whether it is a database of ours: SQL Server has other machines.
func isGCP(desired *structpb.Struct) bool {
	return !strings.HasPrefix(text(desired, gcpVersion.forProvider), "SQLSERVER")
}

// sizeGCP sizes a Cloud SQL instance. Where its disk grows by itself, the size
// asked for stands in initProvider, which counts at creation only, and in
// forProvider while more is asked for than is there. It never stands in both.
func sizeGCP(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	n := need{ha: gcpAvailability.textAsked(desired) == "REGIONAL", versions: gcpVersions(desired, observed)}
	n.edition = cmp.Or(gcpEdition.textAsked(desired), text(observed, gcpEdition.atProvider), enterprise)
	if n.edition != enterprise && n.edition != enterprisePlus {
		return nil, fmt.Errorf("spec.forProvider.settings.edition: %q has no sizes here; allowed are %s, %s", n.edition, enterprise, enterprisePlus)
	}
	has, asked := gcpDiskType.textThere(observed), gcpDiskType.textAsked(desired)
	n.diskType = cmp.Or(has, asked, offerGCP.known(p.skus[offerGCP.key].Name, p).diskType())
	n.runs, n.proven = offerGCP.running(gcpTier, desired, observed, p)
	there := gcpDisk.there(observed)
	n = n.sourceOf(offerGCP, desired, observed, there)
	s, err := plan(offerGCP, p, n, there, chooseGCP)
	if err != nil {
		return nil, err
	}

	s.write(desired, s.sku.value, gcpTier.forProvider)
	s.write(desired, object.Text(cmp.Or(s.sku.family.Edition, n.edition)), gcpEdition.forProvider)
	if n.noDisk {
		s.keepDisk(desired, gcpDisk, there)
		s.keepLimitGCP(desired, observed)
		return s, nil
	}
	if asked != "" && has != "" && asked != has {
		s.notes = append(s.notes, fmt.Sprintf("the disk stays of %s although %s is asked for, since a disk's type cannot change", has, asked))
	}
	s.write(desired, object.Text(n.diskType), gcpDiskType.forProvider)
	grows, said := truth(desired, gcpAutoresize.forProvider)
	if !said {
		grows = true
		s.write(desired, structpb.NewBoolValue(grows), gcpAutoresize.forProvider)
	}
	tooSmall := there > 0 && there < s.storageGiB
	s.putDisk(desired, s.storageGiB, gcpDisk, grows && !tooSmall)
	_, named := number(desired, gcpLimit.forProvider)
	_, initial := number(observed, gcpLimit.initProvider)
	if grows && !named && (observed == nil || initial) && limitGCP(desired, observed) == 0 {
		s.write(desired, object.Count(min(growth*s.storageGiB, offerGCP.Disk.MaxGiB)), gcpLimit.initProvider)
	}
	s.growGCP(desired, observed)
	return s, nil
}

// growGCP raises the limit of a disk that grows by itself above the disk, where there is a limit: 0 is
// none. A new disk gets the limit that RDS gives, twice what is asked for, in initProvider: the
// instance may turn out to have been there, and one that lives without a limit goes on without.
func (s *sized) growGCP(desired, observed *structpb.Struct) {
	_, named := number(desired, gcpLimit.forProvider)
	switch limit := limitGCP(desired, observed); {
	case limit == 0:
	case limit < s.storageGiB:
		s.write(desired, object.Count(min(growth*s.storageGiB, offerGCP.Disk.MaxGiB)), gcpLimit.forProvider)
	case limitAskedGCP(observed) > 0 && !named:
		s.write(desired, object.Count(limit), gcpLimit.forProvider)
	}
}

// limitGCP is the limit that a step names, else what is asked for in the managed resource, which may
// be on its way, else what the cloud reports; 0 for none.
func limitGCP(desired, observed *structpb.Struct) int {
	if _, named := number(desired, gcpLimit.forProvider); named {
		return gcpLimit.asked(desired)
	}
	reported, _ := number(observed, gcpLimit.atProvider)
	return cmp.Or(gcpLimit.asked(desired), limitAskedGCP(observed), count(reported))
}

// limitAskedGCP is the limit that is asked of an instance, by whomever. What stands in initProvider
// is asked of one that was made for it, and not of one that was found.
func limitAskedGCP(observed *structpb.Struct) int {
	asked, _ := number(observed, gcpLimit.forProvider)
	if asked == 0 && managed.WasMade(observed) {
		asked, _ = number(observed, gcpLimit.initProvider)
	}
	return count(asked)
}

// keepLimitGCP asks again for a limit that was asked for before, and that no step names: left out,
// it would be set to 0, which is none (disk_autoresize_limit of google_sql_database_instance).
func (s *sized) keepLimitGCP(desired, observed *structpb.Struct) {
	if _, named := number(desired, gcpLimit.forProvider); !named && limitAskedGCP(observed) > 0 {
		s.write(desired, object.Count(limitAskedGCP(observed)), gcpLimit.forProvider)
	}
}

// gcpVersions are those that a machine has to run: the one that is asked for, and the one that
// runs until then. They read POSTGRES_16 and MYSQL_8_0_36.
func gcpVersions(desired, observed *structpb.Struct) []version {
	var out []version
	for _, word := range []string{gcpVersion.textAsked(desired), text(observed, gcpVersion.atProvider)} {
		if engine, parts, ok := strings.Cut(word, "_"); ok {
			out = append(out, versionOf(strings.ToLower(engine), strings.ReplaceAll(parts, "_", ".")))
		}
	}
	return out
}

// usualDisk is of the type that a new database gets where nobody asks for another.
const usualDisk = "PD_SSD"

// diskType is the usual one of a machine that takes not every type.
func (s *sku) diskType() string {
	if len(s.family.DiskTypes) > 0 {
		return s.family.DiskTypes[0]
	}
	return usualDisk
}

// chooseGCP takes a SKU of the catalog, or computes a custom machine.
func chooseGCP(o *offer, p *profile, n need) (*sku, error) {
	if name, ok := p.skus[o.key]; ok {
		if isCustom(name.Name) {
			return namedCustom(name, n)
		}
		return o.named(name, p, n) // the tier brings its edition
	}
	if p.vcpu == 0 || p.memoryGiB == 0 {
		return o.fit(p, n)
	}
	if fits, _ := o.smallest(p, n); fits != nil {
		return fits, nil
	}
	if o.customFits(p, n) {
		return customFor(p), nil
	}
	if chosen := customFor(p); n.allows(chosen) {
		return nil, o.tooLarge(p, chosen)
	}
	return o.fit(p, n)
}

// customFits reports whether there is a custom machine for a profile.
func (o *offer) customFits(p *profile, n need) bool {
	if o != offerGCP || p.vcpu == 0 || p.memoryGiB == 0 {
		return false
	}
	s := customFor(p)
	return s.holds(p) && n.allows(s)
}
