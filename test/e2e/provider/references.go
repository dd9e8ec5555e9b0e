package provider

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// targets are the kinds that references lead to, by the field that they fill, in
// the group of the same cloud. A field with many has a slice; one by id takes the
// id that the cloud gave in place of the external name.
var targets = map[string]struct {
	group, kind string
	many, byID  bool
}{
	"securityGroupId":     {group: "ec2.aws", kind: "SecurityGroup"},
	"vpcSecurityGroupIds": {group: "ec2.aws", kind: "SecurityGroup", many: true},
	"securityGroupIds":    {group: "ec2.aws", kind: "SecurityGroup", many: true},
	"serverId":            {group: "dbforpostgresql.azure", kind: "FlexibleServer", byID: true},
	"namespaceId":         {group: "servicebus.azure", kind: "ServiceBusNamespace", byID: true},
	"queueId":             {group: "servicebus.azure", kind: "Queue", byID: true},
}

// resolve fills in the fields that selectors stand for, as the provider does: the
// referenced resource must have been created. It says whether something changed.
func (p *Provider) resolve(ctx context.Context, o *unstructured.Unstructured) (bool, error) {
	params, _, err := unstructured.NestedMap(o.Object, "spec", "forProvider")
	if err != nil {
		return false, fmt.Errorf("cannot read the parameters: %w", err)
	}
	changed := false
	for key, v := range params {
		field, isSelector := strings.CutSuffix(key, "Selector")
		if !isSelector {
			continue
		}
		target, known := targets[field]
		selector, _ := v.(map[string]any)
		if field == "vpcSecurityGroupId" || field == "securityGroupId" && o.GetKind() == "ReplicationGroup" {
			field += "s"
			target, known = targets[field], true
		}
		if !known || selector["matchControllerRef"] != true {
			return false, fmt.Errorf("the stand-in knows no selector %s; add it to its table", key)
		}
		if params[field] != nil {
			continue
		}
		names, refs, err := p.controlled(ctx, o, target.group, target.kind, target.byID)
		if err != nil {
			return false, err
		}
		if len(names) == 0 {
			return false, fmt.Errorf("spec.forProvider.%s: no resources matched selector", field)
		}
		changed = true
		if target.many {
			params[field], params[strings.TrimSuffix(field, "s")+"Refs"] = names, refs
		} else {
			params[field], params[field+"Ref"] = names[0], refs[0]
		}
	}
	if !changed {
		return false, nil
	}
	return true, unstructured.SetNestedMap(o.Object, params, "spec", "forProvider")
}

// controlled returns the external names, or the ids, of the resources of a kind
// that have the same controller, and the references to them that a provider writes
// beside those.
func (p *Provider) controlled(ctx context.Context, o *unstructured.Unstructured, group, kind string, byID bool) (names, refs []any, err error) {
	group += ".upbound.io"
	if o.GetNamespace() != "" {
		group = strings.TrimSuffix(group, "upbound.io") + "m.upbound.io"
	}
	i := slices.IndexFunc(p.kinds, func(k schema.GroupVersionKind) bool { return k.Group == group && k.Kind == kind })
	if i < 0 {
		return nil, nil, fmt.Errorf("no provider serves %s of %s", kind, group)
	}
	all, err := p.client.List(ctx, p.kinds[i], o.GetNamespace(), "")
	if err != nil {
		return nil, nil, err
	}
	for _, other := range all {
		name := other.GetAnnotations()[externalName]
		if byID {
			if name, _, err = unstructured.NestedString(other.Object, "status", "atProvider", "id"); err != nil {
				return nil, nil, fmt.Errorf("cannot read the id of %s: %w", plane.RefOf(other), err)
			}
		}
		if name != "" && owner(other) == owner(o) {
			ref := map[string]any{"name": other.GetName()}
			if o.GetNamespace() != "" {
				ref["namespace"] = other.GetNamespace()
			}
			names, refs = append(names, name), append(refs, ref)
		}
	}
	return names, refs, nil
}

func owner(o *unstructured.Unstructured) string {
	for _, r := range o.GetOwnerReferences() {
		if r.Controller != nil && *r.Controller {
			return string(r.UID)
		}
	}
	return string(o.GetUID())
}
