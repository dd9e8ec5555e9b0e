package main

import (
	"fmt"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// stick puts what a live instance has into the body where the settings no longer
// say it: a network or a key that is missing from the settings must not leave the
// database.
func (d *database) stick(body object.Map, fields ...string) {
	live := object.Struct(d.observedObject(keyInstance), "spec", "forProvider")
	for _, f := range fields {
		if body[f] != nil {
			continue
		}
		if v, ok := live.GetFields()[f]; ok {
			body[f] = v
		}
	}
}

// stickPolicy keeps a live instance protected and orphaned where neither claim nor
// settings say otherwise: settings that are gone must not make it easier to lose.
func (d *database) stickPolicy(s settings.Policy) {
	live := object.Struct(d.observedObject(keyInstance), "spec")
	if live == nil || d.claim.AllowDelete {
		return
	}
	if protected, _ := object.Bool(live, "forProvider", "deletionProtection"); protected && s.DeletionProtection == nil {
		d.policy.protected = true
	}
	if s.DeletionPolicy != "" || d.claim.DeletionPolicy != "" {
		return
	}
	orphan := object.String(live, "deletionPolicy") == "Orphan"
	if policies := object.Get(live, "managementPolicies").GetListValue(); len(policies.GetValues()) > 0 {
		orphan = orphan || !slices.ContainsFunc(policies.GetValues(), func(v *structpb.Value) bool {
			return v.GetStringValue() == "*" || v.GetStringValue() == "Delete"
		})
	}
	d.policy.orphan = d.policy.orphan || orphan
}

// lost refuses settings under which a resource that exists would no longer be
// desired, and so be deleted. Rules of a security group come and go with the
// networks they name.
func (d *database) lost(composed map[string]*structpb.Struct) error {
	if !d.asked {
		return nil
	}
	for _, name := range []string{keyInstance, keyDatabase, keyUser, keyPassword, keySubnetGroup, keySecurityGroup} {
		if o := d.observedObject(name); o != nil && composed[name] == nil {
			return fmt.Errorf("settings providers.%s: no longer say what the live %s %s is made of; put back what they said of region %s", d.claim.Provider, object.String(o, "kind"), object.String(o, "metadata", "name"), d.region)
		}
	}
	return nil
}
