package profilesizer

import (
	"fmt"
	"math"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
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
)

var customFamily = &family{Name: "custom", Arch: "x86", Edition: enterprise, DiskTypes: []string{usualDisk, "PD_HDD"}}

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

// isCustom reports whether a name is of a custom machine whose rule is known: N4's is another.
func isCustom(name string) bool {
	rest, ok := strings.CutPrefix(name, "db-custom-")
	return ok && !strings.HasPrefix(rest, "N")
}

// parseCustom reads the figures of a custom machine out of its name, of whatever series; nil
// where the name has none.
func parseCustom(name string) *sku {
	var vcpu, memoryMiB int
	form := "db-custom-%d-%d"
	if !isCustom(name) {
		form = "db-custom-N4-%d-%d"
	}
	if _, err := fmt.Sscanf(name, form, &vcpu, &memoryMiB); err != nil || fmt.Sprintf(form, vcpu, memoryMiB) != name || vcpu < 1 || memoryMiB < 1 {
		return nil
	}
	if isCustom(name) {
		return custom(vcpu, memoryMiB)
	}
	return offerGCP.given(settings.SKU{Name: name, VCPU: float64(vcpu), MemoryGiB: float64(memoryMiB) / mebibytes})
}

// namedCustom checks a custom machine that a profile names.
func namedCustom(name named, n need) (*sku, error) {
	s := parseCustom(name.Name)
	if s == nil || !isLegalCustom(int(s.VCPU), int(s.MemoryGiB*mebibytes)) {
		return nil, fmt.Errorf(
			"%s: %q is no machine of Cloud SQL; db-custom-{vCPU}-{MiB} has 1 or an even number of vCPUs up to %d, and 0.9 to 6.5 "+
				"GiB of memory for each, in steps of %d MiB, at least %d",
			name.path, name.Name, customVCPU, customStepMiB, customMinMiB,
		)
	}
	if name.VCPU > 0 && (name.VCPU != s.VCPU || name.MemoryGiB != s.MemoryGiB) {
		return nil, name.disagree(s)
	}
	if lack := n.bars(s); lack != "" {
		return nil, &unfit{name.path, s.Name + " " + lack}
	}
	return s, nil
}

func isLegalCustom(vcpu, memoryMiB int) bool {
	perCPU := float64(memoryMiB) / float64(max(vcpu, 1))
	return vcpu >= 1 && vcpu <= customVCPU && (vcpu == 1 || vcpu%2 == 0) &&
		memoryMiB >= customMinMiB && memoryMiB%customStepMiB == 0 && perCPU >= customMinPerCPU && perCPU <= customMaxPerCPU
}
