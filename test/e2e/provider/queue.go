package provider

import (
	"time"

	"k8s.io/client-go/util/workqueue"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// A queue has each managed resource in one round at a time, as a controller's has. Two
// rounds of one resource side by side would make again what its deletion took away: the
// one that read the resource before it was deleted, after the one that deleted.
type queue struct {
	workqueue.TypedDelayingInterface[plane.Ref]
}

func newQueue() *queue {
	return &queue{workqueue.NewTypedDelayingQueue[plane.Ref]()}
}

// next waits for a resource and does a round for it, which says when to look again (0 is
// not before something changes). It reports whether the queue goes on.
func (q *queue) next(round func(plane.Ref) time.Duration) bool {
	r, ended := q.Get()
	if ended {
		return false
	}
	defer q.Done(r)
	if after := round(r); after > 0 {
		q.AddAfter(r, after)
	}
	return true
}
