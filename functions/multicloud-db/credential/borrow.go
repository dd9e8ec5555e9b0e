package credential

import (
	"cmp"
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// borrow decides whether the password is one of the provider's or of the platform's,
// rather than of a composed Secret. It is so for a resource made on Crossplane 1.20, which
// composes no object in a namespace, and stays so when Crossplane is upgraded. The consumer
// of such a resource publishes the password, since it is read back from there: by that
// alone a borrowed password is known.
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

// lend refers the consumer to a Secret that is not composed. A consumer that was given a
// password stays with that Secret, whatever the settings say, and its provider is no
// longer told to make a password: where the Secret is gone, the provider reports an error.
func (d *decision) lend(body object.Map) {
	c := d.consumer
	used := d.isUsed()
	if c.Generates {
		body[cmp.Or(c.Make, "autoGeneratePassword")] = !used
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

// published is the password that the consumer's connection details show, or nil.
func (d *decision) published() []byte {
	details := d.Parts[d.consumer.Part].Details
	for _, key := range d.consumer.Published {
		if password := details[key]; len(password) > 0 {
			return password
		}
	}
	return nil
}
