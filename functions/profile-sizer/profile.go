package main

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// A profile is what a size means, on every cloud.
type profile struct {
	name        string
	vcpu        float64
	memoryGiB   float64
	storageGiB  int
	iops        iopsClass
	minReplicas int
	maxReplicas int
	skus        map[string]named // by offer

	from        string // the field that asks for the profile
	path        string // where the profile's figures come from, the strongest
	storageFrom string // where its storage comes from
	limit       limit
	saidGiB     int // of storage that the XR asks for itself; 0 where it does not
}

// An iopsClass is what the disk of a profile gives on every cloud at no extra
// cost. On most clouds IOPS follow the disk's size, so a class cannot be bought
// apart from it.
type iopsClass string

// leastIOPS of each class, on the slowest of the clouds.
var leastIOPS = map[iopsClass]int{"low": 100, "medium": 500, "high": 1500}

// builtin profiles, the smallest first. Storage is of sizes that every cloud can
// give exactly.
var builtin = []profile{
	{name: "nano", vcpu: 1, memoryGiB: 1, storageGiB: 32, iops: "low", minReplicas: 1, maxReplicas: 1},
	{name: "small", vcpu: 2, memoryGiB: 4, storageGiB: 64, iops: "low", minReplicas: 1, maxReplicas: 2},
	{name: "medium", vcpu: 4, memoryGiB: 16, storageGiB: 128, iops: "medium", minReplicas: 2, maxReplicas: 4},
	{name: "large", vcpu: 8, memoryGiB: 32, storageGiB: 512, iops: "high", minReplicas: 3, maxReplicas: 6},
	{name: "xlarge", vcpu: 16, memoryGiB: 64, storageGiB: 1024, iops: "high", minReplicas: 3, maxReplicas: 12},
}

// A layer is a source of profiles, and the path of its profiles.
type layer struct {
	path     string
	profiles map[string]settings.Profile
}

// profileOf finds a profile by name: a built-in one, or one of a layer's own, with
// what the layers override, of which the later is the stronger.
func profileOf(name, from string, layers []layer) (*profile, error) {
	p := &profile{name: name}
	found := false
	if i := slices.IndexFunc(builtin, func(b profile) bool { return b.name == name }); i >= 0 {
		*p, found = builtin[i], true
	}
	p.from, p.path, p.storageFrom = from, from, from
	for _, l := range layers {
		if o, ok := l.profiles[name]; ok {
			p.override(o, l.path+"."+name)
			found = true
		}
	}
	if !found {
		names, what := profileNames(layers), object.Show(structpb.NewStringValue(name))+" is not allowed"
		if name == "" {
			what = "is missing"
		}
		return nil, fmt.Errorf("%s: %s; allowed are %s%s", from, what, strings.Join(names, ", "), object.DidYouMean(object.Nearest(name, names)))
	}
	if p.vcpu > 0 && p.memoryGiB/p.vcpu > settings.MaxGiBPerVCPU {
		return nil, fmt.Errorf(
			"%s: %g GiB of memory for %g vCPU is not allowed; allowed is up to %d GiB per vCPU; give both", p.path, p.memoryGiB, p.vcpu,
			settings.MaxGiBPerVCPU,
		)
	}
	if p.minReplicas > p.maxReplicas {
		return nil, fmt.Errorf("%s: the least number of replicas, %d, is more than the most, %d; give both", p.path, p.minReplicas, p.maxReplicas)
	}
	return p, nil
}

func (p *profile) override(o settings.Profile, path string) {
	p.path = path
	if o.VCPU > 0 || o.MemoryGiB > 0 {
		p.skus = nil // figures are stronger than a name that a weaker layer gives
	}
	p.vcpu = orElse(o.VCPU, p.vcpu)
	p.memoryGiB = orElse(o.MemoryGiB, p.memoryGiB)
	p.minReplicas = orElse(o.MinReplicas, p.minReplicas)
	p.maxReplicas = orElse(o.MaxReplicas, p.maxReplicas)
	if o.StorageGiB > 0 {
		p.storageGiB, p.storageFrom = o.StorageGiB, path+".storageGiB"
	}
	if len(o.SKUs) > 0 && p.skus == nil {
		p.skus = make(map[string]named, len(o.SKUs))
	}
	for key, sku := range o.SKUs {
		p.skus[key] = named{sku, path + ".skus." + key}
	}
}

func orElse[T int | float64](v, otherwise T) T {
	if v > 0 {
		return v
	}
	return otherwise
}

// shortfall is how far a SKU is below the profile, in parts of what is asked for.
func (p *profile) shortfall(s *sku) float64 {
	return max(0, 1-s.VCPU/p.vcpu) + max(0, 1-s.MemoryGiB/p.memoryGiB)
}

// profileNames lists the built-in profiles, then those that layers add, in order.
func profileNames(layers []layer) []string {
	names := make([]string, 0, len(builtin))
	for _, b := range builtin {
		names = append(names, b.name)
	}
	for _, l := range layers {
		for name := range l.profiles {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names[len(builtin):])
	return names
}
