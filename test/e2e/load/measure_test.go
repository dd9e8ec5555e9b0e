//go:build load

package load

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

// steps of our pipeline.
var steps = []string{"function-multicloud-db", "function-profile-sizer", "function-cost-tagger"}

const (
	namespace  = "payments-dev-infra"
	appliers   = 8 // as many claims are applied at once
	perClaim   = 4 * time.Second
	atLeast    = 5 * time.Minute
	controller = `controller="composite/xresources.platform.victor.onl"`
)

// A result of one pipeline under load.
type result struct {
	applied, composed, ready time.Duration // from the first claim to the last of all
	toComposed, toReady      []time.Duration
	resources                int
	calls                    map[string]float64 // by function, until all claims were ready
	handling                 map[string]float64 // seconds in it
	reconciles               float64
	usage                    map[string]plane.Usage // by process; CPU is what this pipeline took
}

// times of what happens to claims, by their names.
type times struct {
	mu              sync.Mutex
	began           map[string]time.Time
	composed, ready map[string]time.Time
	seen            map[types.UID]bool // composed resources: a watch that begins again shows them again
}

// measure applies claims, waits until all are ready, and deletes them.
func measure(t *testing.T, name string, n int, functions []string, composition map[string]any) result {
	t.Helper()
	w := &times{began: map[string]time.Time{}, composed: map[string]time.Time{}, ready: map[string]time.Time{}, seen: map[types.UID]bool{}}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	w.watch(ctx, name+"-")

	usage, calls, handling, reconciles := used(
		t, functions,
	), counted(t, functions, "grpc_server_handled_total"), counted(t, functions, "grpc_server_handling_seconds_sum"), reconciled(t)
	start := time.Now()
	apply(t, w, name, n, composition)
	r := result{applied: time.Since(start), calls: map[string]float64{}, handling: map[string]float64{}, usage: map[string]plane.Usage{}}
	if err := plane.Wait(t.Context(), atLeast+time.Duration(n)*perClaim, "all claims", func() error {
		w.mu.Lock()
		defer w.mu.Unlock()
		if len(w.ready) < n {
			return fmt.Errorf("%d of %d are ready", len(w.ready), n)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}

	for f, now := range counted(t, functions, "grpc_server_handled_total") {
		r.calls[f] = now - calls[f]
	}
	for f, now := range counted(t, functions, "grpc_server_handling_seconds_sum") {
		r.handling[f] = now - handling[f]
	}
	r.reconciles = reconciled(t) - reconciles
	for p, now := range used(t, functions) {
		now.CPU -= usage[p].CPU
		r.usage[p] = now
	}
	w.into(&r, start)
	remove(t, name, n)
	return r
}

// watch notes when the objects of claims appear, and when claims become ready.
func (w *times) watch(ctx context.Context, prefix string) {
	kinds := append([]schema.GroupVersionKind{plane.Kind("v1", "Secret")}, s.Provider.Kinds()...)
	for _, gvk := range kinds {
		if strings.Contains(gvk.Group, ".m.") {
			continue // of the other scope
		}
		go s.Client.Watch(ctx, gvk, func(e plane.Event) {
			claim := e.Object.GetLabels()["crossplane.io/claim-name"]
			if e.Type != "ADDED" || !strings.HasPrefix(claim, prefix) {
				return
			}
			w.mu.Lock()
			defer w.mu.Unlock()
			if !w.seen[e.Object.GetUID()] {
				w.seen[e.Object.GetUID()] = true
				w.composed[claim] = time.Now()
			}
		})
	}
	go s.Client.Watch(ctx, plane.Kind(suite.APIVersion, "Resource"), func(e plane.Event) {
		name := e.Object.GetName()
		if status, _ := plane.Condition(e.Object, "Ready"); status != "True" || !strings.HasPrefix(name, prefix) {
			return
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		if _, ok := w.ready[name]; !ok {
			w.ready[name] = time.Now()
		}
	})
}

// into puts what was noted into a result.
func (w *times) into(r *result, start time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r.resources = len(w.seen)
	for name, began := range w.began {
		if at, ok := w.composed[name]; ok {
			r.toComposed = append(r.toComposed, at.Sub(began))
			r.composed = max(r.composed, at.Sub(start))
		}
		r.toReady = append(r.toReady, w.ready[name].Sub(began))
		r.ready = max(r.ready, w.ready[name].Sub(start))
	}
	slices.Sort(r.toComposed)
	slices.Sort(r.toReady)
}

// apply applies claims, each a copy of one of the dev examples.
func apply(t *testing.T, w *times, name string, n int, composition map[string]any) {
	t.Helper()
	examples := slices.DeleteFunc(suite.Examples(t), func(c *unstructured.Unstructured) bool { return c.GetNamespace() != namespace })
	todo := make(chan *unstructured.Unstructured)
	var group sync.WaitGroup
	for range appliers {
		group.Go(func() {
			for c := range todo {
				w.mu.Lock()
				w.began[c.GetName()] = time.Now()
				w.mu.Unlock()
				if err := s.ApplyAll(t.Context(), c); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for i := range n {
		c := examples[i%len(examples)].DeepCopy()
		c.SetName(claimName(name, i))
		suite.Set(t, c, c.GetName(), "spec", "writeConnectionSecretToRef", "name")
		if composition != nil {
			suite.Set(t, c, composition, "spec", "compositionRef")
		}
		todo <- c
	}
	close(todo)
	group.Wait()
}

func claimName(name string, i int) string { return fmt.Sprintf("%s-%04d", name, i) }

// remove deletes the claims, and waits until nothing of them is left.
func remove(t *testing.T, name string, n int) {
	t.Helper()
	for i := range n {
		if err := s.Client.Delete(t.Context(), plane.Ref{GVK: plane.Kind(suite.APIVersion, "Resource"), Namespace: namespace, Name: claimName(name, i)}); err != nil {
			t.Error(err)
		}
	}
	if err := plane.Wait(t.Context(), atLeast+time.Duration(n)*perClaim, "the end of all claims", func() error {
		left, err := s.Client.List(t.Context(), plane.Kind(suite.APIVersion, "XResource"), "", "")
		if err == nil && len(left) > 0 {
			err = fmt.Errorf("%d are left", len(left))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
