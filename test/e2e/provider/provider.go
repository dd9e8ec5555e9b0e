// Package provider stands in for the providers of all clouds in tests: it does to
// a managed resource what the real ones do (finalizer, annotations, external name,
// references, late initialization, status, conditions, connection secret), and
// keeps a cloud of its own that a test can look into. It can fail and be slow.
package provider

import (
	"context"
	"fmt"
	"log"
	"os"
	"strings"
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

const (
	workers    = 4
	retryAfter = time.Second
)

// A Provider reconciles every managed resource of a control plane.
type Provider struct {
	Cloud *Cloud

	client *plane.Client
	kinds  []schema.GroupVersionKind
	log    *os.File
	said   *log.Logger
	done   sync.WaitGroup
	queue  chan plane.Ref

	mu     sync.Mutex
	queued map[plane.Ref]bool
	faults map[string]string // by kind and external name: the cloud's error
	delay  time.Duration     // from a resource's creation until it is ready
}

// Start reconciles with a new cloud until the context ends; Wait then waits for the end.
func Start(ctx context.Context, client *plane.Client, file string) (*Provider, error) {
	return StartWith(ctx, client, newCloud(), file)
}

// StartWith is Start with a cloud that outlived another control plane.
func StartWith(ctx context.Context, client *plane.Client, cloud *Cloud, file string) (*Provider, error) {
	cloud.orphanAll()
	kinds, err := managedKinds(ctx, client)
	if err != nil {
		return nil, err
	}
	f, err := os.Create(file)
	if err != nil {
		return nil, fmt.Errorf("cannot write a log: %w", err)
	}
	p := &Provider{
		Cloud: cloud, client: client, kinds: kinds, log: f, said: log.New(f, "", log.Ltime), queue: make(chan plane.Ref, 1<<16),
		queued: map[plane.Ref]bool{}, faults: map[string]string{},
	}
	for _, gvk := range kinds {
		p.done.Go(func() {
			client.Watch(ctx, gvk, func(e plane.Event) {
				if e.Type != "DELETED" {
					p.enqueue(plane.RefOf(e.Object))
				}
			})
		})
	}
	for range workers {
		p.done.Go(func() { p.work(ctx) })
	}
	return p, nil
}

// Wait waits until all that Start began has ended.
func (p *Provider) Wait() {
	p.done.Wait()
	_ = p.log.Close() //nolint:errcheck // A log.
}

// Kinds returns the kinds of managed resources that are served.
func (p *Provider) Kinds() []schema.GroupVersionKind { return p.kinds }

// Fail has the cloud refuse a resource with a message; an empty one ends that.
func (p *Provider) Fail(kind, externalName, message string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults[kind+"/"+externalName] = message
}

// Slow has new resources take a while until they are ready.
func (p *Provider) Slow(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.delay = d
}

// Look has a resource looked at, as providers do from time to time.
func (p *Provider) Look(r plane.Ref) { p.enqueue(r) }

// managedKinds finds the kinds of managed resources of all providers.
func managedKinds(ctx context.Context, client *plane.Client) ([]schema.GroupVersionKind, error) {
	crds, err := client.List(ctx, plane.Kind("apiextensions.k8s.io/v1", "CustomResourceDefinition"), "", "")
	if err != nil {
		return nil, fmt.Errorf("cannot list the providers' kinds: %w", err)
	}
	var kinds []schema.GroupVersionKind
	for _, crd := range crds {
		group, _, _ := unstructured.NestedString(crd.Object, "spec", "group")        //nolint:errcheck // "" is no provider's.
		kind, _, _ := unstructured.NestedString(crd.Object, "spec", "names", "kind") //nolint:errcheck // Required in a CRD.
		versions, _, _ := unstructured.NestedSlice(crd.Object, "spec", "versions")   //nolint:errcheck // Required in a CRD.
		if !strings.HasSuffix(group, ".upbound.io") || strings.HasSuffix(kind, "ProviderConfig") || len(versions) == 0 {
			continue
		}
		version, _ := versions[0].(map[string]any)["name"].(string)
		kinds = append(kinds, schema.GroupVersionKind{Group: group, Version: version, Kind: kind})
	}
	if len(kinds) == 0 {
		return nil, fmt.Errorf("no provider serves a kind, of %d", len(crds))
	}
	return kinds, nil
}

func (p *Provider) enqueue(r plane.Ref) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.queued[r] {
		p.queued[r] = true
		p.queue <- r
	}
}

func (p *Provider) work(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case r := <-p.queue:
			p.mu.Lock()
			delete(p.queued, r)
			p.mu.Unlock()
			after, err := p.reconcile(ctx, r)
			if err != nil && ctx.Err() == nil && !plane.IsConflict(err) {
				p.said.Printf("%s: %v", r, err)
			}
			if err != nil {
				after = retryAfter
			}
			if after > 0 {
				time.AfterFunc(after, func() { p.enqueue(r) })
			}
		}
	}
}
