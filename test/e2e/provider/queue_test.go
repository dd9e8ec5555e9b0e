package provider

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

func TestQueue(t *testing.T) {
	const resources, rounds = 3, 50
	q := newQueue()
	var at [resources]atomic.Int32
	var all atomic.Int32
	var done sync.WaitGroup
	for range workers {
		done.Go(func() {
			for q.next(func(r plane.Ref) time.Duration {
				i := int(r.Name[0] - 'a')
				if at[i].Add(1) != 1 {
					t.Errorf("A worker is in a round of %s while another is.", r.Name)
				}
				q.Add(r) // as an event does that comes in the midst of a round
				time.Sleep(time.Millisecond)
				at[i].Add(-1)
				if all.Add(1) >= rounds {
					q.ShutDown()
				}
				return time.Microsecond
			}) {
				continue
			}
		})
	}
	for i := range resources {
		q.Add(plane.Ref{Name: string(rune('a' + i))})
	}
	done.Wait()
	if got := all.Load(); got < rounds {
		t.Errorf("%d rounds were done of %d: an event in the midst of a round is lost.", got, rounds)
	}
}
