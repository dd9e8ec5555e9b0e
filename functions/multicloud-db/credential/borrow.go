package credential

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// borrow decides whose the password is. Crossplane 1.20 composes no object in a
// namespace, so what is made there is given a password of the provider's, or one that
// the platform keeps, and keeps it when Crossplane is upgraded. The sign of such a
// resource is that its consumer publishes the password: that is how it comes back.
func (d *decision) borrow() error {
	if d.Object(Part) != nil {
		return nil
	}
	c := d.consumer
	used := d.isUsed()
	published := object.String(d.Object(c.Part), "spec", "writeConnectionSecretToRef", "name") == d.PublishedName(c.Part)
	d.borrowed = d.Legacy || published
	switch {
	case d.Legacy && used && !published:
		return fmt.Errorf(
			"cannot keep the password of %s on Crossplane 1.20, which does not show the Secret that a later one composed; upgrade Crossplane again",
			d.Name,
		)
	case d.Legacy && !used && !c.Generates && d.Provider().PasswordSecret == nil:
		return fmt.Errorf("%s: is missing, and Crossplane 1.20 composes no Secret for the password of a new %s on %s; say where it is, or "+
			"upgrade to Crossplane 2.0 or later",
			d.Setting("passwordSecret"), c.What, d.Claim.Provider)
	}
	return nil
}

// lend refers the consumer to a Secret that is not composed. One that was given a
// password stays with it, whatever the settings say. Nor is another one made once it
// was: without its Secret the provider then says so.
func (d *decision) lend(body object.Map) {
	c := d.consumer
	used := d.isUsed()
	if c.Generates {
		body["autoGeneratePassword"] = !used
	}
	live := object.Struct(d.Object(c.Part), "spec", "forProvider", c.Ref)
	switch s := d.Provider().PasswordSecret; {
	case live != nil && (used || s == nil && !c.Generates):
		body[c.Ref] = live
	case c.Generates || s == nil:
		body[c.Ref] = managed.SecretRef(d.Claim.Namespaced, d.Claim.Namespace, d.name(), Key)
	default:
		body[c.Ref] = managed.SecretRef(d.Claim.Namespaced, s.Namespace, s.Name(d.Name), s.Key)
	}
}

// published is what the consumer says it was given, or none.
func (d *decision) published() []byte {
	details := d.Parts[d.consumer.Part].Details
	for _, key := range d.consumer.Published {
		if password := details[key]; len(password) > 0 {
			return password
		}
	}
	return nil
}
