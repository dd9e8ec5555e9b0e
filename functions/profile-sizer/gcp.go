package main

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Custom machines of edition ENTERPRISE: 1 or an even number of vCPUs, 0.9 to 6.5
// GiB of memory for each, in steps of 256 MiB, at least 3.75 GiB
// (cloud.google.com/sql/docs/postgres/create-instance, as of 2026-08).
const (
	customVCPU      = 96
	customMinPerCPU = 0.9 * mebibytes
	customMaxPerCPU = 6.5 * mebibytes
	customMinMiB    = 3840
	customStepMiB   = 256
	mebibytes       = 1024 // in a GiB
	enterprise      = "ENTERPRISE"
	enterprisePlus  = "ENTERPRISE_PLUS"
)

var (
	customFamily    = &family{Name: "custom", Arch: "x86", Edition: enterprise}
	gcpVersion      = fieldAt("databaseVersion")
	gcpAvailability = fieldAt("settings", "availabilityType")
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
	n := need{ha: gcpAvailability.textAsked(desired) == "REGIONAL"}
	n.edition = cmp.Or(text(desired, gcpEdition.forProvider), text(observed, gcpEdition.atProvider), enterprise)
	if n.edition != enterprise && n.edition != enterprisePlus {
		return nil, fmt.Errorf("spec.forProvider.settings.edition: %q has no sizes here; allowed are %s, %s", n.edition, enterprise, enterprisePlus)
	}
	there := gcpDisk.there(observed)
	s, err := plan(offerGCP, p, n, there, chooseGCP)
	if err != nil {
		return nil, err
	}

	s.write(desired, s.sku.value, gcpTier.forProvider)
	s.write(desired, object.Text(s.sku.family.Edition), gcpEdition.forProvider)
	// A disk's type cannot change, so what is there stays.
	s.write(
		desired,
		object.Text(cmp.Or(text(desired, gcpDiskType.forProvider), text(observed, gcpDiskType.atProvider), "PD_SSD")),
		gcpDiskType.forProvider,
	)
	grows, said := truth(desired, gcpAutoresize.forProvider)
	if !said {
		grows = true
		s.write(desired, structpb.NewBoolValue(grows), gcpAutoresize.forProvider)
	}
	tooSmall := there > 0 && there < s.storageGiB
	s.putDisk(desired, s.storageGiB, gcpDisk, grows && !tooSmall)
	return s, nil
}

// chooseGCP takes a SKU of the catalog, or computes a custom machine.
func chooseGCP(o *offer, p *profile, n need) (*sku, error) {
	if name, ok := p.skus[o.key]; ok {
		if strings.HasPrefix(name.sku, "db-custom-") {
			return namedCustom(name)
		}
		return o.named(name, p, n) // the tier brings its edition
	}
	if n.edition != enterprise || p.vcpu == 0 || p.memoryGiB == 0 {
		return o.fit(p, n)
	}
	if fits, _ := o.smallest(p, n); fits != nil {
		return fits, nil
	}
	chosen := customFor(p)
	if !chosen.holds(p) {
		return nil, o.tooLarge(p, chosen)
	}
	return chosen, nil
}

// customFor returns the smallest custom machine for a profile, or the largest
// there is.
func customFor(p *profile) *sku {
	vcpu := math.Ceil(max(p.vcpu, p.memoryGiB*mebibytes/customMaxPerCPU))
	if vcpu > 1 {
		vcpu = min(vcpu+math.Mod(vcpu, 2), customVCPU)
	}
	memory := max(p.memoryGiB*mebibytes, vcpu*customMinPerCPU, customMinMiB)
	memory = min(math.Ceil(memory/customStepMiB)*customStepMiB, vcpu*customMaxPerCPU)
	return custom(int(vcpu), int(memory))
}

func custom(vcpu, memoryMiB int) *sku {
	name := fmt.Sprintf("db-custom-%d-%d", vcpu, memoryMiB)
	return &sku{Name: name, value: object.Text(name), VCPU: float64(vcpu), MemoryGiB: float64(memoryMiB) / mebibytes, family: customFamily}
}

// namedCustom checks a custom machine that a profile names.
func namedCustom(name named) (*sku, error) {
	var vcpu, memoryMiB int
	_, err := fmt.Sscanf(name.sku, "db-custom-%d-%d", &vcpu, &memoryMiB)
	perCPU := float64(memoryMiB) / float64(max(vcpu, 1))
	s := custom(vcpu, memoryMiB)
	if err != nil || s.Name != name.sku || vcpu < 1 || vcpu > customVCPU || vcpu > 1 && vcpu%2 != 0 ||
		memoryMiB < customMinMiB || memoryMiB%customStepMiB != 0 || perCPU < customMinPerCPU || perCPU > customMaxPerCPU {
		return nil, fmt.Errorf(
			"%s: %q is no machine of Cloud SQL; db-custom-{vCPU}-{MiB} has 1 or an even number of vCPUs up to %d, and 0.9 to 6.5 "+
				"GiB of memory for each, in steps of %d MiB, at least %d",
			name.path, name.sku, customVCPU, customStepMiB, customMinMiB,
		)
	}
	return s, nil
}
