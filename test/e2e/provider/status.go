package provider

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// setCondition changes a condition; the time only when its status changes.
func setCondition(o *unstructured.Unstructured, kind, status, reason, message string) {
	conditions, _, err := unstructured.NestedSlice(o.Object, "status", "conditions")
	if err != nil {
		conditions = nil
	}
	c := map[string]any{"type": kind, "status": status, "reason": reason, "lastTransitionTime": time.Now().UTC().Format(time.RFC3339)}
	if message != "" {
		c["message"] = message
	}
	i := slices.IndexFunc(conditions, func(v any) bool { m, ok := v.(map[string]any); return ok && m["type"] == kind })
	if i < 0 {
		conditions = append(conditions, c)
	} else {
		if old, ok := conditions[i].(map[string]any); ok && old["status"] == status && old["reason"] == reason {
			c["lastTransitionTime"] = old["lastTransitionTime"]
		}
		conditions[i] = c
	}
	if err := unstructured.SetNestedSlice(o.Object, conditions, "status", "conditions"); err != nil {
		panic(err) // conditions are JSON
	}
}

// condition writes one condition.
func (p *Provider) condition(ctx context.Context, o *unstructured.Unstructured, kind, status, reason, message string) error {
	want := o.DeepCopy()
	setCondition(want, kind, status, reason, message)
	if err := p.updateStatus(ctx, o, want); err != nil {
		return err
	}
	// What follows in the same round builds on it.
	fresh, err := p.client.Get(ctx, plane.RefOf(o))
	if err != nil {
		return err
	}
	o.Object = fresh.Object
	return nil
}

// publish writes the connection secret, owned by the managed resource.
func (p *Provider) publish(ctx context.Context, o *unstructured.Unstructured, details map[string]string) error {
	ref, found, err := unstructured.NestedStringMap(o.Object, "spec", "writeConnectionSecretToRef")
	if err != nil || !found {
		return err
	}
	namespace := ref["namespace"]
	if namespace == "" {
		namespace = o.GetNamespace()
	}
	data := map[string]any{}
	for k, v := range details {
		data[k] = base64.StdEncoding.EncodeToString([]byte(v))
	}
	s := &unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "v1", "kind": "Secret", "type": "connection.crossplane.io/v1alpha1", "data": data,
		"metadata": map[string]any{"name": ref["name"], "namespace": namespace, "ownerReferences": []any{map[string]any{
			"apiVersion": o.GetAPIVersion(), "kind": o.GetKind(), "name": o.GetName(), "uid": string(o.GetUID()), "controller": true, "blockOwnerDeletion": true,
		}}},
	}}
	if _, err := p.client.Apply(ctx, s); err != nil {
		return fmt.Errorf("cannot publish the connection details: %w", err)
	}
	return nil
}

// remove deletes the thing in the cloud, or leaves it there as the policy says,
// and lets the managed resource go.
func (p *Provider) remove(ctx context.Context, o *unstructured.Unstructured) (time.Duration, error) {
	if !slices.Contains(o.GetFinalizers(), finalizer) {
		return 0, nil
	}
	b, err := parameters(o)
	if err != nil {
		return 0, err
	}
	k, gvk, name := kindOf(o.GroupVersionKind()), o.GroupVersionKind(), nameOf(o, b)
	switch {
	case !p.Cloud.owns(gvk.Kind, name, o.GetUID()):
	case orphan(o):
		p.Cloud.orphan(gvk.Kind, name)
	case k.protected != nil && k.protected(b):
		return retryAfter, p.condition(ctx, o, "Synced", "False", "ReconcileError", "delete failed: deletion protection is on")
	default:
		if why := p.Cloud.delete(gvk.Kind, name, k, b); why != "" {
			return retryAfter, p.condition(ctx, o, "Synced", "False", "ReconcileError", why)
		}
	}
	o.SetFinalizers(slices.DeleteFunc(o.GetFinalizers(), func(f string) bool { return f == finalizer }))
	_, err = p.client.Update(ctx, o)
	return 0, err
}

// orphan says whether the thing outlives its managed resource: policies go before a
// deletionPolicy.
func orphan(o *unstructured.Unstructured) bool {
	policy, _, err := unstructured.NestedString(o.Object, "spec", "deletionPolicy")
	return err != nil || !allows(o, "Delete") || policy == "Orphan" && allows(o, "*")
}
