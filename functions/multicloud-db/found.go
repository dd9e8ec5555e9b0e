package main

import (
	"bytes"
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// passwordMark is the annotation of a password's Secret: made, of a password that was
// made here, until something is made with it, for it opens nothing that was there
// before; and wanted, where it did not, of a Secret without a password.
const (
	passwordMark   = "platform.victor.onl/password"
	passwordMade   = "made"
	passwordWanted = "wanted"
)

// reasonPasswordUnknown is that of both conditions until the password is written.
const reasonPasswordUnknown = "PasswordUnknown"

// created says whether the cloud made, or was asked to make, what a managed resource
// stands for. Crossplane's providers write so before and after.
func created(o *structpb.Struct) bool {
	for _, a := range []string{"pending", "succeeded", "failed"} {
		if object.String(o, "metadata", "annotations", "crossplane.io/external-create-"+a) != "" {
			return true
		}
	}
	return false
}

// found says whether a database was there under its name before its managed resource,
// as it is where a claim is made again.
func (d *database) found() bool {
	o := d.observedObject(keyInstance)
	known := object.String(o, "status", "atProvider", "id") != "" || d.at("outputs", "crn") != "" || object.String(object.Condition(o, "Ready"), "status") == "True"
	return !d.adopted() && known && !created(o)
}

// settled says whether a provider may change what a resource stands for. Until it is
// known to be new, or what was there is known well enough, it is only looked for, and
// made where it is missing: no version of a new default, and no password, reaches a
// database that outlived its claim.
func (d *database) settled(key string) bool {
	if key == keyInstance && !d.placed() {
		return false
	}
	if d.adopted() || key != keyInstance && key != d.consumer() || created(d.observedObject(key)) {
		return true
	}
	return d.found() && d.passwordKnown()
}

// placed says whether it is known where in its region the instance is, if it matters.
func (d *database) placed() bool { return d.cloud.placed == nil || d.cloud.placed(d) }

// passwordKnown says whether the password here is that of the database: one that was
// made for it, was restored, or was published before.
func (d *database) passwordKnown() bool {
	consumer, secret := d.consumer(), d.observedObject(keyPassword)
	switch mark := d.passwordMarked(); {
	case consumer == "", d.borrowed, d.existing[keyPassword] != nil:
		return true
	case secret == nil:
		return false
	case mark != passwordMade:
		return mark == "" || object.String(secret, "data", passwordKey) != ""
	}
	published := d.xr.GetConnectionDetails()[passwordKey]
	if d.claim.Namespaced {
		published, _ = passwordIn(d.observedObject(keyConnection)) //nolint:errcheck // Then it is another one.
	}
	return created(d.observedObject(consumer)) || len(d.password) > 0 && bytes.Equal(published, d.password)
}

// passwordMarked is the mark of the password's Secret, or "".
func (d *database) passwordMarked() string {
	return object.String(d.observedObject(keyPassword), "metadata", "annotations", passwordMark)
}

// passwordMissing says whether the database was there, and somebody is to write its
// password: nothing is changed or published before, and nobody's deletion takes it.
func (d *database) passwordMissing() bool { return d.found() && !d.passwordKnown() }

// passwordUnknown is what there is to do for a database whose password nobody here
// knows.
func (d *database) passwordUnknown() string {
	return fmt.Sprintf("%s was there before this claim, and its password is not known here, so nothing is changed or published: write it into the Secret %s/%s under the key %s", d.name, d.claim.Namespace, d.passwordName(), passwordKey)
}
