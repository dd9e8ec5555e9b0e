package profilesizer

import (
	"math"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The services whose servers are a cache and a queue, by the variable of their modules.
const (
	serviceRedis    = "databases-for-redis"
	serviceRabbitMQ = "messages-for-rabbitmq"
)

// ibmPersistence is the variable of the cache's module by which what is in it is written to the
// disk. Where it is left out IBM Cloud does so, or nobody knows.
var ibmPersistence = fieldAt("varmap", "persistence")

var (
	cacheIBM = serverIBM(offerCacheIBM)
	queueIBM = serverIBM(offerQueueIBM)
)

// serverIBM is where the size of a server stands whose CPUs follow from its memory. Both
// services have several members at all times: two of Redis, three of RabbitMQ, one endpoint
// (IBM Cloud Databases, pricing and high availability).
func serverIBM(o *offer) *layout {
	return &layout{
		offer: always(o), class: reported(ibmFlavor, ibmFlavorThere), disk: reported(ibmDisk, ibmDiskThere), unit: mebibytes,
		beside: []field{reported(ibmMemory, ibmMemoryThere)}, silent: true,
		ha: available{isAsked: func(*structpb.Struct) bool { return true }},
	}
}

func isCacheIBM(desired *structpb.Struct) bool { return ibmService.textAsked(desired) == serviceRedis }

func isQueueIBM(desired *structpb.Struct) bool {
	return ibmService.textAsked(desired) == serviceRabbitMQ
}

// sizeCacheIBM sizes the Workspace of a cache, each member alike. Its disk holds what is in
// memory, since the snapshots cannot be turned off, and the log of changes beside it where
// persistence is on (IBM Cloud Databases for Redis, configuring-persistence; that the log needs
// as much again is from memory).
func sizeCacheIBM(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	return sizeServerIBM(cacheIBM, desired, observed, p, func(s *sku) float64 {
		if on, said := ibmPersistence.truthAsked(desired); said && !on {
			return s.MemoryGiB
		}
		return 2 * s.MemoryGiB
	})
}

// brokerRoom is the disk of a queue's server, as a part of its memory.
const brokerRoom = 1.25

// sizeQueueIBM sizes the Workspace of a queue's server, each member alike.
func sizeQueueIBM(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	return sizeServerIBM(queueIBM, desired, observed, p, func(s *sku) float64 {
		memory := p.memoryGiB
		if memory == 0 {
			memory = s.MemoryGiB // of a profile that only names a size
		}
		return max(brokerRoom*memory, float64(p.brokerGiB))
	})
}

// sizeServerIBM sizes a server whose disk follows from its size.
func sizeServerIBM(l *layout, desired, observed *structpb.Struct, p *profile, room func(*sku) float64) (*sized, error) {
	o, n := l.offer(desired), need{ha: true}
	chosen, err := o.choose(p, n)
	if err != nil {
		return nil, err
	}
	q := *p
	q.storageGiB = max(int(math.Ceil(room(chosen))), o.Disk.MinGiB)
	s, err := plan(o, &q, n, gibOf(float64(l.disk.there(observed))), (*offer).choose)
	if err != nil {
		return nil, err
	}
	s.mention(o, p)
	s.write(desired, s.sku.value, ibmFlavor.forProvider)
	object.Remove(desired, ibmMemory.forProvider...)
	if s.sku.family.Shared {
		s.write(desired, object.Count(int(s.sku.MemoryGiB*mebibytes)), ibmMemory.forProvider)
	}
	s.putDisk(desired, s.storageGiB*mebibytes, ibmDisk, false)
	return s, nil
}
