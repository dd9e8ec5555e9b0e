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
	queue  *queue

	mu     sync.Mutex
	faults map[string]string // by kind and external name: the cloud's error
	delay  time.Duration     // from a resource's creation until it is ready
	watch  func(kindName, moment string) (dies bool)
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
		Cloud: cloud, client: client, kinds: kinds, log: f, said: log.New(f, "", log.Ltime), queue: newQueue(),
		faults: map[string]string{},
	}
	for _, gvk := range kinds {
		p.done.Go(func() {
			client.Watch(ctx, gvk, func(e plane.Event) {
				if e.Type != "DELETED" {
					p.queue.Add(plane.RefOf(e.Object))
				}
			})
		})
	}
	context.AfterFunc(ctx, p.queue.ShutDown)
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
func (p *Provider) Look(r plane.Ref) { p.queue.Add(r) }

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

// work does rounds until the queue ends.
func (p *Provider) work(ctx context.Context) {
	for p.queue.next(func(r plane.Ref) time.Duration {
		after, err := p.reconcile(ctx, r)
		if err != nil && ctx.Err() == nil && !plane.IsConflict(err) {
			p.said.Printf("%s: %v", r, err)
		}
		if err != nil {
			return retryAfter
		}
		return after
	}) {
		continue
	}
}
