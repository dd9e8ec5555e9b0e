package provider

import (
	"maps"
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// An Answer is what a provider writes about a managed resource in a round.
type Answer struct {
	ExternalName string
	At           map[string]any    // status.atProvider
	Details      map[string]string // of the connection secret
	Refusal      string            // why the cloud did not do it; "" where it did
}

// NewCloud returns a cloud with nothing in it, for tests without a control plane.
func NewCloud() *Cloud { return newCloud() }

// Round does to a managed resource what its provider does in one round, without a control
// plane. What a selector leads to is what the cloud has of that kind: it is of one claim.
func (c *Cloud) Round(o *unstructured.Unstructured) Answer {
	b, err := parameters(o)
	if err != nil {
		return Answer{Refusal: err.Error()}
	}
	if field := c.resolve(o, b); field != "" {
		return Answer{Refusal: "cannot resolve references: spec.forProvider." + field + ": no resources matched selector"}
	}
	k, kindName, name := kindOf(o.GroupVersionKind()), o.GetKind(), nameOf(o, b)
	made, err := c.create(kindName, name, k, b, o)
	if err != nil {
		return Answer{Refusal: err.Error()}
	}
	b = made.over(b, looksOnly(o))
	thing, refusal := c.update(kindName, name, k, b, initial(o), allows(o, "Update"))
	if k.told {
		b = thing.has
	}
	a := Answer{ExternalName: made.known, At: reported(o, b), Refusal: refusal}
	if !looksOnly(o) {
		c.show(kindName, name, a.At)
	}
	if k.status != nil {
		maps.Copy(a.At, k.status(b, thing))
	}
	if k.details != nil {
		a.Details = k.details(b, thing)
	}
	return a
}

// resolve fills in what selectors stand for, and returns a field for which there is nothing.
func (c *Cloud) resolve(o *unstructured.Unstructured, b body) (missing string) {
	for field, target := range targets {
		selector := strings.TrimSuffix(field, "s") + "Selector"
		if b[selector] == nil || target.many != (o.GetKind() == "ReplicationGroup") {
			continue
		}
		for key, thing := range c.Things() {
			name, is := strings.CutPrefix(key, target.kind+"/")
			if !is {
				continue
			}
			delete(b, selector)
			id := thing.ID
			if target.byID {
				gvk := plane.Kind(target.group+".upbound.io/v1beta1", target.kind)
				id, _ = kindOf(gvk).status(c.Has(target.kind, name), thing)["id"].(string)
			}
			if b[field] = any(id); target.many {
				b[field] = []any{id}
			}
		}
		if b[field] == nil {
			missing = field
		}
	}
	return missing
}
