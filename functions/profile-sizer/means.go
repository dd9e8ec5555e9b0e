package profilesizer

import (
	"math"
	"slices"
	"strings"
)

// What a profile is for what is no database and no pod. A copy goes by fewer figures, and the
// disk that the XR asks for is a database's.

// cacheOf returns a profile of a cache, which is an amount of memory: that is what runs short
// of in a cache. A profile of the settings' own has its memory, unless it says a cache's.
func cacheOf(p *profile) *profile {
	q := p.by("cacheGiB or memoryGiB", "memoryGiB")
	if p.cacheGiB > 0 {
		q.memoryGiB, q.goes = p.cacheGiB, "cacheGiB"
	}
	return q
}

// queueOf returns a profile of a queue's server, which is an amount of memory too: publishing
// is throttled at 40 % of it (RabbitMQ on IBM Cloud, howto-resources-scaling).
func queueOf(p *profile) *profile { return p.by("memoryGiB", "memoryGiB") }

// vcpuPerUnit are the vCPUs of a profile that one messaging unit of Service Bus stands for.
// Azure publishes no figures of a unit, advises to start with one or two, and takes another
// number at any time (Service Bus premium messaging).
const vcpuPerUnit = 4

// unitsOf returns a profile of a premium namespace of Service Bus, which is of messaging units.
func unitsOf(p *profile) *profile {
	q := p.by("vcpu", "vcpu")
	q.units, q.memoryGiB = int(math.Ceil(p.vcpu/vcpuPerUnit)), 0
	return q
}

// by returns a copy of a profile that goes by one figure, of those that it may need.
func (p *profile) by(needs, goes string) *profile {
	q := *p
	q.needs, q.goes = needs, goes
	q.vcpu, q.storageGiB, q.saidGiB, q.storageFrom = 0, 0, 0, p.from
	return &q
}

// passedOver says which figures of the settings a kind does not go by; "" for none.
func (p *profile) passedOver() string {
	rest := slices.DeleteFunc(slices.Clone(p.said), func(path string) bool { return p.goes == "" || strings.HasSuffix(path, "."+p.goes) })
	if len(rest) == 0 {
		return ""
	}
	return "it goes by " + p.goes + ", and not by " + strings.Join(rest, ", ")
}

// hasFigures reports whether a profile has the figures that sizes are picked by.
func (p *profile) hasFigures() bool {
	if p.needs == "" {
		return p.vcpu > 0 && p.memoryGiB > 0
	}
	return p.units > 0 || p.memoryGiB > 0
}
