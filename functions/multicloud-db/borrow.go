package main

import (
	"fmt"
	"slices"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// borrow decides whose the password is. Crossplane 1.20 composes no object in a
// namespace, so what is made there is given a password of the provider's, or one
// that the platform keeps, and keeps it when Crossplane is upgraded. The sign of
// such a database is that its consumer publishes the password: that is how it
// comes back to us.
func (d *database) borrow(legacy bool) error {
	key := d.consumer()
	if key == "" || d.observedObject(keyPassword) != nil {
		return nil
	}
	used := d.passwordUsed(key)
	published := object.String(d.observedObject(key), "spec", "writeConnectionSecretToRef", "name") == d.publishedName(key)
	d.borrowed = legacy || published
	switch {
	case legacy && used && !published:
		return fmt.Errorf("cannot keep the password of %s on Crossplane 1.20, which does not show the Secret that a later one composed; upgrade Crossplane again", d.name)
	case legacy && !used && !d.generated() && d.settings.PasswordSecret == nil:
		return fmt.Errorf("%s: is missing, and Crossplane 1.20 composes no Secret for the password of a new %s database on %s; say where it is, or upgrade to Crossplane 2.0 or later", d.setting("passwordSecret"), d.claim.Database.Engine, d.claim.Provider)
	}
	return nil
}

// undecided says whether the password is still to come from somewhere. Only then is
// it asked which Crossplane this is where the settings came by the pipeline: an
// answer costs a call. Crossplane 1.20 has no namespaced XRs.
func (d *database) undecided() bool {
	key := d.consumer()
	return key != "" && !d.claim.Namespaced && d.observedObject(keyPassword) == nil
}

// generated says whether the provider makes a password for the engine.
func (d *database) generated() bool {
	return slices.Contains(d.cloud.consumer.generates, d.claim.Database.Engine)
}

// lendPassword refers the consumer to a Secret that is not composed. One that was
// given a password stays with it, whatever the settings say. Nor is another one
// made once it was: without its Secret the provider then says so.
func (d *database) lendPassword(body object.Map) {
	c := d.cloud.consumer
	used := d.passwordUsed(c.key)
	if d.generated() {
		body["autoGeneratePassword"] = !used
	}
	live := object.Struct(d.observedObject(c.key), "spec", "forProvider", c.ref)
	switch s := d.settings.PasswordSecret; {
	case live != nil && (used || s == nil && !d.generated()):
		body[c.ref] = live
	case d.generated() || s == nil:
		body[c.ref] = managed.SecretRef(d.claim.Namespaced, d.claim.Namespace, d.passwordName(), passwordKey)
	default:
		body[c.ref] = managed.SecretRef(d.claim.Namespaced, s.Namespace, s.Name(d.name), s.Key)
	}
}

// publishedPassword is what the consumer says it was given, or none.
func (d *database) publishedPassword() []byte {
	details := d.observed[d.cloud.consumer.key].GetConnectionDetails()
	for _, key := range d.cloud.consumer.published {
		if password := details[key]; len(password) > 0 {
			return password
		}
	}
	return nil
}

// publishedName is the name of the connection secret that a composed resource
// writes, for us to read.
func (d *database) publishedName(key string) string {
	if key == keyInstance {
		return d.name + "-server"
	}
	return d.name + "-" + key
}

// publishedAs refers to that secret, in the claim's namespace.
func (d *database) publishedAs(key string) object.Map {
	ref := object.Map{"name": d.publishedName(key)}
	if !d.claim.Namespaced {
		ref["namespace"] = d.claim.Namespace
	}
	return ref
}
