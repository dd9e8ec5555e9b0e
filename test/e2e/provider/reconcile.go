package provider

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

const (
	finalizer       = "finalizer.managedresource.crossplane.io"
	externalName    = "crossplane.io/external-name"
	createSucceeded = "crossplane.io/external-create-succeeded"
	createPending   = "crossplane.io/external-create-pending"
)

// reconcile does one round for a managed resource, and says when to look again.
func (p *Provider) reconcile(ctx context.Context, r plane.Ref) (time.Duration, error) {
	o, err := p.client.Get(ctx, r)
	if plane.IsNotFound(err) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if o.GetDeletionTimestamp() != nil {
		return p.remove(ctx, o)
	}
	if changed, err := p.resolve(ctx, o); err != nil {
		return retryAfter, p.condition(ctx, o, "Synced", "False", "ReconcileError", "cannot resolve references: "+err.Error())
	} else if changed {
		_, err := p.client.Update(ctx, o) // the change leads to another round
		return 0, err
	}
	if tag(o) {
		_, err := p.client.Update(ctx, o)
		return 0, err
	}
	b, err := parameters(o)
	if err != nil {
		return 0, err
	}
	given, err := p.passwords(ctx, o, b)
	if err != nil {
		return retryAfter, p.condition(ctx, o, "Synced", "False", "ReconcileError", "connect failed: "+err.Error())
	}
	k, name := kindOf(r.GVK), nameOf(o, b)
	if message := p.fault(r.GVK.Kind, name); message != "" {
		return retryAfter, p.condition(ctx, o, "Synced", "False", "ReconcileError", message)
	}

	made, err := p.Cloud.create(r.GVK.Kind, name, k, b, o)
	if err != nil {
		return retryAfter, p.condition(ctx, o, "Synced", "False", "ReconcileError", err.Error())
	}
	b = made.over(b, looksOnly(o))
	if annotate(o, made) {
		_, err := p.client.Update(ctx, o)
		return 0, err
	}
	if lateInitialize(o, k, b) {
		_, err := p.client.Update(ctx, o)
		return 0, err
	}
	thing, refusal := p.Cloud.update(r.GVK.Kind, name, k, b, initial(o), allows(o, "Update"))
	if k.zonal {
		thing = p.Cloud.settle(r.GVK.Kind, name, b["highAvailability"] != nil)
		if fillZone(o, thing.at) {
			_, err := p.client.Update(ctx, o)
			return 0, err
		}
		if allows(o, "Update") {
			refusal = p.Cloud.move(r.GVK.Kind, name, k, askedPlace(o, k, thing.at))
			thing.at.zone, thing.at.standby = p.Cloud.Zones(r.GVK.Kind, name)
		}
	}
	if k.refuses != nil && allows(o, "Update") {
		refusal = k.refuses(b)
	}
	sent, err := p.tell(o, &thing, name, b, given)
	kindName := r.GVK.Kind + "/" + name
	if err != nil || sent && p.dies(kindName, Sent) {
		return retryAfter, err
	}
	after, err := p.report(ctx, o, k, b, thing, refusal)
	if err == nil && sent && refusal == "" {
		p.dies(kindName, Reported)
	}
	return after, err
}

// report writes the status and the connection secret, and why an update was refused,
// if one was; not before the delay is over does the resource become ready.
func (p *Provider) report(ctx context.Context, o *unstructured.Unstructured, k kind, b body, t Thing, refusal string) (time.Duration, error) {
	p.mu.Lock()
	left := p.delay - time.Since(o.GetCreationTimestamp().Time)
	p.mu.Unlock()
	if left > 0 {
		if err := p.condition(ctx, o, "Synced", "True", "ReconcileSuccess", ""); err != nil {
			return 0, err
		}
		return left, p.condition(ctx, o, "Ready", "False", "Creating", "")
	}
	if k.details != nil {
		if err := p.publish(ctx, o, k.details(b, t)); err != nil {
			return 0, err
		}
	}
	if k.told {
		b = t.has
	}
	at := map[string]any(reported(o, b))
	if !looksOnly(o) {
		kindName := o.GetKind()
		p.Cloud.show(kindName, nameOf(o, b), at)
	}
	if k.status != nil {
		maps.Copy(at, k.status(b, t))
	}
	if k.zonal {
		maps.Copy(at, zones(b, t))
	}
	if delete(at, "passwordWoVersion"); t.version > 0 {
		at["passwordWoVersion"] = t.version
	}
	want := o.DeepCopy()
	if err := unstructured.SetNestedMap(want.Object, at, "status", "atProvider"); err != nil {
		return 0, fmt.Errorf("cannot set the status: %w", err)
	}
	setCondition(want, "Synced", "True", "ReconcileSuccess", "")
	setCondition(want, "Ready", "True", "Available", "")
	setCondition(want, "LastAsyncOperation", "True", "Success", "")
	if refusal != "" {
		setCondition(want, "Synced", "False", "ReconcileError", refusal)
		return retryAfter, p.updateStatus(ctx, o, want)
	}
	return 0, p.updateStatus(ctx, o, want)
}

