package profilesizer

import (
	"fmt"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const caches = `
## Caches

For a cache a profile is an amount of memory, which is what runs short there. A part of it the
cloud keeps for itself, for copies and failovers: what is left for data is said as usable, here
and in ` + "`status.size`" + `. The cloud's own size, with its vCPUs, its memory and its usable memory in
GiB; Google publishes no vCPUs, and Azure counts in GB.

`

const cacheRemarks = `
- The memory changes in both directions. Connections drop meanwhile, and a size that is too
  small for what is in the cache is refused by the cloud, which the claim then says.
- On Azure a cache without high availability loses all data with each change of its size. One
  that outlives its claim keeps its size instead, and the condition ` + "`Sized`" + ` says so.
- On IBM these are the figures of one of two members. The disk has a member's memory, or twice
  that where the cache is persistent, and at least 5 GiB; it only grows. Persistence that is
  turned on waits until the disk has grown.
- A node of ElastiCache keeps a quarter of its memory by itself; AWS advises to leave 30 % of a
  small and half of a micro node free, so that nano there is for little more than a try.
`

// newOf returns a new cache or queue of an offer.
func newOf(key string) string {
	switch key {
	case offerCacheGCP.key:
		return cacheOnGCP("")
	case offerCacheAWS.key:
		return cacheOnAWS("")
	case offerCacheAzure.key:
		return cacheOnAzure("")
	case offerCacheIBM.key:
		return serverOnIBM(serviceRedis, "")
	case offerQueueAzure.key:
		return queueOnAzure("sku: Premium")
	case offerNodeGCP.key:
		return nodesOnGCP("")
	case offerNodeIBM.key:
		return nodesOnIBM("")
	case offerNodeAWS.key:
		return nodesOnAWS("")
	case offerNodeAzure.key:
		return nodesOnAzure("")
	default:
		return serverOnIBM(serviceRabbitMQ, "")
	}
}

func writeCaches(t *testing.T, b *strings.Builder) {
	t.Helper()
	b.WriteString(caches)
	keys, head := keysOf(forCaches), []string{"profile", "memory"}
	for _, key := range keys {
		head = append(head, catalog[key].Title)
	}
	table(b, head, func(p profile) []string {
		cells := []string{p.name, fmt.Sprintf("%g GiB", p.cacheGiB)}
		for _, key := range keys {
			size := sizeOf(t, p, newOf(key))
			memory, _ := object.Number(size, "memoryGiB")
			usable, _ := object.Number(size, "usableMemoryGiB")
			figures := fmt.Sprintf("%g / %g", memory, usable)
			if vcpu, _ := object.Number(size, "vcpu"); vcpu > 0 {
				figures = fmt.Sprintf("%g / %s", vcpu, figures)
			}
			if memory < p.cacheGiB {
				t.Errorf("%s on %s has %g GiB, and means %g", p.name, key, memory, p.cacheGiB)
			}
			cells = append(cells, "`"+object.String(size, "instance")+"` "+figures)
		}
		return cells
	})
	b.WriteString(cacheRemarks)
}

const queues = `
## Queues

Pub/Sub, SQS and a Standard namespace of Service Bus have no size to choose: a profile is
accepted there, and means nothing. A queue without a profile gets the smallest size where there
is one.

`

const queueRemarks = `
A Premium namespace has a messaging unit for every 4 vCPUs of the profile, and their number
changes in both directions. On IBM the profile's memory counts, and these are the figures of one
of three members: vCPUs, memory and disk in GiB. The memory changes in both directions, the disk
only grows. Publishing is throttled when 40 % of the memory is in use.
`

func writeQueues(t *testing.T, b *strings.Builder) {
	t.Helper()
	b.WriteString(queues)
	table(b, []string{"profile", offerQueueAzure.Title, offerQueueIBM.Title}, func(p profile) []string {
		size := sizeOf(t, p, newOf(offerQueueIBM.key))
		vcpu, _ := object.Number(size, "vcpu")
		memory, _ := object.Number(size, "memoryGiB")
		disk, _ := object.Number(size, "storageGiB")
		units := object.String(sizeOf(t, p, newOf(offerQueueAzure.key)), "instance")
		return []string{p.name, "`" + units + "`", fmt.Sprintf("`%s` %g / %g / %g", object.String(size, "instance"), vcpu, memory, disk)}
	})
	b.WriteString(queueRemarks)
}

const clusters = `
## Nodes of clusters

For a cluster a profile is one node: vCPU and memory of a machine, of which the system's own pods and
the kubelet take a part. How many there are the claim says. The cloud's own size, with its vCPUs and
its memory in GiB.

`

const clusterRemarks = `
The smallest machine that holds the system's pods has two shared vCPUs, of which each sustains a half on
Google Cloud and a fifth on AWS, and counts as one, so that nano comes to that; so does the smallest on IBM Cloud,
whose two are its own. AKS runs the system's pods on machines of 4 vCPUs at least, so that the small profiles come
to those, and ` + "`Sized`" + ` says so. All are x86. Another
size makes each node anew: on Google Cloud and AWS one after the other, on Azure all of them by a pool that stands in
meanwhile, which a locked cluster refuses: [what to do then](clusters.md#what-an-edit-does). On IBM Cloud nodes keep
theirs, and another profile is refused.
`

func writeNodes(t *testing.T, b *strings.Builder) {
	t.Helper()
	b.WriteString(clusters)
	keys, head := keysOf(forClusters), []string{"profile"}
	for _, key := range keys {
		head = append(head, catalog[key].Title)
	}
	table(b, head, func(p profile) []string {
		cells := []string{p.name}
		for _, key := range keys {
			size := sizeOf(t, p, newOf(key))
			vcpu, _ := object.Number(size, "vcpu")
			memory, _ := object.Number(size, "memoryGiB")
			if vcpu < p.vcpu || memory < p.memoryGiB {
				t.Errorf("%s on %s has %g vCPU and %g GiB, and means %g and %g", p.name, key, vcpu, memory, p.vcpu, p.memoryGiB)
			}
			cells = append(cells, fmt.Sprintf("`%s` %g / %g", object.String(size, "instance"), vcpu, memory))
		}
		return cells
	})
	b.WriteString(clusterRemarks)
}
