// Package credential decides on the password of a resource: one that was made here once
// and is read back, one that somebody restored for a resource which was there, or one of
// the provider's or the platform's.
package credential

import (
	"bytes"
	"encoding/base64"
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Part is the name of the composed Secret that has the password.
const Part = "password"

// Suffix follows the external name in the name of the password's Secret.
const Suffix = "-password"

// Key is where the password stands in its Secret.
const Key = "password"

// Mark is the annotation of a password's Secret. Made marks a password that was made here,
// until a resource is made with it: such a password opens nothing that was there before.
// Wanted marks a Secret without a password, which somebody is to write into it, since the
// resource was there before.
const (
	Mark   = "platform.victor.onl/password"
	Made   = "made"
	Wanted = "wanted"
)

// A Consumer is the composed resource that is given the password.
type Consumer struct {
	Part string // its name
	Ref  string // field of spec.forProvider that refers to the password's Secret
	Make string // field by which its provider is told to make a password; "" for autoGeneratePassword
	// Published are the keys of its connection secret that have the password.
	Published []string
	// Generates says that its provider makes a password, if told to.
	Generates bool
	// What the password is for, in an error: a new {mysql database}.
	What string
}

// A decision is one call of Decide.
type decision struct {
	lifecycle.Resource
	consumer Consumer
	borrowed bool // the password's Secret is not ours
	pending  bool // Crossplane has not looked yet for the Secret that may be there
	existing *structpb.Struct
	value    []byte
}

// Decide on the password that the consumer of a resource is given.
func Decide(r lifecycle.Resource, c Consumer) (lifecycle.Credential, *lifecycle.Refusal) {
	d := decision{Resource: r, consumer: c}
	// Crossplane's version is asked for only while it decides where the password comes
	// from, since the answer costs a call. It matters where the settings came by the
	// pipeline, which does not tell the version.
	needs := lifecycle.Needs{Version: !r.Claim.Namespaced && r.Object(Part) == nil, Secrets: map[string]string{}}
	fail := func(reason string, err error) (lifecycle.Credential, *lifecycle.Refusal) {
		return lifecycle.Credential{Needs: needs}, lifecycle.Refuse(reason, err)
	}
	if err := d.borrow(); err != nil {
		return fail("NoPassword", err)
	}
	if !r.Legacy && !d.borrowed && r.Object(Part) == nil {
		needs.Secrets[Part] = d.name()
		answer := r.Secrets[Part]
		d.existing, d.pending = answer.Object, !answer.Answered
	}
	if err := d.refuseForeign(); err != nil {
		return fail("ForeignSecret", err)
	}
	if err := d.read(); err != nil {
		return fail("PasswordLost", err)
	}
	if err := d.refuseFaulty(); err != nil {
		return fail("PasswordLost", err)
	}
	known := d.isKnown()
	out := lifecycle.Credential{
		Consumer: c.Part, Body: object.Map{}, Value: d.value, Needs: needs, Parts: lifecycle.Parts{},
		Opens: (d.borrowed || r.Object(Part) != nil) && known,
		Found: d.borrowed && c.Generates && r.Life == lifecycle.Found,
	}
	if !known {
		out.Missing = d.missing()
	}
	switch {
	case d.borrowed:
		d.lend(out.Body)
		out.Writes = r.Publishes(c.Part)
		return out, nil
	case !d.pending || d.value != nil: // else Crossplane is still to look for it
		out.Parts[Part] = lifecycle.Part{Core: d.secret(out.Missing != "" && !d.isGoing())}
	}
	out.Body[c.Ref] = managed.SecretRef(r.Claim.Namespaced, r.Claim.Namespace, d.name(), Key)
	return out, nil
}

// missing says what is to be done where the password is not known, or "" where nothing is.
func (d *decision) missing() string {
	into := fmt.Sprintf("write it into the Secret %s/%s under the key %s", d.Claim.Namespace, d.name(), Key)
	switch {
	case d.isGoing():
		return d.Name + " was there before this claim, and its cloud is deleting it: nothing is changed or published, and another one is made once it is gone"
	case d.Life == lifecycle.Found:
		return d.Name + " was there before this claim, and its password is not known here, so nothing is changed or published: " + into
	case d.Life == lifecycle.Made && d.mark() == Wanted && d.value == nil: // what was found is gone, and this one is to be made
		return "nobody here knows a password of " + d.Name + ", without which its cloud makes none: " + into + ", or one for it to be made with"
	}
	return ""
}

// isGoing reports whether what was there before the claim is being deleted at its cloud, as where a claim is
// deleted and at once made again. The one that takes its place is given the password that was made here.
func (d *decision) isGoing() bool {
	return d.Life == lifecycle.Found && !d.borrowed && d.IsGoing()
}

func (d *decision) name() string { return d.Name + Suffix }

// read takes the password from its Secret, or makes one. A password is made once: where
// the Secret is gone after a server was given the password, another password would not
// open the server, and read fails. A Secret that somebody makes by hand needs the
// annotation by which Crossplane knows composed resources, or every reconcile is an error.
func (d *decision) read() error {
	if d.borrowed {
		d.value = d.published()
		return nil
	}
	password, err := In(d.Object(Part))
	if err != nil {
		return fmt.Errorf("cannot read the Secret %s/%s: its key %s is no base64", d.Claim.Namespace, d.name(), Key)
	}
	if len(password) > 0 {
		d.value = password
		return nil
	}
	if d.isGoing() && d.Object(Part) != nil {
		d.value = newPassword()
		return nil
	}
	if d.mark() == Wanted {
		return nil // nobody has written it yet
	}
	if password, err := d.found(); err != nil || password != nil {
		d.value = password
		return err
	}
	if d.isUsed() && d.pending {
		return nil // a fatal result now would be the last: Crossplane looks for the Secret, and asks again
	}
	if d.isUsed() {
		return fmt.Errorf("cannot find the password of %s: the Secret %s/%s is gone; restore it from a backup, or create it with the key %s and "+
			"the annotation crossplane.io/composition-resource-name: %s after setting that password on the server",
			d.Name, d.Claim.Namespace, d.name(), Key, Part)
	}
	d.value = newPassword()
	return nil
}

// isUsed reports whether a server or user may have been given the password.
func (d *decision) isUsed() bool {
	o := d.Object(d.consumer.Part)
	return lifecycle.WasCreated(o) || object.String(o, "status", "atProvider", "id") != "" ||
		object.String(object.Condition(o, "Synced"), "status") == "True"
}

// isKnown reports whether the password here is that of the resource: made for it,
// restored, or published before.
func (d *decision) isKnown() bool {
	secret := d.Object(Part)
	switch mark := d.mark(); {
	case d.borrowed, d.existing != nil:
		return true
	case secret == nil:
		return false
	case mark != Made:
		return mark == "" || object.String(secret, "data", Key) != ""
	}
	return lifecycle.WasCreated(d.Object(d.consumer.Part)) || len(d.value) > 0 && bytes.Equal(d.Published(Key), d.value)
}

// mark of the password's Secret, or "".
func (d *decision) mark() string {
	return object.String(d.Object(Part), "metadata", "annotations", Mark)
}

// secret is the password's Secret, with its mark. Where the resource's password is
// missing, a password that was made here is taken out, so that no reconcile writes over
// the one that somebody is to write.
func (d *decision) secret(missing bool) *structpb.Struct {
	data, mark := map[string][]byte{Key: d.value}, ""
	switch made := d.Object(Part) == nil && d.existing == nil; {
	case d.value == nil, missing:
		data, mark = nil, Wanted
	case lifecycle.WasCreated(d.Object(d.consumer.Part)):
	case made || d.mark() == Made || d.isGoing():
		mark = Made
	}
	s := d.CoreSecret(d.name(), data)
	if mark != "" {
		object.Set(s, mark, "metadata", "annotations", Mark)
	}
	return s
}

// In is the password that a Secret has, empty without one.
func In(secret *structpb.Struct) ([]byte, error) {
	return base64.StdEncoding.DecodeString(object.String(secret, "data", Key))
}

// refuseForeign refuses to write the password into a Secret of another owner. A Secret
// without an owner is taken, since that is how a password is restored; but not one with a login,
// which whoever has a database wrote that another claim adopts: that claim only reads it, and with
// this one it would be deleted.
func (d *decision) refuseForeign() error {
	owner, ours := d.OwnerOf(d.existing)
	if owner == "" && object.String(d.existing, "data", KeyUsername) != "" {
		return fmt.Errorf("the Secret %s/%s, which is to hold the password, has a username, as the login of a database that another claim adopts; "+
			"name this claim otherwise, or take the username out if the password is that of %s", d.Claim.Namespace, d.name(), d.Name)
	}
	if owner != "" && !ours {
		return fmt.Errorf(
			"the Secret %s/%s, which is to hold the password, belongs to %s; take its ownerReferences out, or delete it", d.Claim.Namespace,
			d.name(), owner,
		)
	}
	return nil
}

// found is the password in a Secret that is there before it is composed: one that the XR
// has lost sight of, or one that somebody has restored. It is nil without such a Secret.
func (d *decision) found() ([]byte, error) {
	if d.existing == nil {
		return nil, nil
	}
	password, err := In(d.existing)
	if err != nil || len(password) == 0 {
		return nil, fmt.Errorf(
			"the Secret %s/%s, which is to hold the password, has none under the key %s; add it, or delete the Secret to have a password made",
			d.Claim.Namespace, d.name(), Key,
		)
	}
	return password, nil
}