// updateStatus writes a status that differs. Where it differs only in what the
// schema drops, the API server writes nothing.
func (p *Provider) updateStatus(ctx context.Context, have, want *unstructured.Unstructured) error {
	if reflect.DeepEqual(have.Object["status"], want.Object["status"]) {
		return nil
	}
	_, err := p.client.UpdateStatus(ctx, want)
	return err
}

func (p *Provider) fault(kind, name string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.faults[kind+"/"+name]
}

// parameters returns forProvider over initProvider.
func parameters(o *unstructured.Unstructured) (body, error) {
	b := body{}
	for _, part := range []string{"initProvider", "forProvider"} {
		m, _, err := unstructured.NestedMap(o.Object, "spec", part)
		if err != nil {
			return nil, fmt.Errorf("cannot read spec.%s: %w", part, err)
		}
		maps.Copy(b, m)
	}
	return b, nil
}

// initial are the parameters that stand in initProvider and not in forProvider: a provider sends
// them with a creation, and leaves them alone from then on (filterInitExclusiveDiffs of
// pkg/controller in upjet). Of objects and lists that stand in both, forProvider is asked for.
func initial(o *unstructured.Unstructured) []string {
	spec, _, err := unstructured.NestedMap(o.Object, "spec")
	if err != nil {
		return nil
	}
	init, _ := spec["initProvider"].(map[string]any)
	forProvider, _ := spec["forProvider"].(map[string]any)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(init)), func(field string) bool { return forProvider[field] != nil })
}

// nameOf a thing in the cloud. Where the cloud gives the name, it is known by its
// managed resource.
func nameOf(o *unstructured.Unstructured, b body) string {
	name := o.GetAnnotations()[externalName]
	k := kindOf(o.GroupVersionKind())
	if name == "" || k.id != nil {
		name = o.GetName()
	}
	return k.name(b, name)
}

// annotate writes what a provider writes of a thing: its external name, and that it
// was made, if it was. It says whether something changed.
func annotate(o *unstructured.Unstructured, t Thing) bool {
	a := maps.Clone(o.GetAnnotations())
	if a == nil {
		a = map[string]string{}
	}
	a[externalName] = t.known
	if t.maker == o.GetUID() { // also anew, of what was lost at the cloud and made again
		a[createPending], a[createSucceeded] = t.made, t.made
	}
	ended := slices.Contains(o.GetFinalizers(), finalizer)
	if maps.Equal(a, o.GetAnnotations()) && ended {
		return false
	}
	o.SetAnnotations(a)
	if !ended {
		o.SetFinalizers(append(o.GetFinalizers(), finalizer))
	}
	return true
}

// allows says whether the management policies have an action.
func allows(o *unstructured.Unstructured, action string) bool {
	policies, found, err := unstructured.NestedStringSlice(o.Object, "spec", "managementPolicies")
	return err == nil && (!found || slices.Contains(policies, "*") || slices.Contains(policies, action))
}

// looksOnly says whether the management policies let nothing be made or changed.
func looksOnly(o *unstructured.Unstructured) bool {
	return !allows(o, "Create") && !allows(o, "Update")
}

// lateInitialize fills in what the cloud chose, where the policies allow it. It
// says whether something changed.
func lateInitialize(o *unstructured.Unstructured, k kind, b body) bool {
	if k.late == nil || !allows(o, "LateInitialize") {
		return false
	}
	params, _, err := unstructured.NestedMap(o.Object, "spec", "forProvider")
	if err != nil {
		return false
	}
	changed := false
	for key, v := range k.late(b) {
		if params[key] == nil { // nothing is added to what is there
			params[key], changed = v, true
		}
	}
	return changed && unstructured.SetNestedMap(o.Object, params, "spec", "forProvider") == nil
}
