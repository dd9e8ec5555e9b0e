package profilesizer

import (
	"fmt"
	"maps"
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
	cacheGiB    float64 // memory of a cache; 0 of a profile that has only one figure of memory
	storageGiB  int
	brokerGiB   int // the least disk of a queue's server
	iops        iopsClass
	minReplicas int
	maxReplicas int
	skus        map[string]named // by offer

	from        string // the field that asks for the profile
	path        string // where the profile's figures come from, the strongest
	storageFrom string // where its storage comes from
	limit       limit
	saidGiB     int      // of storage that the XR asks for itself; 0 where it does not
	said        []string // the paths of the figures that layers give
	units       int      // of messaging, of a profile that is of these
	needs, goes string   // the figures that it may go by and goes by, where these are not vCPU and memory
}

// An iopsClass is what the disk of a profile gives on every cloud at no extra
// cost. On most clouds IOPS follow the disk's size, so a class cannot be bought
// apart from it.
type iopsClass string

// leastIOPS of each class, on the slowest of the clouds.
var leastIOPS = map[iopsClass]int{"low": 100, "medium": 500, "high": 1500}

// builtin profiles, the smallest first. Storage is of sizes that every cloud can
// give exactly; memory of caches is of sizes that every cloud comes near to.
var builtin = []profile{
	{name: "nano", vcpu: 1, memoryGiB: 1, cacheGiB: 0.5, storageGiB: 32, brokerGiB: 5, iops: "low", minReplicas: 1, maxReplicas: 1},
	{name: "small", vcpu: 2, memoryGiB: 4, cacheGiB: 3, storageGiB: 64, brokerGiB: 10, iops: "low", minReplicas: 1, maxReplicas: 2},
	{name: "medium", vcpu: 4, memoryGiB: 16, cacheGiB: 6, storageGiB: 128, brokerGiB: 20, iops: "medium", minReplicas: 2, maxReplicas: 4},
	{name: "large", vcpu: 8, memoryGiB: 32, cacheGiB: 12, storageGiB: 512, brokerGiB: 40, iops: "high", minReplicas: 3, maxReplicas: 6},
	{name: "xlarge", vcpu: 16, memoryGiB: 64, cacheGiB: 50, storageGiB: 1024, brokerGiB: 80, iops: "high", minReplicas: 3, maxReplicas: 12},
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
	p.forget(o)
	for figure, given := range map[string]bool{"vcpu": o.VCPU > 0, "memoryGiB": o.MemoryGiB > 0, "storageGiB": o.StorageGiB > 0} {
		if given {
			p.said = append(p.said, path+"."+figure)
		}
	}
	slices.Sort(p.said)
	p.vcpu = orElse(o.VCPU, p.vcpu)
	p.memoryGiB = orElse(o.MemoryGiB, p.memoryGiB)
	p.cacheGiB = orElse(o.CacheGiB, p.cacheGiB)
	p.minReplicas = orElse(o.MinReplicas, p.minReplicas)
	p.maxReplicas = orElse(o.MaxReplicas, p.maxReplicas)
	if o.StorageGiB > 0 {
		p.storageGiB, p.storageFrom = o.StorageGiB, path+".storageGiB"
	}
	for key, sku := range o.SKUs {
		if p.skus == nil {
			p.skus = make(map[string]named, len(o.SKUs))
		}
		p.skus[key] = named{sku, path + ".skus." + key}
	}
}

// forget takes out the names that a weaker layer gives: figures of a stronger one are stronger.
func (p *profile) forget(o settings.Profile) {
	figures := o.VCPU > 0 || o.MemoryGiB > 0
	cache := o.CacheGiB > 0 || p.cacheGiB == 0 && o.MemoryGiB > 0
	maps.DeleteFunc(p.skus, func(key string, _ named) bool {
		if catalog[key].For == forCaches {
			return cache
		}
		return figures
	})
}

func orElse[T int | float64](v, otherwise T) T {
	if v > 0 {
		return v
	}
	return otherwise
}

// shortfall is how far a SKU is below the profile, in parts of what is asked for.
func (p *profile) shortfall(s *sku) float64 {
	return lack(s.VCPU, p.vcpu) + lack(s.MemoryGiB, p.memoryGiB) + lack(float64(s.units), float64(p.units))
}

func lack(has, asked float64) float64 {
	if asked == 0 {
		return 0
	}
	return max(0, 1-has/asked)
}

// asks are the figures of a profile, in words.
func (p *profile) asks() string {
	switch {
	case p.units > 0:
		return fmt.Sprintf("%d messaging units", p.units)
	case p.needs != "":
		return fmt.Sprintf("%g GiB of memory", p.memoryGiB)
	}
	return fmt.Sprintf("%g vCPU and %g GiB of memory", p.vcpu, p.memoryGiB)
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
