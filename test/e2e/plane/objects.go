package plane

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

// manager is the field manager of what the tests apply.
const manager = "e2e"

// Apply applies an object as kubectl apply --server-side does.
func (c *Client) Apply(ctx context.Context, o *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	p, err := c.path(ctx, RefOf(o))
	if err != nil {
		return nil, err
	}
	return c.object(ctx, http.MethodPatch, p+"?force=true&fieldManager="+manager, "application/apply-patch+yaml", o)
}

// Update replaces an object.
func (c *Client) Update(ctx context.Context, o *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	p, err := c.path(ctx, RefOf(o))
	if err != nil {
		return nil, err
	}
	return c.object(ctx, http.MethodPut, p, "application/json", o)
}

// UpdateStatus replaces an object's status.
func (c *Client) UpdateStatus(ctx context.Context, o *unstructured.Unstructured) (*unstructured.Unstructured, error) {
	p, err := c.path(ctx, RefOf(o), "status")
	if err != nil {
		return nil, err
	}
	return c.object(ctx, http.MethodPut, p, "application/json", o)
}

// Patch merges into an object; with a subresource, into that.
func (c *Client) Patch(ctx context.Context, r Ref, patch map[string]any, sub ...string) (*unstructured.Unstructured, error) {
	p, err := c.path(ctx, r, sub...)
	if err != nil {
		return nil, err
	}
	return c.object(ctx, http.MethodPatch, p, "application/merge-patch+json", patch)
}

// Get returns an object.
func (c *Client) Get(ctx context.Context, r Ref) (*unstructured.Unstructured, error) {
	p, err := c.path(ctx, r)
	if err != nil {
		return nil, err
	}
	return c.object(ctx, http.MethodGet, p, "", nil)
}

// Delete deletes an object, in the background.
func (c *Client) Delete(ctx context.Context, r Ref) error {
	p, err := c.path(ctx, r)
	if err != nil {
		return err
	}
	rc, err := c.do(ctx, http.MethodDelete, p+"?propagationPolicy=Background", "", nil)
	if err != nil {
		return err
	}
	return rc.Close()
}

// List returns all objects of a kind in a namespace, or in all, that have labels
// in the form a=b,c=d.
func (c *Client) List(ctx context.Context, gvk schema.GroupVersionKind, namespace, labels string) ([]*unstructured.Unstructured, error) {
	items, _, err := c.list(ctx, gvk, namespace, labels)
	return items, err
}

func (c *Client) list(ctx context.Context, gvk schema.GroupVersionKind, namespace, labels string) ([]*unstructured.Unstructured, string, error) {
	p, err := c.path(ctx, Ref{GVK: gvk, Namespace: namespace})
	if err != nil {
		return nil, "", err
	}
	rc, err := c.do(ctx, http.MethodGet, p+"?labelSelector="+url.QueryEscape(labels), "", nil)
	if err != nil {
		return nil, "", err
	}
	defer rc.Close() //nolint:errcheck // Read to its end.
	b, err := io.ReadAll(rc)
	if err != nil {
		return nil, "", fmt.Errorf("cannot read a list of %s: %w", gvk.Kind, err)
	}
	l := &unstructured.UnstructuredList{}
	if err := l.UnmarshalJSON(b); err != nil {
		return nil, "", fmt.Errorf("cannot read a list of %s: %w", gvk.Kind, err)
	}
	items := make([]*unstructured.Unstructured, 0, len(l.Items))
	for i := range l.Items {
		o := &l.Items[i]
		o.SetGroupVersionKind(gvk) // items of core kinds come without
		items = append(items, o)
	}
	return items, l.GetResourceVersion(), nil
}

// An Event is a change of an object.
type Event struct {
	Type   string // ADDED, MODIFIED or DELETED
	Object *unstructured.Unstructured
}

// errGone says that a watch has to begin again.
var errGone = errors.New("the watch ended")

// Watch calls back for every object of a kind and every change of one, until the
// context ends. It survives restarts of the API server.
func (c *Client) Watch(ctx context.Context, gvk schema.GroupVersionKind, f func(Event)) {
	for ctx.Err() == nil {
		items, version, err := c.list(ctx, gvk, "", "")
		if err != nil {
			pause(ctx)
			continue
		}
		for _, o := range items {
			f(Event{Type: "ADDED", Object: o})
		}
		for ctx.Err() == nil {
			if version, err = c.watch(ctx, gvk, version, f); err != nil {
				pause(ctx)
				break
			}
		}
	}
}

func (c *Client) watch(ctx context.Context, gvk schema.GroupVersionKind, version string, f func(Event)) (string, error) {
	p, err := c.path(ctx, Ref{GVK: gvk})
	if err != nil {
		return "", err
	}
	rc, err := c.do(ctx, http.MethodGet, p+"?watch=1&allowWatchBookmarks=true&resourceVersion="+version, "", nil)
	if err != nil {
		return "", err
	}
	defer rc.Close() //nolint:errcheck // It ended.
	d := json.NewDecoder(rc)
	for {
		e := struct {
			Type   string          `json:"type"`
			Object json.RawMessage `json:"object"`
		}{}
		if err := d.Decode(&e); errors.Is(err, io.EOF) {
			return version, nil
		} else if err != nil {
			return "", fmt.Errorf("cannot watch %s: %w", gvk.Kind, err)
		}
		if e.Type == "ERROR" {
			return "", errGone
		}
		o := &unstructured.Unstructured{}
		if err := o.UnmarshalJSON(e.Object); err != nil {
			return "", fmt.Errorf("cannot watch %s: %w", gvk.Kind, err)
		}
		version = o.GetResourceVersion()
		if e.Type != "BOOKMARK" {
			f(Event{Type: e.Type, Object: o})
		}
	}
}
