package settings

import (
	"regexp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Profile overrides or adds a resource profile. Zero leaves a figure as it is.
type Profile struct {
	VCPU        float64
	MemoryGiB   float64
	CacheGiB    float64 // of memory that a cache has
	StorageGiB  int     // GiB
	MinReplicas int
	MaxReplicas int
	// SKUs are sizes by a cloud's own name, by one of SKUKeys.
	SKUs map[string]SKU
}

// Limits of a profile. Memory and storage stay below what the same figure would
// be in MiB, so that a mix-up of units is refused: a disk never shrinks again.
const (
	minVCPU       = 0.1
	maxVCPU       = 128
	minMemoryGiB  = 0.125
	maxMemoryGiB  = 1024
	minStorageGiB = 20
	maxStorageGiB = 16384
	maxReplicas   = 1000
)

// MaxGiBPerVCPU is more memory for a vCPU than any cloud sells: a figure in
// another unit.
const MaxGiBPerVCPU = 32

// ProfileName is the form of a profile's name, which is that of a label's value.
// The XRD has the same, so that a claim can ask for every profile there is.
var ProfileName = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`)

// MaxProfileName is the longest name of a profile.
const MaxProfileName = 63

// ReadProfiles reads the profiles of settings, or of a function's input, by name.
func ReadProfiles(profiles *object.Reader) map[string]Profile {
	out := map[string]Profile{}
	for _, name := range profiles.Keys() {
		f := profiles.Object(name)
		if len(name) > MaxProfileName || !ProfileName.MatchString(name) {
			profiles.Failf(name, "is no name of a profile; allowed are at most %d letters, digits and ._- within", MaxProfileName)
		}
		p := Profile{
			VCPU:        f.Number("vcpu", minVCPU, maxVCPU),
			MemoryGiB:   f.Number("memoryGiB", minMemoryGiB, maxMemoryGiB),
			CacheGiB:    f.Number("cacheGiB", minMemoryGiB, maxMemoryGiB),
			StorageGiB:  f.Int("storageGiB", minStorageGiB, maxStorageGiB),
			MinReplicas: f.Int("minReplicas", 1, maxReplicas),
			MaxReplicas: f.Int("maxReplicas", 1, maxReplicas),
			SKUs:        readSKUs(f.Object("skus")),
		}
		f.Done()
		switch {
		case p.VCPU > 0 && p.MemoryGiB/p.VCPU > MaxGiBPerVCPU:
			f.Failf("memoryGiB", "%g for %g vCPU is not allowed; allowed is up to %d GiB per vCPU, and the figure is in GiB", p.MemoryGiB, p.VCPU, MaxGiBPerVCPU)
		case p.MinReplicas > 0 && p.MaxReplicas > 0 && p.MinReplicas > p.MaxReplicas:
			f.Failf("minReplicas", "%d is more than maxReplicas, %d", p.MinReplicas, p.MaxReplicas)
		}
		out[name] = p
	}
	profiles.Done()
	return out
}
