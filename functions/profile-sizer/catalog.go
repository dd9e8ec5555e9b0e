package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// A profile is what a size means, on every cloud.
type profile struct {
	name       string
	vcpu       int
	memoryGiB  float64
	storageGiB int
}

// builtin profiles, the smallest first. Storage is of sizes that every cloud can
// give exactly.
//
//nolint:gochecknoglobals // A table.
var builtin = []profile{
	{name: "nano", vcpu: 1, memoryGiB: 1, storageGiB: 32},
	{name: "small", vcpu: 2, memoryGiB: 4, storageGiB: 64},
	{name: "medium", vcpu: 4, memoryGiB: 16, storageGiB: 128},
	{name: "large", vcpu: 8, memoryGiB: 32, storageGiB: 512},
	{name: "xlarge", vcpu: 16, memoryGiB: 64, storageGiB: 1024},
}

// profileOf finds a profile by name, with what the settings override or add.
func profileOf(name string, overrides map[string]settings.Profile) (profile, error) {
	p := profile{name: name}
	i := slices.IndexFunc(builtin, func(b profile) bool { return b.name == name })
	if i >= 0 {
		p = builtin[i]
	}
	o, ok := overrides[name]
	if i < 0 && !ok {
		allowed := slices.Clone(claim.Profiles)
		for added := range overrides {
			if !slices.Contains(allowed, added) {
				allowed = append(allowed, added)
			}
		}
		slices.Sort(allowed[len(claim.Profiles):])
		what := fmt.Sprintf("%q is not allowed", name)
		if name == "" {
			what = "is missing"
		}
		return profile{}, fmt.Errorf("spec.profile: %s; allowed are %s", what, strings.Join(allowed, ", "))
	}
	if o.VCPU > 0 {
		p.vcpu = o.VCPU
	}
	if o.MemoryGiB > 0 {
		p.memoryGiB = float64(o.MemoryGiB)
	}
	if o.StorageGiB > 0 {
		p.storageGiB = o.StorageGiB
	}
	if p.vcpu == 0 || p.memoryGiB == 0 || p.storageGiB == 0 {
		return profile{}, fmt.Errorf("settings profiles.%s: a profile of your own needs all of vcpu, memoryGiB and storageGiB", name)
	}
	return p, nil
}

// A sku is an instance size of a cloud.
type sku struct {
	name      string
	vcpu      int
	memoryGiB float64
}

// fit returns the first SKU, in the order of their cost, that is no smaller than
// the profile.
func fit(skus []sku, p profile) (sku, error) {
	for _, s := range skus {
		if s.vcpu >= p.vcpu && s.memoryGiB >= p.memoryGiB {
			return s, nil
		}
	}
	last := skus[len(skus)-1]
	return sku{}, fmt.Errorf("spec.profile: %q asks for %d vCPU and %g GiB, which no size gives; the largest is %s with %d vCPU and %g GiB", p.name, p.vcpu, p.memoryGiB, last.name, last.vcpu, last.memoryGiB)
}
